import { describe, expect, test } from 'vitest';
import { Me, SignInCode, SignInResponse } from '../../utils/contract/session.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const DAY = 86_400_000;

describe('signing in', () => {
  test('takes the code once, however it is typed, and announces the next', async () => {
    const { call, hub, codes, admin, workspace } = await hubs.open();
    const first = hub.signInCodes.current;
    expect(first).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);

    const typed = ` ${first.toLowerCase().replaceAll('-', ' ')} `;
    const answer = await call('POST', '/v1/sign-in', { code: typed });
    expect(answer.status).toBe(200);
    const { token, user } = SignInResponse.parse(answer.json);
    expect(user).toEqual(admin);
    expect(codes).toEqual([hub.signInCodes.current]);
    expect(codes).not.toContain(first);

    const me = await call('GET', '/v1/me', undefined, { authorization: `Bearer ${token}` });
    expect(Me.parse(me.json)).toEqual({ user: admin, workspace });

    const again = await call('POST', '/v1/sign-in', { code: first });
    expect(again.status).toBe(401);
    expect(again.json).toMatchObject({ type: 'urn:tandem:problem:signed-out' });
    expect(again.text).toContain('the one the hub printed last');
  });

  test('limits attempts', async () => {
    const { call, hub } = await hubs.open();
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 31; attempt++) {
      statuses.push((await call('POST', '/v1/sign-in', { code: 'AAAA-AAAA-AAAA' })).status);
    }
    expect(new Set(statuses.slice(0, 30))).toEqual(new Set([401]));
    expect(statuses[30]).toBe(429);
    const refused = await call('POST', '/v1/sign-in', { code: hub.signInCodes.current });
    expect(refused.status).toBe(429);
    expect(refused.json).toMatchObject({ type: 'urn:tandem:problem:too-many-requests' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit')).toMatch(/^"attempts";r=0;t=\d+$/);
  });
});

describe('a code for somebody else', () => {
  test('is made by an administrator, and signs them in once', async () => {
    const { as, call, admin, marketer, workspace } = await hubs.open();
    const made = await (await as(admin))('POST', `/v1/users/${marketer.id}/sign-in-codes`, {});
    const { code } = SignInCode.parse(made.json);
    const answer = await call('POST', '/v1/sign-in', { code: code.toLowerCase() });
    const { token, user } = SignInResponse.parse(answer.json);
    expect(user).toEqual(marketer);
    const me = await call('GET', '/v1/me', undefined, { authorization: `Bearer ${token}` });
    expect(Me.parse(me.json)).toEqual({ user: marketer, workspace });
    expect((await call('POST', '/v1/sign-in', { code })).status).toBe(401);
  });

  test('is good for fifteen minutes, and leaves the local one alone', async () => {
    const { as, call, admin, rep, pass, hub } = await hubs.open();
    const issue = async () => {
      const made = await (await as(admin))('POST', `/v1/users/${rep.id}/sign-in-codes`, {});
      return SignInCode.parse(made.json).code;
    };
    const [one, other] = [await issue(), await issue()];
    pass(15 * 60_000 - 1);
    expect((await call('POST', '/v1/sign-in', { code: one })).status).toBe(200);
    pass(1);
    expect((await call('POST', '/v1/sign-in', { code: other })).status).toBe(401);
    expect((await call('POST', '/v1/sign-in', { code: hub.signInCodes.current })).status).toBe(200);
  });

  test('is for administrators, and for people of the workspace', async () => {
    const { as, admin, rep, salesManager } = await hubs.open();
    const other = await hubs.open();
    for (const user of [rep, salesManager]) {
      const refused = await (await as(user))('POST', `/v1/users/${rep.id}/sign-in-codes`, {});
      expect(refused.status).toBe(403);
    }
    const stranger = await (await as(admin))('POST', `/v1/users/${other.rep.id}/sign-in-codes`, {});
    expect(stranger.status).toBe(404);
  });
});

test('everybody may know who works here', async () => {
  const { as, rep, users } = await hubs.open();
  const answer = await (await as(rep))('GET', '/v1/users');
  expect(answer.json).toEqual({
    users: users.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
  });
});

describe('a token', () => {
  test('is good for ninety days', async () => {
    const { as, rep, pass } = await hubs.open();
    const call = await as(rep);
    pass(90 * DAY - 1);
    expect((await call('GET', '/v1/me')).status).toBe(200);
    pass(1);
    expect((await call('GET', '/v1/me')).status).toBe(401);
  });

  test('is good for nothing after signing out, and others stay good', async () => {
    const { as, rep } = await hubs.open();
    const [here, elsewhere] = [await as(rep), await as(rep)];
    expect((await here('DELETE', '/v1/session')).status).toBe(204);
    expect((await here('GET', '/v1/me')).status).toBe(401);
    expect((await elsewhere('GET', '/v1/me')).status).toBe(200);
  });

  test('opens only its own workspace', async () => {
    const one = await hubs.open();
    const other = await hubs.open();
    const call = await other.as(other.rep);
    const answer = await call('POST', '/v1/context', { queries: [{ email: one.omar.emails[0] }] });
    expect(answer.json).toMatchObject({ contexts: [{ person: { id: other.omar.id } }] });
  });

  test('has a limit of requests', async () => {
    const { as, rep } = await hubs.open({ requestsPerMinute: 2 });
    const call = await as(rep);
    const first = await call('GET', '/v1/me');
    expect(first.headers.get('ratelimit')).toMatch(/^"requests";r=1;t=60$/);
    expect(first.headers.get('ratelimit-policy')).toBe('"requests";q=2;w=60');
    await call('GET', '/v1/agreement');
    expect((await call('GET', '/v1/me')).status).toBe(429);
  });
});

test('an unchanged answer is not sent twice', async () => {
  const { as, rep } = await hubs.open();
  const call = await as(rep);
  const origin = { origin: 'chrome-extension://ogfcplhhlhpfigliklhffgopgfjeejkd' };
  for (const path of ['/v1/me', '/v1/agreement']) {
    const first = await call('GET', path, undefined, origin);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).not.toBe('');
    const second = await call('GET', path, undefined, { ...origin, 'if-none-match': etag });
    expect(second.status).toBe(304);
    expect(second.text).toBe('');
    expect(second.headers.get('access-control-allow-origin')).toBe(origin.origin);
  }
});
