import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { retain } from '../../server/jobs/retain.ts';
import { readTables } from '../../server/store/catalogue.ts';
import type { PersonExport } from '../../utils/contract/erasure.ts';
import type { Merge } from '../../utils/contract/merge.ts';
import { indexClient, overHttp } from './support/index-client.ts';
import { known } from './support/known-person.ts';
import { tablesWith } from './support/tables-with.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();

/** Anne, with whom Annika was merged, with whom Berta had been; a newsletter knows Annika by an id of its own. */
async function merged() {
  const open = await known(hubs);
  const { anne, say, asMarketer, asRep, now } = open;
  const other = (name: string, digits: string) => ({
    id: uuid(),
    name: `${name} Merged-Möller`,
    emails: [`${name.toLowerCase()}@reederei.example`],
    externalIds: [
      { system: 'mail', tenant: 'mail.kontor.example', type: name.toLowerCase(), id: `record-${name}` },
    ],
    phone: `+49 40 ${digits}`,
    stage: 'mql' as const,
    attributes: { note: `${name}'s own` },
  });
  const annika = other('Annika', '6661234');
  const berta = other('Berta', '7771234');
  await say(asMarketer, 'POST', '/v1/people', { people: [annika, berta] });
  const byNewsletter = { ...annika, id: uuid(), externalIds: [], name: 'A. M.-M.' };
  await say(asMarketer, 'POST', '/v1/people', { people: [byNewsletter] });
  for (const { id } of [annika, berta]) {
    await say(asRep, 'POST', '/v1/feedback', {
      id: uuid(),
      about: { kind: 'lead', personId: id },
      verdict: 'accepted',
      reasons: [],
      comment: `of ${id}`,
      clientTime: now(),
    });
  }
  const merge = async (keptId: string, otherId: string) =>
    (await say(asMarketer, 'POST', `/v1/people/${keptId}/merges`, { otherId })) as Merge;
  const undo = (id: string) => asMarketer('POST', `/v1/merges/${id}/undo`, {});
  const first = await merge(annika.id, berta.id);
  const second = await merge(anne.id, annika.id);
  const ids = [anne.id, annika.id, berta.id, byNewsletter.id];
  return { ...open, annika, berta, byNewsletter, merge, undo, merges: [second, first], ids };
}

/** Anne's second address is part of Omar's, and looked for by itself. */
function tracesOf({ anne, annika, berta, ids }: Awaited<ReturnType<typeof merged>>): string[] {
  const people = [anne, annika, berta];
  return [
    ...ids,
    ...people.flatMap(({ name, phone, emails, externalIds }) => [
      name,
      phone,
      emails[0] ?? '',
      ...externalIds.map(({ id }) => id),
    ]),
    ' oezdemir@umlaut.example',
  ];
}

test.each([
  ['their own', 0],
  ['that of who was merged', 1],
  ['that of who was merged before that', 2],
  ['one that only a source uses', 3],
])('an erasure by %s id is of everybody they were merged with', async (_, nth) => {
  const all = await merged();
  const { workspace, ids, merges, undo, asAdmin, asMarketer, asRep, lena, omar, hub } = all;
  const tables = await readTables(hubs.db);
  const traces = tracesOf(all);
  await asRep('POST', '/v1/context', { queries: [{ email: all.annika.emails[0] }] });
  await hub.personViews.flush(hub);
  expect((await tablesWith(hubs.db, tables, workspace.id, traces)).length).toBeGreaterThan(12);
  const client = indexClient(overHttp(asRep));
  await client.sync();
  const size = client.states.size;
  const others = { queries: [lena, omar].map(({ emails }) => ({ email: emails[0] })) };
  const before = await asRep('POST', '/v1/context', others);

  const erased = await asAdmin('DELETE', `/v1/people/${ids[nth]}`);
  expect(erased.status, erased.text).toBe(204);
  expect(await tablesWith(hubs.db, tables, workspace.id, traces)).toEqual([]);
  expect((await asRep('POST', '/v1/context', others)).json).toEqual(before.json);
  await client.sync();
  // Two of Anne's addresses and a record, and one each of the others.
  expect(client.states.size).toBeLessThanOrEqual(size - 7);

  for (const { id } of merges) {
    const undone = await undo(id);
    expect([undone.status, undone.json]).toMatchObject([404, { detail: 'There is no such merge.' }]);
  }
  for (const id of ids) {
    expect((await asAdmin('DELETE', `/v1/people/${id}`)).status).toBe(404);
    const back = { id, name: 'X', emails: [], externalIds: [] };
    expect((await asMarketer('POST', '/v1/people', { people: [back] })).json).toMatchObject({
      stored: 0,
      rejected: [{ reason: 'this person was erased' }],
    });
  }
  for (const { emails, externalIds } of [all.anne, all.annika, all.berta]) {
    const people = [
      { id: uuid(), name: 'X', emails, externalIds: [] },
      { id: uuid(), name: 'X', emails: [], externalIds },
    ];
    expect((await asMarketer('POST', '/v1/people', { people })).json).toMatchObject({ stored: 0 });
  }
});

test('an erasure forgets merges that were undone, and leaves the other one alone', async () => {
  const { workspace, anne, lena, merge, undo, merges, asAdmin, asRep, asMarketer } = await merged();
  const mistake = await merge(lena.id, anne.id);
  expect((await undo(mistake.id)).status).toBe(200);
  const context = async () =>
    (await asRep('POST', '/v1/context', { queries: [{ email: lena.emails[0] }] })).json;
  const before = await context();
  // Nobody is told of somebody else whom they were once taken for.
  expect((await asAdmin('GET', `/v1/people/${anne.id}/export`)).text).not.toContain(lena.id);
  expect((await asAdmin('DELETE', `/v1/people/${anne.id}`)).status).toBe(204);
  expect(await context()).toEqual(before);
  expect((await undo(mistake.id)).status).toBe(404);
  expect((await undo(merges[1]!.id)).status).toBe(404);
  expect((await asMarketer('GET', `/v1/people/${lena.id}/merges`)).json).toEqual({ merges: [] });
  const { rows } = await sql`
    select 1 from person_merges m where m.workspace_id = ${workspace.id}`.execute(hubs.db);
  expect(rows).toEqual([]);
});

test('merges that stay are still undone newest first', async () => {
  const { lena, omar, anne, merge, undo, say, asAdmin, asMarketer } = await merged();
  const mistake = await merge(lena.id, anne.id);
  await undo(mistake.id);
  const clara = { id: uuid(), name: 'Clara', emails: ['clara@reederei.example'], externalIds: [] };
  await say(asMarketer, 'POST', '/v1/people', { people: [clara] });
  const older = await merge(lena.id, omar.id);
  expect((await asAdmin('DELETE', `/v1/people/${anne.id}`)).status).toBe(204);
  const newer = await merge(lena.id, clara.id);
  expect((await undo(older.id)).status).toBe(409);
  expect((await undo(newer.id)).status).toBe(200);
  expect((await undo(older.id)).status).toBe(200);
});

test('an export by any of the ids holds the rows of all of them', async () => {
  const { anne, annika, berta, ids, asAdmin, lena } = await merged();
  const exports = await Promise.all(ids.map((id) => asAdmin('GET', `/v1/people/${id}/export`)));
  for (const { json, text } of exports) {
    const { personId, tables } = json as PersonExport;
    expect(personId).toBe(anne.id);
    expect(tables.people?.map(({ id }) => id).toSorted()).toEqual([anne.id, annika.id, berta.id].toSorted());
    expect(tables.people?.map(({ phone }) => phone)).toEqual(
      expect.arrayContaining([anne.phone, annika.phone, berta.phone]),
    );
    expect(tables.person_merges).toHaveLength(2);
    expect(tables.feedback?.map(({ comment }) => comment)).toEqual(
      expect.arrayContaining([`of ${annika.id}`, `of ${berta.id}`]),
    );
    expect(text).not.toContain(lena.id);
  }
});

test('retention leaves who was merged, until the kept one goes', async () => {
  const { workspace, anne, annika, berta, merges, undo, asAdmin, now } = await merged();
  const in13Months = new Date(now());
  in13Months.setUTCMonth(in13Months.getUTCMonth() + 13);
  const run = () =>
    retain(hubs.db, workspace.id, in13Months, { touchpoints: 0, archivedPeople: 12, audit: 0 });
  const status = async (id: string) => (await asAdmin('GET', `/v1/people/${id}/export`)).status;
  expect(await run()).toBe(false);
  expect((await undo(merges[0]!.id)).status).toBe(200);
  expect(await run()).toBe(false);

  await sql`
    update people p set archived_at = ${now()}
    where p.workspace_id = ${workspace.id} and p.id = ${annika.id}`.execute(hubs.db);
  expect(await run()).toBe(true);
  expect(await run()).toBe(false);
  expect([await status(anne.id), await status(annika.id), await status(berta.id)]).toEqual([200, 404, 404]);
});
