import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { runJobs } from '../../server/jobs/jobs.ts';
import { retain } from '../../server/jobs/retain.ts';
import { hasColumn, readTables, type Table } from '../../server/store/catalogue.ts';
import type { AuditEvent } from '../../utils/contract/audit.ts';
import type { PersonExport } from '../../utils/contract/erasure.ts';
import { indexClient, overHttp } from './support/index-client.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();

const person = () => ({
  id: uuid(),
  name: 'Ärmelinde "Änne" Ümlaut-Özdemir',
  emails: ['Aenne+Messe@umlaut.example', 'oezdemir@umlaut.example'],
  externalIds: [{ system: 'crm', tenant: 'crm.kontor.example', type: 'contact', id: 'record-of-aenne' }],
  phone: '+49 40 5551234',
  stage: 'mql' as const,
  sourceStatus: { system: 'crm', value: 'Hot' },
  attributes: { note: 'ask for oezdemir@umlaut.example' },
  consents: [
    {
      channel: 'email' as const,
      state: 'granted' as const,
      source: 'crm',
      since: '2026-11-01T08:00:00.000Z',
    },
  ],
});

/** Somebody known through every way there is, talked about by others, too. */
async function known() {
  const open = await hubs.open();
  const { as, hub, admin, rep, marketer, omar, campaign, now } = open;
  const anne = person();
  const asAdmin = await as(admin);
  const asMarketer = await as(marketer);
  const asRep = await as(rep);
  const say = async (call: typeof asRep, method: string, path: string, body: unknown) => {
    const answer = await call(method, path, body, { 'idempotency-key': uuid() });
    expect(answer.status, `${path} ${answer.text}`).toBeLessThan(300);
    return answer.json;
  };
  await say(asMarketer, 'POST', '/v1/people', { people: [anne] });
  await say(asMarketer, 'POST', '/v1/touchpoints', {
    touchpoints: [
      {
        id: uuid(),
        kind: 'form.submitted',
        channel: 'web',
        direction: 'inbound',
        title: `Form of ${anne.name}`,
        highlight: anne.phone,
        url: `https://kontor.example/?mail=${anne.emails[1]}`,
        occurredAt: now(),
        machine: false,
        source: 'web',
        sourceId: `form-${anne.emails[1]}`,
        person: { email: anne.emails[1] },
        campaign,
      },
    ],
  });
  await say(asMarketer, 'POST', '/v1/planned-touches', {
    plannedTouches: [
      {
        id: uuid(),
        title: `For ${anne.name}`,
        channel: 'email',
        at: new Date(Date.parse(now()) + 86_400_000).toISOString(),
        editableUntil: new Date(Date.parse(now()) + 80_000_000).toISOString(),
        source: 'mail',
        sourceId: 'planned',
        person: { email: anne.emails[1] },
      },
    ],
  });
  const verdict = (about: object, comment: string) => ({
    id: uuid(),
    about,
    verdict: 'praise',
    reasons: [],
    comment,
    clientTime: now(),
  });
  const accepted = {
    ...verdict({ kind: 'lead', personId: anne.id }, `${anne.name} is keen`),
    verdict: 'accepted',
  };
  await say(asRep, 'POST', '/v1/feedback', accepted);
  await say(asMarketer, 'POST', `/v1/feedback/${accepted.id}/replies`, {
    id: uuid(),
    text: `Greet ${anne.name}`,
  });
  const aboutCampaign = verdict(
    { kind: 'campaign', campaignId: campaign.id },
    `as ${anne.name} (${anne.emails[1]}) said`,
  );
  await say(asRep, 'POST', '/v1/feedback', aboutCampaign);
  await say(asRep, 'POST', '/v1/confirmations', {
    id: uuid(),
    personId: anne.id,
    subject: 'budget',
    confirmed: true,
    clientTime: now(),
  });
  await say(asRep, 'POST', '/v1/follow-ups', {
    id: uuid(),
    person: { id: anne.id },
    at: now(),
    seen: 'click',
    direction: 'outbound',
  });
  await asRep('POST', '/v1/context', { queries: [{ email: anne.emails[1] }] });
  await hub.personViews.flush(hub);
  await runJobs(hub);
  // In the midst of another address, which is somebody else's.
  await say(asMarketer, 'POST', '/v1/people', {
    people: [
      {
        id: omar.id,
        name: 'Omar',
        emails: ['omar@werft.example', 'max.oezdemir@umlaut.example'],
        externalIds: [],
      },
    ],
  });
  return { ...open, anne, asAdmin, asMarketer, asRep, aboutCampaign, accepted };
}

/** So that a table nobody thought of here holds something of them, too. */
async function fillRest(workspaceId: string, anne: ReturnType<typeof person>): Promise<Table[]> {
  const tables = await readTables(hubs.db);
  for (const table of tables.filter((each) => hasColumn(each, 'person_id'))) {
    const { rows } = await sql`
      select 1 from ${sql.table(table.name)} t
      where t.workspace_id = ${workspaceId} and t.person_id = ${anne.id} limit 1`.execute(hubs.db);
    if (rows.length > 0) continue;
    const row = Object.fromEntries(table.columns.map(({ name, type }) => [name, madeUp(type, anne.name)]));
    const whole = JSON.stringify({ ...row, workspace_id: workspaceId, person_id: anne.id });
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

/** The tables in which any of the texts stands, anywhere. */
async function tablesWith(
  tables: readonly Table[],
  workspaceId: string,
  texts: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  const forms = texts.flatMap((text) => [
    text,
    Buffer.from(text).toString('hex'),
    JSON.stringify(text).slice(1, -1),
  ]);
  for (const { name, columns } of tables) {
    const all = sql.join(columns.map((column) => sql`t.${sql.ref(column.name)}::text`));
    const { rows } = await sql`
      select 1 from ${sql.table(name)} t
      where t.workspace_id = ${workspaceId} and exists (
        select 1 from unnest(${forms}::text[]) f (form) where strpos(lower(concat_ws(' ', ${all})), lower(f.form)) > 0)
      limit 1`.execute(hubs.db);
    if (rows.length > 0) found.push(name);
  }
  return found;
}

test('after an erasure no table holds anything of them, and everybody else is as before', async () => {
  const { workspace, anne, asAdmin, asRep, omar, lena, aboutCampaign } = await known();
  const tables = await fillRest(workspace.id, anne);
  const traces = [anne.id, anne.name, anne.phone, ...anne.emails, 'record-of-aenne'];
  // The check can fail: it sees them where they are.
  expect((await tablesWith(tables, workspace.id, traces)).length).toBeGreaterThan(12);
  const others = { queries: [lena, omar].map(({ emails }) => ({ email: emails[0] })) };
  const before = await asRep('POST', '/v1/context', others);

  expect((await asAdmin('DELETE', `/v1/people/${anne.id}`)).status).toBe(204);
  // The address of Omar holds theirs, and is his.
  const withoutOmar = traces.filter((trace) => trace !== anne.emails[1]);
  expect(await tablesWith(tables, workspace.id, withoutOmar)).toEqual([]);
  expect(await tablesWith(tables, workspace.id, [' oezdemir@umlaut.example'])).toEqual([]);

  expect((await asRep('POST', '/v1/context', others)).json).toEqual(before.json);
  expect((await asRep('POST', '/v1/context', { queries: [{ email: anne.emails[0] }] })).json).toEqual({
    contexts: [null],
  });
  expect((await asRep('GET', `/v1/feedback/${aboutCampaign.id}`)).json).toMatchObject({
    comment: 'as – (–) said',
  });
  expect((await asAdmin('DELETE', `/v1/people/${anne.id}`)).status).toBe(404);
});

test('what reports count stays', async () => {
  const { workspace, anne, asAdmin } = await known();
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
  const { anne, asAdmin, asMarketer, asRep } = await known();
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
  const { workspace, anne, asAdmin, asRep, accepted, lena } = await known();
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
  const { workspace, anne, asAdmin, lena, now } = await known();
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
  const { anne, asAdmin, asMarketer, asRep, call, log } = await known();
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
