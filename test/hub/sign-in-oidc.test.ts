import { afterEach, describe, expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import { startIdentityProvider } from './support/identity-provider.ts';
import { listen, meWith, oauthClient, REDIRECT } from './support/oauth-hub.ts';
import { testBrowser, type TestBrowser } from './support/test-browser.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A hub and the company's identity provider, which know each other. */
async function open() {
  const opened = await hubs.open({ clock: () => new Date() });
  const { origin, stop } = await listen((request, env) => app.fetch(request, env));
  const company = await startIdentityProvider(`${origin}/oauth/callback`);
  stops.push(stop, company.stop);
  const oidc = {
    issuer: company.issuer,
    clientId: 'tandem',
    clientSecret: 'known-to-both',
    label: 'Kontor ID',
  };
  const app = createApp({
    ...opened.hub,
    publicUrl: origin,
    signIn: { oidc, secretKeys: [], trustedProxies: 0 },
  });
  const client = await oauthClient(origin);
  const signIn = async (browser: TestBrowser = testBrowser()) => {
    const flow = await client.begin(browser);
    return { ...flow, back: await browser.visit(`${flow.page.url.href}/oidc`) };
  };
  return { ...opened, origin, company, client, signIn };
}

/** The address at which the provider sends the browser back, before the hub has seen it. */
async function backFromProvider({ client }: Awaited<ReturnType<typeof open>>, browser: TestBrowser) {
  const { page } = await client.begin(browser);
  const seen: string[] = [];
  const original = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (new URL(url).pathname === '/oauth/callback') {
      seen.push(url);
      return Promise.resolve(new Response('stopped'));
    }
    return original(input, init);
  };
  try {
    await browser.visit(`${page.url.href}/oidc`);
  } finally {
    globalThis.fetch = original;
  }
  return { at: page.url, back: new URL(seen[0]!) };
}

describe('the identity provider', () => {
  test('signs in whom it knows by a verified address, and afterwards by who they are', async () => {
    const { signIn, company, rep, origin } = await open();
    company.state.account = { sub: 'r-1', email: rep.email.toUpperCase(), email_verified: true };
    const first = await signIn();
    expect(first.page.text).toContain('Sign in with Kontor ID');
    expect(first.back.url.href).toMatch(REDIRECT);
    const tokens = await first.redeem(first.back);
    expect(await (await meWith(origin, tokens.access_token)).json()).toMatchObject({ user: rep });

    company.state.account = { sub: 'r-1', email: 'married@kontor.example', email_verified: false };
    const second = await signIn();
    const again = await second.redeem(second.back);
    expect(await (await meWith(origin, again.access_token)).json()).toMatchObject({ user: { id: rep.id } });
  });

  test.each([
    ['an unverified address', { email_verified: false }],
    ['an address of which nobody says that it is verified', {}],
  ])('does not sign in by %s', async (_name, claims) => {
    const { signIn, company, rep } = await open();
    company.state.account = { sub: 'r-2', email: rep.email, ...claims };
    const before = await hubs.countRows();
    const { back } = await signIn();
    expect(back.status).toBe(403);
    expect(back.text).toContain('no e-mail address that is confirmed');
    const after = await hubs.countRows();
    expect(after['user_identities']).toBe(before['user_identities']);
  });

  test('gives nobody access whom no administrator has invited, and creates nothing', async () => {
    const { signIn, company } = await open();
    company.state.account = { sub: 's-1', email: 'stranger@kontor.example', email_verified: true };
    const before = await hubs.countRows();
    const { back } = await signIn();
    expect(back.status).toBe(403);
    expect(back.text).toContain('stranger@kontor.example');
    const after = await hubs.countRows();
    for (const table of ['users', 'sessions', 'user_identities']) expect(after[table]).toBe(before[table]);
  });

  test('does not let in again whom an administrator has shut out', async () => {
    const { signIn, company, rep, as, admin } = await open();
    company.state.account = { sub: 'r-1', email: rep.email, email_verified: true };
    expect((await signIn()).back.url.href).toMatch(REDIRECT);
    expect((await (await as(admin))('DELETE', `/v1/users/${rep.id}`)).status).toBe(204);
    expect((await signIn()).back.status).toBe(403);
  });
});

describe('an answer of the identity provider is refused', () => {
  test('with another state', async () => {
    const opened = await open();
    opened.company.state.account = { sub: 'r-1', email: opened.rep.email, email_verified: true };
    const browser = testBrowser();
    const { back } = await backFromProvider(opened, browser);
    back.searchParams.set('state', `${back.searchParams.get('state')}x`);
    const answer = await browser.visit(back);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('did not work');
  });

  test('with a code that was used already', async () => {
    const opened = await open();
    opened.company.state.account = { sub: 'r-1', email: opened.rep.email, email_verified: true };
    const browser = testBrowser();
    const { back } = await backFromProvider(opened, browser);
    expect((await browser.visit(back)).url.href).toMatch(REDIRECT);
    expect((await browser.visit(back)).status).toBe(400);
  });

  test('in another browser than the one that asked', async () => {
    const opened = await open();
    opened.company.state.account = { sub: 'r-1', email: opened.rep.email, email_verified: true };
    const { back } = await backFromProvider(opened, testBrowser());
    expect((await testBrowser().visit(back)).status).toBe(400);
  });

  test("with a code of another sign-in: its nonce and PKCE are not this one's", async () => {
    const opened = await open();
    opened.company.state.account = { sub: 'r-1', email: opened.rep.email, email_verified: true };
    const browser = testBrowser();
    const [mine, other] = [
      await backFromProvider(opened, browser),
      await backFromProvider(opened, testBrowser()),
    ];
    mine.back.searchParams.set('code', other.back.searchParams.get('code')!);
    const answer = await browser.visit(mine.back);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('did not work');
  });

  test('when it is away, another way is offered', async () => {
    const { signIn, company, origin } = await open();
    company.stop();
    const { back } = await signIn();
    expect(back.url.origin).toBe(origin);
    expect(back.status).toBe(400);
    expect(back.text).toContain('One-time code');
  });
});
