import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import type { WriteKey } from '../../utils/contract/write-key.ts';
import { CreatedWriteKey } from '../../utils/contract/write-key.ts';
import type { Call } from './support/test-hub.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const HOUR = 3_600_000;

async function open(settings: Parameters<typeof hubs.open>[0] = {}) {
  const hub = await hubs.open(settings);
  const admin = await hub.as(hub.admin);
  const made = await admin('POST', '/v1/write-keys', { name: 'Website' });
  expect(made.status).toBe(200);
  const { key, ...shown } = CreatedWriteKey.parse(made.json);
  const withKey =
    (authorization: string): Call =>
    (method, path, body, headers = {}) =>
      hub.call(method, path, body, { authorization, ...headers });
  const list = async () =>
    ((await admin('GET', '/v1/write-keys')).json as { writeKeys: WriteKey[] }).writeKeys;
  const basic = (name: string) => `Basic ${Buffer.from(`${name}:`).toString('base64')}`;
  return { ...hub, adminCall: admin, key, shown, list, withKey, basic, program: withKey(`Bearer ${key}`) };
}

const ann = () => ({ id: uuid(), name: 'Ann', emails: [`${uuid()}@reederei.example`], externalIds: [] });

describe('a write key', () => {
  test('is shown once, and stored as a hash only', async () => {
    const { adminCall, key, shown, list, admin, workspace } = await open();
    expect(shown).toMatchObject({
      name: 'Website',
      createdBy: { id: admin.id, name: admin.name },
      lastUsedAt: null,
    });
    expect(await list()).toEqual([shown]);
    const { rows } = await sql<{ row: string }>`
      select k::text as row from write_keys k where k.workspace_id = ${workspace.id}
      union all select i.body from idempotency_keys i where i.workspace_id = ${workspace.id}`.execute(
      hubs.db,
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(key);
    // What is kept for a repetition is sealed.
    const once = { 'idempotency-key': uuid() };
    for (let time = 0; time < 2; time++) {
      expect((await adminCall('POST', '/v1/write-keys', { name: 'Shop' }, once)).status).toBe(200);
    }
    expect(await list()).toHaveLength(2);
  });

  test('sends data, as a bearer and as Segment’s user name, and does nothing else', async () => {
    const { withKey, key, basic, lena } = await open();
    for (const authorization of [`Bearer ${key}`, basic(key)]) {
      const call = withKey(authorization);
      expect((await call('POST', '/v1/people', { people: [ann()] })).json).toMatchObject({ stored: 1 });
      const refused = [
        await call('GET', '/v1/me'),
        await call('GET', '/v1/write-keys'),
        await call('POST', '/v1/context', { queries: [{ email: lena.emails[0] }] }),
        await call('GET', '/v1/lead-index'),
      ];
      expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    }
  });

  test('repeats an answer by Idempotency-Key, and only to the same key', async () => {
    const { program, adminCall } = await open();
    const body = { people: [ann()] };
    const headers = { 'idempotency-key': uuid() };
    const first = await program('POST', '/v1/people', body, headers);
    const again = await program('POST', '/v1/people', body, headers);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.json).toEqual(first.json);
    expect((await adminCall('POST', '/v1/people', body, headers)).status).toBe(422);
  });

  test('is good for nothing once it is deleted, mistyped or of elsewhere', async () => {
    const { program, adminCall, shown, withKey, key, basic, list } = await open();
    const other = await open();
    const send = async (call: Call) => (await call('POST', '/v1/people', { people: [ann()] })).status;
    const mistyped = `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`;
    expect(await send(withKey(`Bearer ${mistyped.slice(0, -6)}AAAAAA`))).toBe(401);
    expect(await send(withKey(basic('tdw_short')))).toBe(401);
    expect(await send(withKey(`Basic ${Buffer.from('some:body').toString('base64')}`))).toBe(401);
    expect((await other.adminCall('DELETE', `/v1/write-keys/${shown.id}`)).status).toBe(404);
    expect(await send(program)).toBe(200);
    expect((await adminCall('DELETE', `/v1/write-keys/${shown.id}`)).status).toBe(204);
    expect(await send(program)).toBe(401);
    expect(await list()).toEqual([]);
  });

  test('notes its last use, at most hourly', async () => {
    const { program, list, pass, now } = await open();
    const send = () => program('POST', '/v1/people', { people: [ann()] });
    await send();
    const first = now();
    pass(HOUR - 1);
    await send();
    expect((await list())[0]?.lastUsedAt).toBe(first);
    pass(1);
    await send();
    expect((await list())[0]?.lastUsedAt).toBe(now());
  });

  test('has a limit of requests of its own', async () => {
    const { program } = await open({ requestsPerMinute: 2 });
    const statuses: number[] = [];
    for (let time = 0; time < 3; time++) {
      statuses.push((await program('POST', '/v1/people', { people: [ann()] })).status);
    }
    expect(statuses).toEqual([200, 200, 429]);
  });

  test('is made, seen and deleted by administrators only', async () => {
    const { as, marketer, salesManager, shown } = await open();
    for (const user of [marketer, salesManager]) {
      const call = await as(user);
      const answers = [
        await call('POST', '/v1/write-keys', { name: 'Mine' }),
        await call('GET', '/v1/write-keys'),
        await call('DELETE', `/v1/write-keys/${shown.id}`),
      ];
      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    }
  });
});

test('the document says which operations take a write key', async () => {
  const { call } = await hubs.open();
  const { paths } = (await call('GET', '/openapi.json')).json as {
    paths: Record<string, Record<string, { 'x-write-key'?: boolean; security: object[] }>>;
  };
  const taking = Object.entries(paths).flatMap(([path, methods]) =>
    Object.values(methods).flatMap((operation) => (operation['x-write-key'] ? [path] : [])),
  );
  expect(taking).toEqual(
    expect.arrayContaining(['/v1/people', '/v1/touchpoints', '/v1/planned-touches', '/v1/offers']),
  );
  expect(taking).not.toContain('/v1/context');
  expect(paths['/v1/people']?.['post']?.security).toEqual([{ bearer: [] }, { writeKey: [] }]);
});
