import { expect, test } from 'vitest';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const CHROMIUM = 'chrome-extension://ogfcplhhlhpfigliklhffgopgfjeejkd';
const FIREFOX = 'moz-extension://0f9b7a1c-5d2e-4a6b-9c3d-1e2f3a4b5c6d';

test.each([CHROMIUM, FIREFOX, 'chrome-extension://other'])('%s may call', async (origin) => {
  const { call } = await hubs.open({ extensionOrigins: ['chrome-extension://other'] });
  const preflight = await call('OPTIONS', '/v1/feedback', undefined, {
    origin,
    'access-control-request-method': 'PATCH',
    'access-control-request-headers': 'authorization,content-type,idempotency-key',
    'access-control-request-private-network': 'true',
  });
  expect(preflight.status).toBe(204);
  expect(Object.fromEntries(preflight.headers)).toMatchObject({
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET,POST,PUT,PATCH,DELETE',
    'access-control-allow-headers': 'authorization,content-type,idempotency-key,if-none-match',
    'access-control-max-age': '7200',
    'access-control-allow-private-network': 'true',
  });
  const refused = await call('GET', '/v1/me', undefined, { origin });
  expect(refused.status).toBe(401);
  expect(refused.headers.get('access-control-allow-origin')).toBe(origin);
  expect(refused.headers.get('vary')).toContain('Origin');
});

test.each([
  'https://mail.google.com',
  'null',
  'chrome-extension://other',
  `${CHROMIUM}.example`,
  'moz-extension://x',
])('a page of %s may not', async (origin) => {
  const { call } = await hubs.open();
  for (const method of ['OPTIONS', 'GET']) {
    const { headers } = await call(method, '/v1/me', undefined, {
      origin,
      'access-control-request-private-network': 'true',
    });
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
});

test('who sends no origin is served', async () => {
  const { call, as, rep } = await hubs.open();
  expect((await call('GET', '/healthz')).json).toEqual({ status: 'ok' });
  const { status, headers } = await (await as(rep))('GET', '/v1/me');
  expect(status).toBe(200);
  expect(headers.has('access-control-allow-origin')).toBe(false);
});
