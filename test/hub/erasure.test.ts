import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { personColumns } from '../../server/erasure/person-columns.ts';
import { retain } from '../../server/jobs/retain.ts';
import { hasColumn, readTables, type Table } from '../../server/store/catalogue.ts';
import type { AuditEvent } from '../../utils/contract/audit.ts';
import type { PersonExport } from '../../utils/contract/erasure.ts';
import { indexClient, overHttp } from './support/index-client.ts';
import { known, type person } from './support/known-person.ts';
import { tablesWith } from './support/tables-with.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();

/** So that a table nobody thought of here holds something of them, too. */
async function fillRest(workspaceId: string, anne: ReturnType<typeof person>): Promise<Table[]> {
  const tables = await readTables(hubs.db);
  for (const table of tables.filter((each) => hasColumn(each, 'person_id'))) {
    const { rows } = await sql`
      select 1 from ${sql.table(table.name)} t
      where t.workspace_id = ${workspaceId} and t.person_id = ${anne.id} limit 1`.execute(hubs.db);
    if (rows.length > 0) continue;
    const row = Object.fromEntries(table.columns.map(({ name, type }) => [name, madeUp(type, anne.name)]));
    const feedback = await sql<{ id: string }>`
      select f.id from feedback f
      where f.workspace_id = ${workspaceId} and f.person_id = ${anne.id} limit 1`.execute(hubs.db);
    const own = { state: 'waiting', feedback_id: feedback.rows[0]?.id };
    const whole = JSON.stringify({ ...row, ...own, workspace_id: workspaceId, person_id: anne.id });
    await sql`
      insert into ${sql.table(table.name)}
      select * from json_populate_record(null::${sql.table(table.name)}, ${whole}::text::json)`
      .execute(hubs.db)
      .catch((cause: unknown) => {
        throw new Error(`Let this test make a row of ${table.name} that is about the person.`, { cause });
      });
  }
  return tables;
}

function madeUp(type: string, text: string): unknown {
  if (type.endsWith('[]')) return [];
  if (type === 'uuid') return uuid();
  if (type.startsWith('timestamp') || type === 'date') return '2026-11-20T09:00:00.000Z';
  if (type === 'boolean') return false;
  if (/int|double|numeric/.test(type)) return 1;
  if (type.startsWith('json')) return { text };
  return type === 'bytea' ? '\\x00' : text;
}

test('after an erasure no table holds anything of them, and everybody else is as before', async () => {
  const { workspace, anne, asAdmin, asRep, omar, lena, aboutCampaign } = await known(hubs);
  const tables = await fillRest(workspace.id, anne);
  const traces = [anne.id, anne.name, anne.phone, ...anne.emails, 'record-of-aenne'];
  // The check can fail: it sees them where they are.
  expect((await tablesWith(hubs.db, tables, workspace.id, traces)).length).toBeGreaterThan(12);
  const others = { queries: [lena, omar].map(({ emails }) => ({ email: emails[0] })) };
  const before = await asRep('POST', '/v1/context', others);

  expect((await asAdmin('DELETE', `/v1/people/${anne.id}`)).status).toBe(204);
  // The address of Omar holds theirs, and is his.
  const withoutOmar = traces.filter((trace) => trace !== anne.emails[1]);
  expect(await tablesWith(hubs.db, tables, workspace.id, withoutOmar)).toEqual([]);
  expect(await tablesWith(hubs.db, tables, workspace.id, [' oezdemir@umlaut.example'])).toEqual([]);

  expect((await asRep('POST', '/v1/context', others)).json).toEqual(before.json);
  expect((await asRep('POST', '/v1/context', { queries: [{ email: anne.emails[0] }] })).json).toEqual({
    contexts: [null],
  });
  expect((await asRep('GET', `/v1/feedback/${aboutCampaign.id}`)).json).toMatchObject({
    comment: 'as – (–) said',
  });
  expect((await asAdmin('DELETE', `/v1/people/${anne.id}`)).status).toBe(404);
});

test('what else has the same id keeps it, and is not taken for them', async () => {
  const { workspace, anne, lena, rep, admin, asAdmin, asRep, asMarketer, campaign, say, now } =
    await known(hubs);
  // Ids come from outside, where nobody knows of the others.
  const { id } = anne;
  await say(asRep, 'POST', '/v1/feedback', {
    id,
    about: { kind: 'campaign', campaignId: campaign.id },
    verdict: 'praise',
    reasons: [],
    clientTime: now(),
  });
  await say(asMarketer, 'POST', `/v1/feedback/${id}/replies`, { id: uuid(), text: 'Thank you' });
  const touch = {
    kind: 'form.submitted',
    channel: 'web',
    direction: 'inbound',
    machine: false,
    source: 'web',
  };
  await say(asMarketer, 'POST', '/v1/touchpoints', {
    touchpoints: [
      {
        ...touch,
        id: uuid(),
        title: 'Fair',
        occurredAt: now(),
        sourceId: 'fair',
        person: { email: lena.emails[0] },
        campaign: { id, name: 'Fair', kind: 'trade_fair' },
      },
    ],
  });
  await sql`
    insert into write_keys (workspace_id, id, key_hash, name, created_by, created_at)
    values (${workspace.id}, ${id}, '\\x00', 'Form', ${admin.id}, ${now()})`.execute(hubs.db);
  const clara = { id: uuid(), name: 'Clara', emails: ['clara@reederei.example'], externalIds: [] };
  await say(asMarketer, 'POST', '/v1/people', {
    people: [{ ...clara, stage: 'mql', ownerEmail: rep.email }],
  });
  await sql`
    update hand_overs h set id = ${id},
      document = jsonb_set(h.document::jsonb, '{id}', to_jsonb(${id}::text))::json
    where h.workspace_id = ${workspace.id} and h.person_id = ${clara.id}`.execute(hubs.db);
  const queries = [lena, clara].map(({ emails }) => ({ email: emails[0] }));
  const context = async () => (await asRep('POST', '/v1/context', { queries })).json;
  const before = await context();
  expect(before).toMatchObject({ contexts: [{}, { handOver: { id } }] });

  const { tables: found } = (await asAdmin('GET', `/v1/people/${id}/export`)).json as PersonExport;
  expect(Object.keys(found)).not.toEqual(expect.arrayContaining(['write_keys']));
  expect(Object.keys(found)).not.toEqual(expect.arrayContaining(['campaigns']));
  expect(found.feedback?.map((row) => row['id'])).not.toContain(id);

  const erased = await asAdmin('DELETE', `/v1/people/${id}`);
  expect(erased.status, erased.text).toBe(204);
  expect(await context()).toEqual(before);
  expect((await asRep('GET', `/v1/feedback/${id}`)).json).toMatchObject({
    id,
    replies: [{ text: 'Thank you' }],
  });
  const { writeKeys } = (await asAdmin('GET', '/v1/write-keys')).json as { writeKeys: { id: string }[] };
  expect(writeKeys.map((key) => key.id)).toEqual([id]);
});

test('somebody has looked at which columns hold ids of people', async () => {
  const columns = (await readTables(hubs.db)).flatMap((table) =>
    personColumns(table).map(({ name }) => `${table.name}.${name}`),
  );
  expect(columns.filter((column) => !column.endsWith('.person_id')).toSorted()).toEqual([
    'audit_events.subject_id',
    'changes.ids',
    'people.id',
    'person_aliases.id',
    'person_emails.named_by',
    'person_external_ids.named_by',
    'person_merges.kept_id',
    'person_merges.other_id',
  ]);
});

test('a job that has come as far as them leaves nobody after them out', async () => {
  const { workspace, anne, lena, omar, asAdmin } = await known(hubs);
  await sql`update lead_keys set made_to = ${anne.id} where workspace_id = ${workspace.id}`.execute(hubs.db);
  await asAdmin('DELETE', `/v1/people/${anne.id}`);
  const { rows } = await sql<{ place: string }>`
    select k.made_to as place from lead_keys k where k.workspace_id = ${workspace.id}`.execute(hubs.db);
  expect([lena.id, omar.id].toSorted().at(-1)).toBe(rows[0]?.place);
});

test('what reports count stays', async () => {
  const { workspace, anne, asAdmin } = await known(hubs);
  const counts = async () => {
    const { rows } = await sql`
      select
        (select count(*)::int from touchpoints t where t.workspace_id = ${workspace.id}) as touchpoints,
        (select count(*)::int from feedback f where f.workspace_id = ${workspace.id} and f.verdict = 'accepted') as accepted,
        (select count(distinct v.person_id)::int from stage_events v
         where v.workspace_id = ${workspace.id} and v.to_stage = 'sal') as sal,
        (select count(*)::int from hand_overs h where h.workspace_id = ${workspace.id}) as "handOvers"`.execute(
      hubs.db,
    );
    return rows[0];
  };
  const before = await counts();
  await asAdmin('DELETE', `/v1/people/${anne.id}`);
  expect(await counts()).toEqual(before);
});

test('clients forget them, sources cannot bring them back, until an administrator lets them', async () => {
  const { anne, asAdmin, asMarketer, asRep } = await known(hubs);
  const client = indexClient(overHttp(asRep));
  await client.sync();
  const size = client.states.size;
  await asAdmin('DELETE', `/v1/people/${anne.id}`);
  await client.sync();
  expect(client.states.size).toBeLessThan(size);

  const send = async (people: object[]) => (await asMarketer('POST', '/v1/people', { people })).json;
  const other = { id: uuid(), name: 'A. Ö.', emails: ['oezdemir@umlaut.example'], externalIds: [] };
  const record = { id: uuid(), name: 'A. Ö.', emails: [], externalIds: anne.externalIds };
  const erased = { reason: 'this person was erased' };
  expect(await send([anne, { ...other, id: anne.id, emails: [] }, record])).toMatchObject({
    stored: 0,
    rejected: [erased, { index: 1 }, { index: 2, ...erased }],
  });
  expect(await send([other])).toMatchObject({ stored: 0, rejected: [{ index: 0, ...erased }] });
  expect((await asRep('POST', '/v1/erasures/lift', { email: 'oezdemir@umlaut.example' })).status).toBe(403);
  expect((await asAdmin('POST', '/v1/erasures/lift', { email: 'oezdemir@umlaut.example' })).json).toEqual({
    lifted: true,
  });
  expect((await asAdmin('POST', '/v1/erasures/lift', { email: 'oezdemir@umlaut.example' })).json).toEqual({
    lifted: false,
  });
  expect(await send([anne])).toMatchObject({ stored: 1, rejected: [] });

  const { items } = (await asAdmin('GET', '/v1/audit')).json as { items: AuditEvent[] };
  const [lifted, done] = items
    .filter(({ action }) => /rasure|erase/.test(action))
    .toReversed()
    .toReversed();
  expect([lifted?.action, done?.action].toSorted()).toEqual(['erasePerson', 'liftErasure']);
  expect(lifted?.subjectId).toBe(done?.subjectId);
  expect(JSON.stringify(items.filter(({ action }) => action !== 'personViewed'))).not.toContain(anne.id);
});

test('an export holds every row about them and of those who answered, and is written down', async () => {
  const { workspace, anne, asAdmin, asRep, accepted, lena } = await known(hubs);
  const tables = await fillRest(workspace.id, anne);
  const answer = await asAdmin('GET', `/v1/people/${anne.id}/export`);
  const { tables: found } = answer.json as PersonExport;
  const expected = tables.filter((table) => hasColumn(table, 'person_id')).map(({ name }) => name);
  expect(Object.keys(found)).toEqual(
    expect.arrayContaining([...expected, 'people', 'feedback_replies', 'audit_events']),
  );
  expect(found.people).toMatchObject([{ name: anne.name, phone: anne.phone }]);
  expect(found.feedback?.map(({ id }) => id)).toEqual([accepted.id]);
  expect(answer.text).not.toContain(lena.id);
  const { items } = (await asAdmin('GET', `/v1/audit?subjectId=${anne.id}`)).json as { items: AuditEvent[] };
  expect(items.map(({ action }) => action)).toContain('exportPerson');
  expect((await asRep('GET', `/v1/people/${anne.id}/export`)).status).toBe(403);
  expect((await asAdmin('GET', `/v1/people/${uuid()}/export`)).status).toBe(404);
});

test('retention erases who was archived long ago, and removes old touchpoints in small steps', async () => {
  const { workspace, anne, asAdmin, lena, now } = await known(hubs);
  const keep = { touchpoints: 0, archivedPeople: 12, audit: 0 };
  const at = (months: number) => {
    const date = new Date(now());
    date.setUTCMonth(date.getUTCMonth() + months);
    return date;
  };
  await sql`update people set archived_at = ${now()} where workspace_id = ${workspace.id} and id = ${anne.id}`.execute(
    hubs.db,
  );
  expect(await retain(hubs.db, workspace.id, at(11), keep)).toBe(false);
  expect((await asAdmin('GET', `/v1/people/${anne.id}/export`)).status).toBe(200);
  expect(await retain(hubs.db, workspace.id, at(13), keep)).toBe(true);
  expect(await retain(hubs.db, workspace.id, at(26), keep)).toBe(false);
  expect((await asAdmin('GET', `/v1/people/${anne.id}/export`)).status).toBe(404);

  const touches = async () => {
    const { tables } = (await asAdmin('GET', `/v1/people/${lena.id}/export`)).json as PersonExport;
    return tables.touchpoints?.length ?? 0;
  };
  await retain(hubs.db, workspace.id, at(35), { ...keep, touchpoints: 36 });
  expect(await touches()).toBe(3);
  await retain(hubs.db, workspace.id, at(37), { ...keep, touchpoints: 36 });
  expect(await touches()).toBe(0);
});

test('nothing of them stands in the log, whatever is sent and however it fails', async () => {
  const { anne, asAdmin, asMarketer, asRep, call, log } = await known(hubs);
  const traces = [anne.id, anne.name, anne.phone, ...anne.emails, 'record-of-aenne'];
  const header = Object.fromEntries(
    ['user-agent', 'referer', 'x-request-id', 'x-forwarded-for', 'cookie', 'accept-language'].map((name) => [
      name,
      anne.emails[1] ?? '',
    ]),
  );
  await asMarketer('POST', '/v1/people', { people: [{ ...anne, id: anne.name }] }, header);
  await asMarketer('POST', '/v1/people', JSON.stringify(anne).slice(0, -9), header);
  await asRep('GET', `/v1/feedback?cursor=${anne.emails[1]}`, undefined, header);
  await call('POST', '/v1/sign-in', { code: anne.emails[1] }, header);
  await call('GET', `/nowhere/${anne.emails[1]}`, undefined, {
    ...header,
    authorization: `Bearer ${anne.emails[1]}`,
  });
  await asAdmin('DELETE', `/v1/people/${anne.id}`, undefined, header);
  expect(log.length).toBeGreaterThan(15);
  for (const trace of traces) expect(log.join('')).not.toContain(trace);
});
