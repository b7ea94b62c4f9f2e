import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { runJobs } from '../../server/jobs/jobs.ts';
import { rotateLeadKey } from '../../server/store/lead-keys.ts';
import { readLeadIndex } from '../../server/store/read-lead-index.ts';
import { LeadKeyRotation } from '../../utils/contract/lead-index.ts';
import { emailIndexText } from '../../utils/domain/lead-hash.ts';
import { indexClient, overHttp } from './support/index-client.ts';
import { type Call, useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const LENA = emailIndexText('lena.vogt@hafenlogistik.example');

async function open() {
  const hub = await hubs.open();
  const [administrator, ingest] = [await hub.as(hub.admin), await hub.as(hub.marketer)];
  const workspaceId = hub.workspace.id;
  return {
    ...hub,
    index: indexClient(overHttp(await hub.as(hub.rep))),
    rotate: async () => LeadKeyRotation.parse((await rotate(administrator)).json),
    /** One transaction's worth of it. */
    step: () => rotateLeadKey(hubs.db, workspaceId),
    finish: () => runJobs(hub.hub, { rotate: rotateLeadKey }),
    people: async (...names: string[]) => {
      const people = names.map((name) => person(name));
      expect((await ingest('POST', '/v1/people', { people })).json).toMatchObject({ stored: names.length });
    },
    stored: async () => {
      const { rows } = await sql<{ keys: number; entries: number }>`
        select (select count(*)::int from lead_keys k where k.workspace_id = ${workspaceId}) as keys,
          (select count(*)::int from lead_index i where i.workspace_id = ${workspaceId}) as entries`.execute(
        hubs.db,
      );
      return rows[0];
    },
  };
}

const rotate = (call: Call) => call('POST', '/v1/lead-index/rotate', {});
const person = (name: string) => ({
  id: uuid(),
  name,
  emails: [`${name}@reederei.example`],
  externalIds: [],
});
const textOf = (name: string) => emailIndexText(`${name}@reederei.example`);

test('gives clients the same leads under another key, and forgets the old one', async () => {
  const { index, rotate, finish, stored, people } = await open();
  await people('nora', 'nils');
  await index.sync();
  const [size, keyId] = [index.states.size, index.keyId()];
  const hashes = [...index.states.keys()];
  const before = await stored();

  const { keyId: old, nextKeyId } = await rotate();
  expect(old).toBe(keyId);
  await finish();
  await index.sync();
  expect(index.keyId()).toBe(nextKeyId);
  expect(index.states.size).toBe(size);
  expect(hashes.filter((hash) => index.states.has(hash))).toEqual([]);
  expect(await index.find(LENA)).toMatchObject({ stage: 'mql' });
  expect(await index.find(textOf('nora'))).toMatchObject({ stage: 'inquiry' });
  expect(await stored()).toEqual(before);
});

test('clients keep the old key until every entry is made, and no delta is lost to them', async () => {
  const { workspace, index, rotate, step, people, stored } = await open();
  await index.sync();
  const keyId = index.keyId();
  const { nextKeyId } = await rotate();
  await people('early');
  await index.sync();
  expect(index.keyId()).toBe(keyId);
  expect(await index.find(textOf('early'))).toBeDefined();
  const before = index.cursor();
  await index.sync();
  expect(index.cursor()).toBe(before);

  // Everybody's entries, and while that goes on another person.
  expect(await step()).toBe(true);
  await people('late');
  await index.sync();
  expect(index.keyId()).toBe(keyId);
  expect(await index.find(textOf('late'))).toBeDefined();
  expect((await stored())?.entries).toBe(2 * index.states.size);

  while (index.keyId() === keyId) {
    expect(await step()).toBe(true);
    await index.sync();
  }
  expect(index.keyId()).toBe(nextKeyId);
  for (const text of [LENA, textOf('early'), textOf('late')]) expect(await index.find(text)).toBeDefined();

  // While the old entries are being removed, and after.
  await people('after');
  await index.sync();
  while (await step());
  await people('later');
  await index.sync();
  const fresh = indexClient((since) => readLeadIndex(hubs.db, workspace.id, since, 2));
  await fresh.sync();
  expect(fresh.states).toEqual(index.states);
});

test('a client that is in the middle of its pages starts over, and mixes no keys', async () => {
  const { workspace, rotate, finish, people } = await open();
  await people('nora', 'nils', 'nele');
  let pages = 0;
  const paged = indexClient(async (since) => {
    pages += 1;
    if (pages === 2) {
      await rotate();
      await finish();
    }
    return readLeadIndex(hubs.db, workspace.id, since, 3);
  });
  await paged.sync();
  const whole = indexClient((since) => readLeadIndex(hubs.db, workspace.id, since));
  await whole.sync();
  expect(paged.keyId()).toBe(whole.keyId());
  expect(paged.states).toEqual(whole.states);
});

test('writers at the same time lose nothing, whenever it begins and ends', async () => {
  const { workspace, rotate, finish, people, index, step } = await open();
  const names = Array.from({ length: 12 }, (_, n) => `person${n}`);
  const [first, second, third] = [names.slice(0, 4), names.slice(4, 8), names.slice(8)];
  await Promise.all([...first.map((name) => people(name)), rotate(), ...second.map((name) => people(name))]);
  await Promise.all([step(), ...third.map((name) => people(name)), finish(), index.sync()]);
  await finish();
  const whole = indexClient((since) => readLeadIndex(hubs.db, workspace.id, since));
  await whole.sync();
  await index.sync();
  expect(index.states).toEqual(whole.states);
  for (const name of names) expect(await whole.find(textOf(name))).toBeDefined();
});

test('only an admin begins it; while one is under way another is the same', async () => {
  const { as, rep, marketer, salesManager, rotate: begin, finish, index } = await open();
  for (const user of [rep, marketer, salesManager]) expect((await rotate(await as(user))).status).toBe(403);
  const first = await begin();
  expect(await begin()).toEqual(first);
  await finish();
  const second = await begin();
  expect(second.keyId).toBe(first.nextKeyId);
  await finish();
  await index.sync();
  expect(index.keyId()).toBe(second.nextKeyId);
});
