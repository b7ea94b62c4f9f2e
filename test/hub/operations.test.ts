import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import { issueToken } from '../../server/auth/tokens.ts';
import { handlers } from '../../server/routes/index.ts';
import { createEmbeddedStore } from '../../server/store/embedded-store.ts';
import { readMigrations } from '../../server/store/migrate.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();

describe('the id of a request', () => {
  test('is a proxy’s own, or made; and never a text that may be a name', async () => {
    const { call, log } = await hubs.open();
    const given = '0af7651916cd43dd8448eb211c80319c';
    expect(
      (await call('GET', '/healthz', undefined, { 'x-request-id': given })).headers.get('x-request-id'),
    ).toBe(given);
    expect(log.at(-1)).toContain(`"requestId":"${given}"`);
    for (const other of ['lena.vogt@hafenlogistik.example', 'Lena Vogt', '+49 40 123', 'a'.repeat(80)]) {
      const { headers } = await call('GET', '/healthz', undefined, { 'x-request-id': other });
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(log.join('')).not.toContain(other);
    }
  });

  test('stands in the answer when the hub fails, and in its log', async () => {
    const { hub, log, rep } = await hubs.open();
    const app = createApp(hub, { ...handlers, me: () => Promise.reject(new Error('Lena Vogt is a bug')) });
    const authorization = `Bearer ${await issueToken(hubs.db, hub.workspaceId, rep.id, hub.clock())}`;
    const answer = await app.request('/v1/me', { headers: { authorization } });
    expect(answer.status).toBe(500);
    const { requestId } = (await answer.json()) as { requestId: string };
    expect(requestId).toBe(answer.headers.get('x-request-id'));
    const failure = log.find((line) => line.includes('"msg":"failed"'));
    expect(failure).toContain(`"requestId":"${requestId}"`);
    expect(failure).not.toContain('Lena');
  });
});

describe('/readyz', () => {
  test('says ready, and in one word why not', async () => {
    const stopping = new AbortController();
    const { call, hub } = await hubs.open({ stopping: stopping.signal });
    expect(await call('GET', '/readyz')).toMatchObject({ status: 200, json: { status: 'ready' } });

    const name = (await readMigrations()).at(-1)?.name;
    await sql`delete from migrations where name = ${name}`.execute(hubs.db);
    const behind = await call('GET', '/readyz');
    await sql`insert into migrations (name) values (${name})`.execute(hubs.db);
    expect(behind).toMatchObject({ status: 503, json: { reason: 'migrations' } });

    const dead = createEmbeddedStore({
      wire: {
        send: () => Promise.reject(new Error('gone')),
        close: () => Promise.resolve(),
      },
    });
    const without = createApp({ ...hub, databaseOf: dead.in });
    const answer = await without.request('/readyz');
    expect([answer.status, await answer.json()]).toEqual([503, { status: 'not-ready', reason: 'database' }]);
    expect((await without.request('/healthz')).status).toBe(200);

    stopping.abort();
    expect(await call('GET', '/readyz')).toMatchObject({ status: 503, json: { reason: 'stopping' } });
    expect((await call('GET', '/healthz')).headers.get('connection')).toBe('close');
  });
});

describe('/metrics', () => {
  const metricsToken = 'a-token-of-the-monitoring';
  const authorization = `Bearer ${metricsToken}`;

  test('are there for who has the token, and for nobody where there is none', async () => {
    const { call } = await hubs.open();
    expect((await call('GET', '/metrics')).status).toBe(404);
    const open = await hubs.open({ metricsToken });
    expect((await open.call('GET', '/metrics')).status).toBe(401);
    expect((await open.call('GET', '/metrics', undefined, { authorization: 'Bearer other' })).status).toBe(
      401,
    );
    expect((await open.call('GET', '/metrics', undefined, { authorization })).status).toBe(200);
  });

  test('count requests by pattern and rows by what became of them, with nothing personal and few labels', async () => {
    const { call, as, marketer, lena } = await hubs.open({ metricsToken });
    const person = { id: lena.id, name: lena.name, emails: lena.emails, externalIds: [] };
    await (
      await as(marketer)
    )('POST', '/v1/people', { people: [person] });
    const paths = Array.from({ length: 20 }, (_, index) => `/nowhere/${lena.id}/${index}`);
    for (const path of paths) await call('GET', path);
    await call('GET', `/v1/feedback/${lena.id}`);
    const { text } = await call('GET', '/metrics', undefined, { authorization });
    expect(text).toContain(
      'tandem_http_request_duration_seconds_count{route="/v1/people",method="POST",status="200"} 1',
    );
    expect(text).toContain('route="/v1/feedback/:id",method="GET",status="401"} 1');
    expect(text).toContain('tandem_ingest_rows_total{kind="people",outcome="stored"} 1');
    expect(text).toContain('tandem_http_requests_in_flight 1');
    expect(text.match(/duration_seconds_count\{/g)).toHaveLength(3);
    for (const personal of [lena.id, lena.name, lena.emails[0], 'nowhere'])
      expect(text).not.toContain(personal);
  });
});
