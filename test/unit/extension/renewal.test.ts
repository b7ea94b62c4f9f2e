import { beforeEach, describe, expect, it, vi } from 'vitest';
import { hubFetch } from '../../../utils/extension/hub-fetch.ts';
import { connectionItem } from '../../../utils/extension/storage.ts';
import { emptyDatabase, signedIn } from '../../support/extension-state.ts';

const MINUTE = 60_000;
/** What a hub accepts, and how it answers to a refresh. */
let good: string;
let refresh: (token: string) => Response | Promise<Response>;
const refreshed: string[] = [];
const asked: string[] = [];

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

beforeEach(async () => {
  await emptyDatabase();
  refreshed.length = asked.length = 0;
  good = 'access-1';
  refresh = (token) => {
    const number = Number(token.split('-')[1]) + 1;
    good = `access-${number}`;
    return json({ access_token: good, refresh_token: `refresh-${number}`, expires_in: 3600 });
  };
  vi.stubGlobal('fetch', async (url: URL, init: RequestInit) => {
    if (url.pathname === '/oauth/token') {
      const token = (init.body as URLSearchParams).get('refresh_token')!;
      refreshed.push(token);
      return refresh(token);
    }
    const token = new Headers(init.headers).get('authorization')!.replace('Bearer ', '');
    asked.push(token);
    return token === good ? json({ ok: true }) : json({}, 401);
  });
  await signedIn();
});

async function withTokens(expiresIn: number) {
  const renewal = { refreshToken: 'refresh-1', expiresAt: new Date(Date.now() + expiresIn).toISOString() };
  await connectionItem.set({ ...(await connectionItem.get())!, token: 'access-1', renewal });
}
const ask = () => hubFetch({ method: 'GET', path: '/v1/me' });
const status = async () => {
  const answer = await ask();
  return answer.ok ? answer.value.status : answer.error.kind;
};

describe('a token', () => {
  it('is left as it is while it is good', async () => {
    await withTokens(30 * MINUTE);
    expect(await status()).toBe(200);
    expect(refreshed).toEqual([]);
  });

  it('is renewed before it expires, once for all who ask', async () => {
    await withTokens(MINUTE / 2);
    expect(await Promise.all([status(), status(), status()])).toEqual([200, 200, 200]);
    expect(refreshed).toEqual(['refresh-1']);
    expect(asked).toEqual(['access-2', 'access-2', 'access-2']);
    expect((await connectionItem.get())!.renewal!.refreshToken).toBe('refresh-2');
  });

  it('is renewed when the hub refuses it, once for all who ask', async () => {
    await withTokens(30 * MINUTE);
    good = 'none';
    expect(await Promise.all([status(), status()])).toEqual([200, 200]);
    expect(refreshed).toEqual(['refresh-1']);
  });

  it('is forgotten when it cannot be renewed, and nothing is asked any more', async () => {
    await withTokens(30 * MINUTE);
    good = 'none';
    refresh = () => json({ error: 'invalid_grant' }, 400);
    expect(await status()).toBe(401);
    expect(await connectionItem.get()).toMatchObject({ token: null, hubUrl: 'http://hub.test' });
    expect((await connectionItem.get())!.renewal).toBeUndefined();
    expect(await status()).toBe('signed-out');
  });

  it('is kept while the hub is away or too busy to renew it', async () => {
    await withTokens(30 * MINUTE);
    good = 'none';
    refresh = () => Promise.reject(new TypeError('Failed to fetch'));
    expect(await status()).toBe('offline');
    refresh = () => json({}, 429);
    expect(await status()).toBe('too-many-requests');
    expect((await connectionItem.get())!.token).toBe('access-1');
  });

  it('of a one-time code is forgotten once it is refused', async () => {
    good = 'none';
    expect(await status()).toBe(401);
    expect((await connectionItem.get())!.token).toBeNull();
    expect(refreshed).toEqual([]);
  });
});

it('does not undo a sign-out that happened meanwhile', async () => {
  await withTokens(30 * MINUTE);
  good = 'none';
  refresh = async () => {
    await connectionItem.remove();
    return json({ access_token: 'late', refresh_token: 'late', expires_in: 3600 });
  };
  expect(await status()).toBe(401);
  expect(await connectionItem.get()).toBeNull();
});
