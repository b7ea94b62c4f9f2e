import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type RawBuilder, sql } from 'kysely';
import { followStages } from '../../server/hand-overs/follow-stage.ts';
import { noteContacts } from '../../server/hand-overs/note-contacts.ts';
import { escalateNext } from '../../server/jobs/escalate.ts';
import { evaluatePeople } from '../../server/qualification/evaluate-people.ts';
import type { Database } from '../../server/store/database.ts';
import { countDue } from '../../server/reports/count-due.ts';
import { engages, monthOf } from '../../server/reports/pairs.ts';
import { migrate, readMigrations } from '../../server/store/migrate.ts';
import { createWorkspace } from '../../server/store/workspaces.ts';

/** How many leads and touchpoints. The first fifth of the people own four of five, about 40 each: whom somebody looks up. */
export interface Size {
  people: number;
  touchpoints: number;
}
export const MILLION: Size = { people: 100_000, touchpoints: 1_000_000 };
export const TEN_MILLION: Size = { people: 1_000_000, touchpoints: 10_000_000 };
export const activeOf = ({ people }: Size) => people / 5;

const CAMPAIGNS = 500;
/** So many active people, and as many others, are handed over and evaluated by the hub itself, the rest copied from them. */
const MODELS = 1_000;
const BATCH = 500;
export const WORKSPACE = '0193b2a4-0000-7000-8000-00000000b000';

/** The address of the n-th lead, from 0; the first fifth have most of the touchpoints. */
export const emailOf = (n: number) => `person${n}@firm${n % 5_000}.example`;

/** The id of the n-th campaign; pages read reports, and accept no other hash for a UUID. */
const campaignOf = (n: RawBuilder<unknown>) =>
  sql`overlay(overlay(md5('campaign' || ${n}) placing '4' from 13) placing '8' from 17)::uuid`;

/** Names the data that this program would make: other data, other tables, other name. */
export async function dataVersion(): Promise<string> {
  const parts = [JSON.stringify(await readMigrations()), await readFile(new URL(import.meta.url), 'utf8')];
  return createHash('sha256').update(parts.join()).digest('hex').slice(0, 12);
}

/** Fills an empty database with a workspace and a year of its touchpoints. */
export async function makeLeads(db: Database, size: Size, say: (text: string) => void): Promise<void> {
  const now = new Date();
  await migrate(db);
  const admin = {
    id: '0193b2a4-0000-7000-8000-00000000b001',
    name: 'Local user',
    email: 'local.user@example.com',
    role: 'admin',
    team: 'marketing',
  } as const;
  const rep = {
    ...admin,
    id: '0193b2a4-0000-7000-8000-00000000b002',
    name: 'A rep',
    role: 'rep',
    team: 'sales',
  } as const;
  await db
    .transaction()
    .execute((tx) => createWorkspace(tx, { id: WORKSPACE, name: 'Bench', domains: [] }, [admin, rep], now));
  // Every row refers to one that is there: no need to look for it a million times.
  await withoutChecks(db, async (own) => {
    say('people');
    for (const statement of rowsOfPeople(size, now, rep.id)) await statement.execute(own);
    for (let from = 0; from < size.touchpoints; from += 50_000) {
      if (from % 1_000_000 === 0) say(`touchpoints from ${from}`);
      await touchpoints(size, now, from, from + 50_000).execute(own);
    }
  });
  await sql`analyze`.execute(db);
  say('hand-overs and qualifications');
  await handOver(db, size, now, rep.id);
  await evaluateModels(db, size, now);
  await withoutChecks(db, (own) => copyModels(own, size));
  say('pairs and counters');
  await makePairs(db);
  await dueFigures(db);
  while (await countDue(db, WORKSPACE, now));
  await sql`vacuum (analyze)`.execute(db);
}

/** Works in one session that fires no triggers, those of foreign keys included. */
function withoutChecks(db: Database, work: (db: Database) => Promise<void>): Promise<void> {
  return db.connection().execute(async (own) => {
    await sql`set session_replication_role = replica`.execute(own);
    await work(own);
    await sql`reset session_replication_role`.execute(own);
  });
}

/** Whose figures the others get. */
const models = (size: Size) => [0, activeOf(size)].map((first) => ({ first, last: first + MODELS - 1 }));

async function evaluateModels(db: Database, size: Size, now: Date): Promise<void> {
  for (const { first, last } of models(size)) {
    for (let from = first; from < last; from += BATCH) {
      const ids = await idsOf(db, from, from + BATCH - 1);
      await db.transaction().execute((tx) => evaluatePeople(tx, WORKSPACE, ids, now));
    }
  }
  while (await escalateNext(db, WORKSPACE, now));
}

async function idsOf(db: Database, from: number, to: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select md5('person' || n)::uuid as id from generate_series(${from}::int, ${to}::int) n`.execute(db);
  return rows.map(({ id }) => id);
}

/** Nothing is ever due again, or a day later the hub would do nothing else. */
async function copyModels(db: Database, size: Size): Promise<void> {
  for (const { first, last } of models(size)) {
    const end = first === 0 ? activeOf(size) : size.people;
    const copies = sql`generate_series(${last + 1}::int, ${end - 1}::int) n`;
    const model = sql`md5('person' || ${first}::int + n % ${sql.lit(MODELS)})::uuid`;
    const own = sql`'person_id', md5('person' || n)::uuid`;
    await sql`
      insert into qualifications
      select r.* from ${copies} join qualifications q on q.workspace_id = ${WORKSPACE} and q.person_id = ${model}
      cross join lateral json_populate_record(q, json_build_object(${own})) r`.execute(db);
    await sql`
      insert into hand_overs
      select r.* from ${copies} join hand_overs h on h.workspace_id = ${WORKSPACE} and h.person_id = ${model}
      cross join lateral json_populate_record(h, json_build_object(${own}, 'id', md5('hand-over' || n)::uuid,
        'document', jsonb_set(h.document::jsonb, '{id}', to_jsonb(md5('hand-over' || n)::uuid)))) r`.execute(
      db,
    );
  }
  await sql`update qualifications q set valid_until = null where q.workspace_id = ${WORKSPACE}`.execute(db);
  await sql`
    update hand_overs h set next_escalation_at = null, index_due_at = null
    where h.workspace_id = ${WORKSPACE}`.execute(db);
  await sql`delete from due_qualifications d where d.workspace_id = ${WORKSPACE}`.execute(db);
}

/** What `refreshPairs` does person by person, for all at once. */
async function makePairs(db: Database): Promise<void> {
  await sql`
    insert into person_campaigns (workspace_id, person_id, campaign_id, month, engaged)
    select ${WORKSPACE}, t.person_id, t.campaign_id, ${monthOf('first_at')}, t.engaged
    from (
      select t.person_id, t.campaign_id, min(t.occurred_at) as first_at, bool_or(${engages}) as engaged
      from touchpoints t where t.workspace_id = ${WORKSPACE} group by t.person_id, t.campaign_id
    ) t
    on conflict (workspace_id, person_id, campaign_id) do nothing`.execute(db);
  await sql`delete from report_changes x where x.workspace_id = ${WORKSPACE}`.execute(db);
  await sql`
    insert into due_counters (workspace_id, campaign_id, month, since)
    select distinct ${WORKSPACE}::uuid, c.campaign_id, c.month, ${new Date().toISOString()}::timestamptz
    from person_campaigns c where c.workspace_id = ${WORKSPACE}
    on conflict do nothing`.execute(db);
}

/** Whoever was handed over or has bought counts in the figures of the agreement. */
async function dueFigures(db: Database): Promise<void> {
  await sql`
    insert into due_figure_people (workspace_id, person_id, since)
    select ${WORKSPACE}::uuid, h.person_id, ${new Date().toISOString()}::timestamptz from hand_overs h
    where h.workspace_id = ${WORKSPACE}
    union
    select ${WORKSPACE}::uuid, p.id, ${new Date().toISOString()}::timestamptz from people p
    where p.workspace_id = ${WORKSPACE} and p.stage = 'customer'
    on conflict do nothing`.execute(db);
}

function rowsOfPeople({ people }: Size, now: Date, repId: string) {
  const numbers = sql`generate_series(0, ${sql.lit(people - 1)}) n`;
  const since = sql`${now.toISOString()}::timestamptz - (n % 300 + 2) * interval '1 day'`;
  // One in fifty has bought.
  const stage = sql`case when n % 50 = 0 then 'customer' else
    (array['sal', 'sal', 'sql', 'mql', 'recycled', 'lead', 'lead', 'lead', 'inquiry', 'lead'])[n % 10 + 1] end`;
  return [
    sql`insert into campaigns (workspace_id, id, name, kind, starts_at)
      select ${WORKSPACE}, ${campaignOf(sql`n`)}, 'Spring campaign ' || n,
        (array['mail', 'webinar', 'trade_fair', 'ads'])[n % 4 + 1], ${now.toISOString()}::timestamptz - n * interval '1 day'
      from generate_series(0, ${sql.lit(CAMPAIGNS - 1)}) n`,
    sql`insert into source_status (workspace_id, system, label, last_success_at)
      values (${WORKSPACE}, 'crm', 'CRM', ${now.toISOString()}), (${WORKSPACE}, 'mail', 'Mailing', ${now.toISOString()}),
        (${WORKSPACE}, 'web', 'Website', ${now.toISOString()})`,
    sql`insert into people (workspace_id, id, name, company, title, phone, country, language, owner_id, stage,
        stage_event_id, stage_since, source_status_system, source_status_value, attributes, source, sourced_at)
      select ${WORKSPACE}, md5('person' || n)::uuid, 'Person Number ' || n, 'Firm ' || n % 5000 || ' GmbH',
        (array['Head of logistics', 'Buyer', 'Director', 'Assistant', 'Warehouse lead'])[n % 5 + 1],
        '+49 40 ' || n, (array['DE', 'AT', 'CH', 'FR'])[n % 4 + 1], 'de', ${repId}::uuid, ${stage},
        md5('event' || n)::uuid, ${since}, 'crm', 'Working',
        json_build_object('employees', n % 400, 'industry', (array['logistics', 'retail', 'media'])[n % 3 + 1]),
        'crm', ${since}
      from ${numbers}`,
    sql`insert into stage_events (workspace_id, id, person_id, from_stage, to_stage, at, by_kind, by_id, by_name,
        agreement_version)
      select ${WORKSPACE}, md5('event' || n)::uuid, md5('person' || n)::uuid, 'inquiry', ${stage}, ${since},
        'system', 'crm', 'CRM', 1
      from ${numbers}`,
    sql`insert into person_emails (workspace_id, email, without_tag, person_id, position, written, named_by)
      select ${WORKSPACE}, e.email, e.email, md5('person' || e.n)::uuid, 0, e.email, md5('person' || e.n)::uuid
      from (select n, 'person' || n || '@firm' || n % 5000 || '.example' as email from ${numbers}) e`,
    sql`insert into person_external_ids (workspace_id, system, type, id, person_id, position, named_by)
      select ${WORKSPACE}, 'crm', 'contact', n::text, md5('person' || n)::uuid, 0, md5('person' || n)::uuid
      from ${numbers}`,
    sql`insert into consents (workspace_id, person_id, channel, state, basis, source, since)
      select ${WORKSPACE}, md5('person' || n)::uuid, c.channel, 'granted', 'double opt-in', 'crm', ${since}
      from ${numbers}, (values ('email'), ('phone')) c (channel)`,
    sql`insert into feedback (workspace_id, id, about_kind, person_id, verdict, reasons, by_user_id, client_time,
        at, state, content_hash, agreement_version)
      select ${WORKSPACE}, md5('feedback' || n)::uuid, 'lead', md5('person' || n)::uuid, 'accepted',
        array['right-time'], ${repId}::uuid, ${since}, ${since}, 'seen', '', 1
      from ${numbers} where n % 10 < 3`,
    sql`insert into planned_touches (workspace_id, source, source_id, id, person_id, campaign_id, title, channel,
        at, editable_until, cancelled)
      select ${WORKSPACE}, 'mail', n::text, md5('planned' || n)::uuid, md5('person' || n)::uuid,
        ${campaignOf(sql`n % ${sql.lit(CAMPAIGNS)}`)}, 'What comes next', 'email',
        ${now.toISOString()}::timestamptz + (n % 60 + 1) * interval '1 day',
        ${now.toISOString()}::timestamptz + (n % 60) * interval '1 day', false
      from ${numbers} where n % 4 = 0`,
    sql`insert into offers (workspace_id, id, title, valid_from, valid_to, countries, campaign_id)
      select ${WORKSPACE}, md5('offer' || n)::uuid, 'Ten per cent off number ' || n, ${now.toISOString()}::timestamptz,
        ${now.toISOString()}::timestamptz + interval '1 year', case when n % 2 = 0 then array['DE'] end,
        case when n % 2 = 1 then ${campaignOf(sql`n`)} end
      from generate_series(1, 6) n`,
  ];
}

/**
 * In the order in which they happened. Four at a time are one campaign's with one person: sent, opened, and
 * what came of it; a person's are spread over the year.
 */
function touchpoints(size: Size, now: Date, from: number, to: number) {
  const active = activeOf(size);
  const seconds = (365 * 24 * 3600) / size.touchpoints;
  return sql`
    insert into touchpoints (workspace_id, source, source_id, id, person_id, kind, channel, direction,
      campaign_id, title, url, occurred_at, machine)
    select ${WORKSPACE}, k.source, n::text, md5('touchpoint' || n)::uuid,
      md5('person' || case when b % 5 < 4 then h % ${sql.lit(active)}
        else ${sql.lit(active)} + h % ${sql.lit(size.people - active)} end)::uuid,
      k.kind, case k.source when 'mail' then 'email' else 'web' end, case when n % 4 = 0 then 'outbound' else 'inbound' end,
      ${campaignOf(sql`g % ${sql.lit(CAMPAIGNS)}`)}, 'What happened at number ' || n,
      case when k.kind = 'page.visited' then 'https://www.example.com/page/' || n end,
      ${now.toISOString()}::timestamptz - (${sql.lit(size.touchpoints)} - n) * make_interval(secs => ${sql.lit(seconds)}), false
    from generate_series(${from}::int, ${to - 1}::int) n
    cross join lateral (
      select n / 4 as b, abs(hashint4(n / 4)::bigint) as h, abs(hashint4(-n / 4)::bigint) as g) burst
    cross join lateral (select kind, case when kind like 'email.%' then 'mail' else 'web' end as source from (
      select case n % 4 when 0 then 'email.sent' when 1 then 'email.opened'
        else (array['email.clicked', 'page.visited', 'page.visited', 'asset.downloaded', 'page.visited',
          'webinar.watched', 'page.visited', 'form.submitted'])[(g / 512 + n) % 8 + 1] end as kind) one) k`;
}

/** Of the models four of ten were handed over, nearly all of them with a call soon after it. */
async function handOver(db: Database, size: Size, now: Date, repId: string): Promise<void> {
  const by = { id: repId, name: 'A rep' };
  for (const { first, last } of models(size)) {
    const ids = await idsOf(db, first, last);
    const { rows } = await sql<{ id: string; at: Date }>`
      select p.id, p.stage_since as at from people p
      where p.workspace_id = ${WORKSPACE} and p.id = any(${ids}::uuid[]) and p.stage in ('mql', 'sal', 'sql', 'customer')
      order by p.id`.execute(db);
    await db.transaction().execute(async (tx) => {
      const moves = rows.map(
        ({ id, at }) => ({ personId: id, from: 'lead', to: 'mql', kind: 'move', at }) as const,
      );
      await followStages(tx, WORKSPACE, moves);
      const contacts = rows
        .filter((_, index) => index % 50 !== 0)
        .map(({ id, at }) => ({
          personId: id,
          at: new Date(at.getTime() + 600_000),
          seen: 'call' as const,
          by,
        }));
      await noteContacts(tx, WORKSPACE, contacts, now);
    });
  }
}
