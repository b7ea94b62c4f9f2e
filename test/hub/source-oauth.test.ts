import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import type { AccessToken } from '../../server/connectors/connector.ts';
import { takeToken } from '../../server/connectors/oauth.ts';
import { createSourceAccess } from '../../server/connectors/source-access.ts';
import { createSourceFetch, type SourceFetch } from '../../server/connectors/source-fetch.ts';
import { accessToken, openSecrets } from '../../server/connectors/source-secrets.ts';
import { readSources } from '../../server/connectors/source-store.ts';
import type { Source, SourceCheck } from '../../utils/contract/source.ts';
import { startIdentityProvider } from './support/identity-provider.ts';
import { littleConnector, oauthConnector } from './support/little-connector.ts';
import { testBrowser } from './support/test-browser.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const HUB = 'https://hub.example';
const CALLBACK = `${HUB}/connect/signed/callback`;
const SECRET = 'known-to-both';

/** A hub and a system that signs it in: a real OAuth server, each of whose refresh tokens is good for one use. */
async function open() {
  const system = await startIdentityProvider(CALLBACK, {
    clients: [
      {
        client_id: 'tandem',
        client_secret: SECRET,
        redirect_uris: [CALLBACK],
        grant_types: ['authorization_code', 'refresh_token'],
      },
    ],
    issueRefreshToken: () => Promise.resolve(true),
    rotateRefreshToken: true,
    ttl: { AccessToken: 3600, RefreshToken: 86_400, Grant: 86_400 },
  });
  stops.push(system.stop);
  let later = 0;
  /** Whether the system turns away what asks with this token. */
  const state = { refuses: (_token: string) => false, tokenRequests: 0 };
  const real = createSourceFetch(true);
  const fetch: SourceFetch = (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/token') state.tokenRequests += 1;
    const token = request.headers.get('authorization') ?? '';
    if (pathname === '/me' && state.refuses(token))
      return Promise.resolve(new Response('{}', { status: 401 }));
    return real(request);
  };
  const time = {
    now: () => new Date(Date.now() + later),
    sleep: (ms: number) => new Promise<void>((done) => setTimeout(done, ms)),
  };
  const connectors = [littleConnector, oauthConnector];
  const sources = createSourceAccess({ allowPrivate: true, connectors, fetch, time });
  const opened = await hubs.open({ sources, publicUrl: HUB });
  const admin = await opened.as(opened.admin);
  const settings = { url: system.issuer, clientId: 'tandem', clientSecret: SECRET };
  expect((await admin('POST', '/v1/sources', { system: 'signed', settings })).status).toBe(200);

  const begin = async () => {
    const { json } = await admin('POST', '/v1/sources/signed/sign-in', {});
    return new URL((json as { url: string }).url);
  };
  /** Signs in there; the address at which the browser comes back. */
  const back = async (url: URL) => (await testBrowser().visit(url)).url;
  const finish = (url: URL, language = 'en') =>
    opened.call('GET', `${url.pathname}${url.search}`, undefined, { 'accept-language': language });
  const source = async () => {
    const { json } = await admin('GET', '/v1/sources');
    return (json as { sources: Source[] }).sources[0];
  };
  const stored = async () => (await readSources(hubs.store.in(opened.workspace.id), opened.workspace.id))[0]!;
  const token = async () => {
    const kept = openSecrets(opened.hub.secrets, opened.workspace.id, await stored())?.token;
    return kept ? accessToken(kept) : null;
  };
  const check = async () =>
    ((await admin('POST', '/v1/sources/signed/check', {})).json as SourceCheck).findings[0];
  const wait = (milliseconds: number) => {
    later += milliseconds;
  };
  const signIn = async () => finish(await back(await begin()));
  return {
    ...opened,
    admin,
    system,
    state,
    begin,
    back,
    finish,
    source,
    stored,
    token,
    check,
    wait,
    signIn,
    settings,
  };
}

test('an administrator signs the hub in, and no token leaves it', async () => {
  const { begin, back, finish, source, stored, token, check, log, admin } = await open();
  expect(await source()).toMatchObject({ signedIn: false, state: 'new', secrets: ['clientSecret'] });
  expect((await check())?.words.en).toContain('sign-in');
  const url = await begin();
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    response_type: 'code',
    client_id: 'tandem',
    redirect_uri: CALLBACK,
    code_challenge_method: 'S256',
    scope: 'openid offline_access',
  });
  expect(url.href).not.toContain(SECRET);
  const page = await finish(await back(url), 'de');
  expect(page.text).toContain('Tandem ist bei Signed CRM angemeldet');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await source()).toMatchObject({ signedIn: true });
  expect(await check()).toMatchObject({ ok: true, words: { en: 'Signed in as nobody.' } });
  const { accessToken: secret } = (await token())!;
  const seen = [page.text, (await admin('GET', '/v1/sources')).text, JSON.stringify(await stored()), ...log];
  for (const text of [secret, SECRET, url.searchParams.get('state')!])
    expect(seen.join('\n')).not.toContain(text);
});

test('a sign-in may be finished once, in time, for its own system, and by whoever may begin one', async () => {
  const { begin, back, finish, pass, source, signIn, call, workspace } = await open();
  const isOver = async (url: URL) => (await finish(url)).text.includes('This sign-in is over');
  const first = await back(await begin());
  const other = new URL(first.href.replace('/connect/signed/', '/connect/little/'));
  expect(await isOver(other)).toBe(true);
  expect((await finish(first)).text).toContain('Tandem is signed in at Signed CRM');
  expect(await isOver(first)).toBe(true);
  const late = await back(await begin());
  pass(10 * 60_000);
  expect(await isOver(late)).toBe(true);
  const forged = await back(await begin());
  forged.searchParams.set('state', 'tds_made-up');
  expect(await isOver(forged)).toBe(true);
  expect((await call('GET', '/connect/signed/callback')).text).toContain('This sign-in is over');
  await signIn();
  expect(await source()).toMatchObject({ signedIn: true });
  const demoted = await back(await begin());
  await sql`
    update users u set role = 'rep' where u.workspace_id = ${workspace.id} and u.role = 'admin'`.execute(
    hubs.db,
  );
  expect(await isOver(demoted)).toBe(true);
});

test('a refusal is said in words, and uses the sign-in up', async () => {
  const { begin, finish, source } = await open();
  const state = (await begin()).searchParams.get('state')!;
  const refused = new URL(`${CALLBACK}?${new URLSearchParams({ error: 'access_denied', state }).toString()}`);
  const page = await finish(refused);
  expect(page.text).toContain('Tandem is not signed in at Signed CRM');
  expect(page.text).toContain('access_denied');
  expect((await finish(refused)).text).toContain('This sign-in is over');
  const guessed = await begin();
  const wrong = new URLSearchParams({ code: 'guessed', state: guessed.searchParams.get('state')! });
  expect((await finish(new URL(`${CALLBACK}?${wrong.toString()}`))).text).toContain('invalid_grant');
  expect(await source()).toMatchObject({ signedIn: false });
});

test('a token is replaced before it is over, and when it is not taken any more', async () => {
  const { signIn, check, token, state, wait } = await open();
  await signIn();
  const first = await token();
  expect((await check())?.ok).toBe(true);
  expect(await token()).toEqual(first);
  wait(3_590_000);
  expect((await check())?.ok).toBe(true);
  const second = await token();
  expect(second?.accessToken).not.toBe(first?.accessToken);
  state.refuses = (authorization) => authorization === `Bearer ${second!.accessToken}`;
  expect((await check())?.ok).toBe(true);
  expect((await token())?.accessToken).not.toBe(second?.accessToken);
  expect(state.tokenRequests).toBe(3);
});

test('of several hubs that find a token stale at once, one gets the next, and all have it', async () => {
  const { signIn, token, state, hub, check } = await open();
  await signIn();
  const stale = (await token())!;
  const before = state.tokenRequests;
  const refresh = (): Promise<AccessToken> => hub.sources.refreshToken(hub, oauthConnector, stale);
  const fresh = await Promise.all([refresh(), refresh(), refresh()]);
  expect(new Set(fresh.map((each) => each.accessToken)).size).toBe(1);
  expect(state.tokenRequests).toBe(before + 1);
  // The refresh token that came with it is kept, too: a used one would end the whole sign-in.
  expect((await hub.sources.refreshToken(hub, oauthConnector, fresh[0])).accessToken).not.toBe(
    fresh[0]?.accessToken,
  );
  expect((await check())?.ok).toBe(true);
});

test('a sign-in that the system has ended is said in words, and another one begins anew', async () => {
  const { signIn, check, source, state, system, stored, hub, workspace } = await open();
  await signIn();
  const { refreshToken } = openSecrets(hub.secrets, workspace.id, await stored())!.token!;
  await (await system.provider.RefreshToken.find(refreshToken!))?.destroy();
  state.refuses = () => true;
  const finding = await check();
  expect([finding?.ok, finding?.words.de]).toEqual([
    false,
    expect.stringContaining('Anmeldung gilt nicht mehr'),
  ]);
  expect(await source()).toMatchObject({ signedIn: false });
  state.refuses = () => false;
  await signIn();
  expect(await check()).toMatchObject({ ok: true });
});

test('a wrong client secret does not end the sign-in', async () => {
  const { signIn, admin, token, source, hub } = await open();
  await signIn();
  await admin('PATCH', '/v1/sources/signed', { settings: { clientSecret: 'mistyped' } });
  const stale = (await token())!;
  await expect(hub.sources.refreshToken(hub, oauthConnector, stale)).rejects.toMatchObject({
    failure: 'signed-out',
  });
  expect(await source()).toMatchObject({ signedIn: true });
  await admin('PATCH', '/v1/sources/signed', { settings: { clientSecret: SECRET } });
  expect((await hub.sources.refreshToken(hub, oauthConnector, stale)).accessToken).not.toBe(
    stale.accessToken,
  );
});

test('a token belongs to the client it was given to', async () => {
  const { signIn, admin, source } = await open();
  await signIn();
  await admin('PATCH', '/v1/sources/signed', { settings: { clientId: 'another' } });
  expect(await source()).toMatchObject({ signedIn: false });
});

test('what a system says beside the token is kept for its connector', async () => {
  const answer = {
    access_token: 'a',
    token_type: 'Bearer',
    instance_url: 'https://shop.my.crm.example',
    hub_id: 7,
    id_token: null,
    scopes: ['one'],
  };
  const state = 'state';
  const client = {
    connector: oauthConnector,
    settings: { url: 'https://crm.example', clientId: 'tandem', clientSecret: SECRET },
    fetch: () => Promise.resolve(Response.json(answer)),
    now: () => new Date(),
  };
  const callback = new URL(`${CALLBACK}?code=c&state=${state}&iss=https%3A%2F%2Flogin.crm.example`);
  expect(await takeToken(client, { callback, state, verifier: 'v'.repeat(43) })).toEqual({
    accessToken: 'a',
    extra: { instance_url: 'https://shop.my.crm.example', hub_id: '7' },
  });
});
