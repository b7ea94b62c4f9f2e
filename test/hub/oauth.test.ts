import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import type { Hub } from '../../server/hub.ts';
import { hashOf } from '../../server/auth/tokens.ts';
import { issueCode } from '../../server/sign-in/issued-codes.ts';
import type { User } from '../../utils/contract/session.ts';
import { listen, meWith, oauthClient, REDIRECT, serveHub } from './support/oauth-hub.ts';
import { testBrowser } from './support/test-browser.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const HOUR = 3_600_000;
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A hub that is served, its own clock `ahead` of the real one, by which the library goes. */
async function open(settings: Partial<Hub> = {}) {
  let ahead = 0;
  const opened = await hubs.open({ clock: () => new Date(Date.now() + ahead), ...settings });
  const { origin, stop } = await serveHub(opened.hub);
  stops.push(stop);
  const client = await oauthClient(origin);
  const codeOf = (user: User) => issueCode(hubs.db, opened.workspace.id, user.id, opened.hub.clock());
  return {
    ...opened,
    origin,
    client,
    codeOf,
    pass: (milliseconds: number) => {
      ahead += milliseconds;
    },
    signIn: async (user: User, browser = testBrowser()) => {
      const flow = await client.begin(browser);
      const back = await browser.visit(`${flow.page.url.href}/code`, { code: await codeOf(user) });
      return { ...flow, back, tokens: await flow.redeem(back) };
    },
  };
}

const errorOf = async (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: { error?: string; status?: number }) => error.error ?? error,
  );

describe('the extension', () => {
  test('signs in with a code on the page, and its token is the user', async () => {
    const { origin, signIn, rep, workspace } = await open();
    const { back, tokens } = await signIn(rep);
    expect(back.url.origin + back.url.pathname).toBe(REDIRECT);
    expect(back.url.searchParams.get('iss')).toBe(`${origin}/oauth`);
    const me = await meWith(origin, tokens.access_token);
    expect(await me.json()).toEqual({ user: rep, workspace });
    expect(tokens.expires_in).toBe(3600);
  });

  test('is asked anew every time: no browser stays signed in at the hub', async () => {
    const { signIn, rep, marketer, origin } = await open();
    const browser = testBrowser();
    await signIn(rep, browser);
    const { tokens, page } = await signIn(marketer, browser);
    expect(page.text).toContain('Sign in to Tandem');
    expect(await (await meWith(origin, tokens.access_token)).json()).toMatchObject({ user: marketer });
  });

  test('may be served by several hubs: each step by another one', async () => {
    const first = await open();
    let hop = 0;
    // All call themselves by the one public address: a balancer stands before them.
    const apps: ReturnType<typeof createApp>[] = [];
    const balancer = await listen((request, env) => apps[hop++ % apps.length]!.fetch(request, env));
    stops.push(balancer.stop);
    const hub = { ...first.hub, publicUrl: balancer.origin };
    apps.push(createApp(hub), createApp(hub), createApp(hub));
    const client = await oauthClient(balancer.origin);
    const browser = testBrowser();
    const flow = await client.begin(browser);
    const back = await browser.visit(`${flow.page.url.href}/code`, { code: await first.codeOf(first.rep) });
    const tokens = await flow.redeem(back);
    expect((await meWith(balancer.origin, tokens.access_token)).status).toBe(200);
    expect((await client.refresh(tokens.refresh_token)).access_token).not.toBe(tokens.access_token);
    expect(hop).toBeGreaterThan(5);
  });

  test('keeps being signed in where the keys come from the environment', async () => {
    const secretKeys = [new Uint8Array(32).fill(7)];
    const { signIn, rep, origin } = await open({ signIn: { oidc: null, secretKeys, trustedProxies: 0 } });
    const { tokens } = await signIn(rep);
    expect((await meWith(origin, tokens.access_token)).status).toBe(200);
  });
});

describe('a sign-in is refused', () => {
  test.each([
    ['without PKCE', { code_challenge: '', code_challenge_method: '' }],
    ['with plain PKCE', { code_challenge_method: 'plain' }],
    ['for another kind of answer', { response_type: 'token' }],
  ])('%s', async (_name, parameters) => {
    const { client } = await open();
    const { page } = await client.begin(testBrowser(), parameters);
    expect(page.url.searchParams.get('error') ?? page.url.hash).toMatch(
      /invalid_request|unsupported_response/,
    );
    expect(page.url.searchParams.get('code')).toBeNull();
  });

  test.each(['https://evil.example/', `${REDIRECT}x`, 'http://127.0.0.1/mozoauth2/other'])(
    'back to %s',
    async (redirect_uri) => {
      const { client, origin } = await open();
      const { page } = await client.begin(testBrowser(), { redirect_uri });
      expect(page.status).toBe(400);
      expect(page.url.origin).toBe(origin);
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(page.text).toContain('That did not work');
    },
  );

  test('with the wrong verifier, and then the code is of no use any more', async () => {
    const { client, codeOf, rep } = await open();
    const browser = testBrowser();
    const flow = await client.begin(browser);
    const back = await browser.visit(`${flow.page.url.href}/code`, { code: await codeOf(rep) });
    expect(await errorOf(flow.redeem(back, 'x'.repeat(43)))).toBe('invalid_grant');
  });

  test('with a code of the flow that was redeemed, which ends what it gave', async () => {
    const { signIn, rep, origin } = await open();
    const { redeem, back, tokens } = await signIn(rep);
    expect(await errorOf(redeem(back))).toBe('invalid_grant');
    expect((await meWith(origin, tokens.access_token)).status).toBe(401);
  });

  test('in a browser that did not begin it', async () => {
    const { client, codeOf, rep } = await open();
    const { page } = await client.begin(testBrowser());
    const stranger = await testBrowser().visit(`${page.url.href}/code`, { code: await codeOf(rep) });
    expect(stranger.status).toBe(400);
    expect(stranger.text).toContain('This sign-in is over');
  });

  test('with a wrong code, five times for one selector and then for good', async () => {
    const { client, codeOf, rep } = await open();
    const browser = testBrowser('de');
    const { page } = await client.begin(browser);
    const code = await codeOf(rep);
    const wrong = `${code.slice(0, 4)}-AAAA-AAAA`;
    for (let attempt = 0; attempt < 5; attempt++) {
      const answer = await browser.visit(`${page.url.href}/code`, { code: wrong });
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('Dieser Code ist falsch');
    }
    expect((await browser.visit(`${page.url.href}/code`, { code })).status).toBe(400);
  });

  test('after thirty tries in a minute, on a page that says so', async () => {
    const { client } = await open();
    const browser = testBrowser();
    const { page } = await client.begin(browser);
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 31; attempt++) {
      statuses.push((await browser.visit(`${page.url.href}/code`, { code: 'AAAA' })).status);
    }
    expect(statuses.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 400));
    expect(statuses[30]).toBe(429);
    const refused = await browser.visit(`${page.url.href}/code`, { code: 'AAAA' });
    expect(refused.headers.get('ratelimit')).toMatch(/^"sign-in";r=0;t=\d+$/);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.text).toContain('Too many tries');
  });
});

describe('a refresh token', () => {
  test('is exchanged for a new one; using the old one again ends the session', async () => {
    const { client, signIn, rep, origin } = await open();
    const { tokens } = await signIn(rep);
    const next = await client.refresh(tokens.refresh_token);
    expect(next.refresh_token).not.toBe(tokens.refresh_token);
    expect((await meWith(origin, next.access_token)).status).toBe(200);
    expect(await errorOf(client.refresh(tokens.refresh_token))).toBe('invalid_grant');
    expect((await meWith(origin, next.access_token)).status).toBe(401);
    expect(await errorOf(client.refresh(next.refresh_token))).toBe('invalid_grant');
  });

  test('is given to one of two who come at once', async () => {
    const { client, signIn, rep } = await open();
    const { tokens } = await signIn(rep);
    const both = await Promise.all([1, 2].map(() => errorOf(client.refresh(tokens.refresh_token))));
    expect(both.toSorted()).toEqual(['invalid_grant', 'no error']);
  });

  test('is good for ninety days after signing in, however often it was used', async () => {
    const { client, signIn, rep, pass } = await open();
    const { tokens } = await signIn(rep);
    pass(45 * 24 * HOUR);
    const next = await client.refresh(tokens.refresh_token);
    pass(45 * 24 * HOUR + 60_000);
    expect(await errorOf(client.refresh(next.refresh_token))).toBe('invalid_grant');
  });

  test('is good for nothing once it is revoked, and so is the access token', async () => {
    const { client, signIn, rep, origin } = await open();
    const { tokens } = await signIn(rep);
    await client.revoke(tokens.refresh_token);
    expect((await meWith(origin, tokens.access_token)).status).toBe(401);
    expect(await errorOf(client.refresh(tokens.refresh_token))).toBe('invalid_grant');
  });

  test('is good for nothing once its user is shut out or the session ended', async () => {
    const { client, signIn, rep, as, admin, origin } = await open();
    const [one, other] = [await signIn(rep), await signIn(rep)];
    const call = await as(admin);
    const listed = await call('GET', `/v1/sessions?userId=${rep.id}`);
    const { sessions } = listed.json as { sessions: { id: string; method: string; label: string }[] };
    expect(sessions.map(({ method, label }) => [method, label])).toEqual([
      ['code', 'Chrome, Linux'],
      ['code', 'Chrome, Linux'],
    ]);
    expect((await call('DELETE', `/v1/sessions/${sessions[1]!.id}`)).status).toBe(204);
    const statuses = await Promise.all(
      [one, other].map(async ({ tokens }) => (await meWith(origin, tokens.access_token)).status),
    );
    expect(statuses.toSorted()).toEqual([200, 401]);
    expect((await call('DELETE', `/v1/users/${rep.id}`)).status).toBe(204);
    for (const { tokens } of [one, other]) {
      expect((await meWith(origin, tokens.access_token)).status).toBe(401);
      expect(await errorOf(client.refresh(tokens.refresh_token))).toBe('invalid_grant');
    }
  });
});

describe('tokens', () => {
  test('expire after an hour', async () => {
    const { signIn, rep, origin, pass } = await open();
    const { tokens } = await signIn(rep);
    pass(HOUR + 1000);
    expect((await meWith(origin, tokens.access_token)).status).toBe(401);
  });

  test('stand nowhere in the database, nor in the log', async () => {
    const { signIn, rep, log } = await open();
    const { tokens, back } = await signIn(rep);
    const secrets = [tokens.access_token, tokens.refresh_token, back.url.searchParams.get('code')!];
    const { rows } = await sql<{ hash: Uint8Array; text: string }>`
      select o.hash, o.payload::text as text from oauth_records o`.execute(hubs.db);
    const hashes = rows.map(({ hash }) => Buffer.from(hash).toString('hex'));
    for (const secret of secrets) {
      expect(hashes).toContain(hashOf(secret).toString('hex'));
      expect(rows.map(({ text }) => text).join()).not.toContain(secret);
      expect(log.join()).not.toContain(secret);
    }
    expect(log.join()).not.toContain(rep.email);
  });

  test('are asked for within limits', async () => {
    const { origin } = await open();
    const ask = () =>
      fetch(`${origin}/oauth/token`, {
        method: 'POST',
        body: new URLSearchParams({
          client_id: 'tandem-extension',
          grant_type: 'refresh_token',
          refresh_token: 'x',
        }),
      });
    const first = await ask();
    expect(first.status).toBe(400);
    expect(first.headers.get('ratelimit')).toMatch(/^"tokens";r=119;t=60$/);
    for (let asked = 1; asked < 120; asked++) await ask();
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ type: 'urn:tandem:problem:too-many-requests' });
  });
});

test('the token endpoint answers the extension in a browser, and no web page', async () => {
  const { origin } = await open();
  const from = (page: string) =>
    fetch(`${origin}/oauth/token`, {
      method: 'POST',
      headers: { origin: page },
      body: new URLSearchParams({
        client_id: 'tandem-extension',
        grant_type: 'refresh_token',
        refresh_token: 'x',
      }),
    });
  const ours = 'chrome-extension://ogfcplhhlhpfigliklhffgopgfjeejkd';
  expect((await from(ours)).headers.get('access-control-allow-origin')).toBe(ours);
  const foreign = await from('https://evil.example');
  expect(foreign.status).toBe(400);
  expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
});
