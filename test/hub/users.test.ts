import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { EnvironmentError, readEnvironment } from '../../server/environment.ts';
import { signInSettings } from '../../server/sign-in/settings.ts';
import { Invitation, type SignedIn, SignInResponse } from '../../utils/contract/session.ts';
import { type Call, useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const HOUR = 3_600_000;
const nora = { email: 'Nora.New@kontor.example', name: 'Nora New', role: 'rep', team: 'sales' };
const namesOf = async (call: Call) =>
  ((await call('GET', '/v1/users')).json as { users: { name: string }[] }).users.map(({ name }) => name);

describe('an invitation', () => {
  test('gives a code to hand over, where the hub sends no mail', async () => {
    const { as, admin, call } = await hubs.open();
    const invited = Invitation.parse((await (await as(admin))('POST', '/v1/invitations', nora)).json);
    expect(invited.user).toMatchObject(nora);
    const { user } = SignInResponse.parse((await call('POST', '/v1/sign-in', { code: invited.code })).json);
    expect(user).toEqual(invited.user);
  });

  test('may be repeated: nobody is there twice, and nothing of theirs changes', async () => {
    const { as, admin } = await hubs.open();
    const call = await as(admin);
    const first = Invitation.parse((await call('POST', '/v1/invitations', nora)).json);
    const again = { ...nora, email: nora.email.toLowerCase(), role: 'admin', name: 'Other' };
    const both = await Promise.all([
      call('POST', '/v1/invitations', again),
      call('POST', '/v1/invitations', again),
    ]);
    for (const { json } of both) expect(Invitation.parse(json).user).toEqual(first.user);
    expect((await namesOf(call)).filter((name) => name === nora.name)).toHaveLength(1);
  });

  test('is for administrators', async () => {
    const { as, salesManager } = await hubs.open();
    expect((await (await as(salesManager))('POST', '/v1/invitations', nora)).status).toBe(403);
  });
});

test('a code is kept nowhere as it is; a request that is repeated gets it from its sealed answer', async () => {
  const { as, admin, rep } = await hubs.open();
  const call = await as(admin);
  const key = { 'idempotency-key': '01990000-0000-7000-8000-00000000abcd' };
  const made = await call('POST', `/v1/users/${rep.id}/sign-in-codes`, {}, key);
  const { code } = made.json as { code: string };
  const { rows } = await sql<{ body: string }>`select k.body from idempotency_keys k`.execute(hubs.db);
  expect(rows.map(({ body }) => body).join()).not.toContain(code);
  expect((await call('POST', `/v1/users/${rep.id}/sign-in-codes`, {}, key)).json).toEqual({ code });
});

describe('a changed role', () => {
  test('holds from the next request on', async () => {
    const { as, admin, rep } = await hubs.open();
    const [boss, call] = [await as(admin), await as(rep)];
    expect((await call('POST', '/v1/invitations', nora)).status).toBe(403);
    const changed = await boss('PATCH', `/v1/users/${rep.id}`, { role: 'admin', name: 'Rita Renamed' });
    expect(changed.json).toEqual({ ...rep, role: 'admin', name: 'Rita Renamed' });
    expect((await call('POST', '/v1/invitations', nora)).status).toBe(200);
  });

  test('never leaves a workspace without an administrator', async () => {
    const { as, admin, rep } = await hubs.open();
    const call = await as(admin);
    for (const [method, body] of [
      ['PATCH', { role: 'rep' }],
      ['DELETE', undefined],
    ] as const) {
      const refused = await call(method, `/v1/users/${admin.id}`, body);
      expect(refused.status).toBe(409);
      expect(refused.json).toMatchObject({ type: 'urn:tandem:problem:conflict' });
    }
    // Two administrators who remove each other at the same moment: one of them stays.
    await call('PATCH', `/v1/users/${rep.id}`, { role: 'admin' });
    const other = await as(rep);
    const answers = await Promise.all([
      call('DELETE', `/v1/users/${rep.id}`),
      other('DELETE', `/v1/users/${admin.id}`),
    ]);
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  });

  test('is nothing for people of other workspaces', async () => {
    const { as, admin } = await hubs.open();
    const other = await hubs.open();
    const call = await as(admin);
    expect((await call('PATCH', `/v1/users/${other.rep.id}`, { role: 'admin' })).status).toBe(404);
    expect((await call('DELETE', `/v1/users/${other.rep.id}`)).status).toBe(404);
  });
});

describe('somebody who is shut out', () => {
  test('is out at once, cannot come back by a code, and what they did keeps their name', async () => {
    const { as, call, admin, rep, lena } = await hubs.open();
    const boss = await as(admin);
    const theirs = await as(rep);
    const { code } = (await boss('POST', `/v1/users/${rep.id}/sign-in-codes`, {})).json as { code: string };
    expect((await boss('DELETE', `/v1/users/${rep.id}`)).status).toBe(204);
    expect((await theirs('GET', '/v1/me')).status).toBe(401);
    expect((await call('POST', '/v1/sign-in', { code })).status).toBe(401);
    expect((await boss('POST', `/v1/users/${rep.id}/sign-in-codes`, {})).status).toBe(404);
    expect(await namesOf(boss)).not.toContain(rep.name);
    const context = await boss('POST', '/v1/context', { queries: [{ email: lena.emails[0] }] });
    expect(context.json).toMatchObject({ contexts: [{ person: { owner: { name: rep.name } } }] });
  });

  test('comes back by an invitation, as it says', async () => {
    const { as, admin, rep } = await hubs.open();
    const boss = await as(admin);
    await boss('DELETE', `/v1/users/${rep.id}`);
    const again = { email: rep.email, name: 'Rita Again', role: 'marketer', team: 'marketing' };
    const { user } = Invitation.parse((await boss('POST', '/v1/invitations', again)).json);
    expect(user).toEqual({ ...again, id: rep.id });
  });
});

describe('sessions', () => {
  const sessionsOf = async (call: Call, query = '') =>
    ((await call('GET', `/v1/sessions${query}`)).json as { sessions: SignedIn[] }).sessions;

  test('are listed, and say which one asks and when each was used, to the hour', async () => {
    const { as, rep, pass, now } = await hubs.open();
    const [here, elsewhere] = [await as(rep), await as(rep)];
    const begun = now();
    pass(HOUR - 1);
    expect((await sessionsOf(here)).map(({ lastUsedAt }) => lastUsedAt)).toEqual([begun, begun]);
    pass(1);
    const later = now();
    const [first, second] = await sessionsOf(here);
    expect(first).toMatchObject({ current: true, lastUsedAt: later, createdAt: begun, userId: rep.id });
    expect(second).toMatchObject({ current: false, lastUsedAt: begun, method: 'code' });
    expect((await sessionsOf(elsewhere)).find(({ current }) => current)!.id).toBe(second!.id);
  });

  test('are ended one by one, your own, or as an administrator anybody’s', async () => {
    const { as, rep, otherRep, admin } = await hubs.open();
    const [here, elsewhere] = [await as(rep), await as(rep)];
    const theirs = (await sessionsOf(elsewhere)).find(({ current }) => current)!.id;
    const colleague = await as(otherRep);
    expect((await colleague('GET', `/v1/sessions?userId=${rep.id}`)).status).toBe(403);
    expect((await colleague('DELETE', `/v1/sessions/${theirs}`)).status).toBe(404);
    expect((await here('DELETE', `/v1/sessions/${theirs}`)).status).toBe(204);
    expect((await elsewhere('GET', '/v1/me')).status).toBe(401);
    expect((await here('DELETE', `/v1/sessions/${theirs}`)).status).toBe(404);
    const boss = await as(admin);
    const [left] = await sessionsOf(boss, `?userId=${rep.id}`);
    expect((await boss('DELETE', `/v1/sessions/${left!.id}`)).status).toBe(204);
    expect((await here('GET', '/v1/me')).status).toBe(401);
  });
});

test('a code is dead after five wrong ones for its first group', async () => {
  const { as, call, admin, rep } = await hubs.open();
  const made = await (await as(admin))('POST', `/v1/users/${rep.id}/sign-in-codes`, {});
  const { code } = made.json as { code: string };
  for (let tried = 0; tried < 5; tried++) {
    expect((await call('POST', '/v1/sign-in', { code: `${code.slice(0, 4)}-AAAA-AAAA` })).status).toBe(401);
  }
  expect((await call('POST', '/v1/sign-in', { code })).status).toBe(401);
});

test('limits are per address, of which the proxy in front is believed and nobody else', async () => {
  const settings = { signIn: { oidc: null, secretKeys: [], trustedProxies: 1 } };
  const { call } = await hubs.open(settings);
  const from = async (forwarded: string) =>
    (await call('POST', '/v1/sign-in', { code: 'AAAA-AAAA-AAAA' }, { 'x-forwarded-for': forwarded })).status;
  for (let tried = 0; tried < 30; tried++) expect(await from(`10.0.0.${tried}, 203.0.113.5`)).toBe(401);
  expect(await from('10.0.0.99, 203.0.113.5')).toBe(429);
  expect(await from('203.0.113.5, 203.0.113.6')).toBe(401);
});

describe('the settings', () => {
  const issuer = { TANDEM_OIDC_ISSUER: 'https://id.kontor.example' };
  test.each([
    [issuer, ['TANDEM_PUBLIC_URL', 'TANDEM_OIDC_CLIENT_ID']],
    [{ ...issuer, TANDEM_OIDC_CLIENT_ID: 'tandem' }, ['TANDEM_PUBLIC_URL']],
    [{ TANDEM_OIDC_CLIENT_ID: 'tandem' }, ['TANDEM_OIDC_ISSUER']],
    [{ TANDEM_SMTP_URL: 'smtp://mail.kontor.example' }, ['TANDEM_PUBLIC_URL']],
  ])('%j are refused without what they need: %j', (variables, needed) => {
    const read = () => readEnvironment(variables);
    expect(read).toThrow(EnvironmentError);
    for (const key of needed) expect(read).toThrow(`needs ${key}, too`);
  });

  test('become a way to sign in', () => {
    const url = { TANDEM_PUBLIC_URL: 'https://tandem.kontor.example/' };
    const variables = { ...issuer, ...url, TANDEM_OIDC_CLIENT_ID: 'tandem', TANDEM_TRUSTED_PROXY: '2' };
    const oidc = { issuer: 'https://id.kontor.example', clientId: 'tandem', clientSecret: null, label: null };
    expect(signInSettings(readEnvironment(variables))).toEqual({ oidc, secretKeys: [], trustedProxies: 2 });
    expect(signInSettings(readEnvironment({})).oidc).toBeNull();
  });
});
