import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { followStages } from '../../server/hand-overs/follow-stage.ts';
import { noteContacts } from '../../server/hand-overs/note-contacts.ts';
import { escalateNext } from '../../server/jobs/escalate.ts';
import { evaluateDue } from '../../server/qualification/evaluate-due.ts';
import { evaluatePeople } from '../../server/qualification/evaluate-people.ts';
import type { Database } from '../../server/store/database.ts';
import { migrate, readMigrations } from '../../server/store/migrate.ts';
import { createWorkspace } from '../../server/store/workspaces.ts';

export const PEOPLE = 100_000;
export const TOUCHPOINTS = 1_000_000;
/** These own four of five touchpoints, about 40 each: leads that somebody looks up. */
export const ACTIVE = 20_000;
const CAMPAIGNS = 500;
const BATCH = 500;
export const WORKSPACE = '0193b2a4-0000-7000-8000-00000000b000';

/** The address of the n-th lead, from 0; the first `ACTIVE` have most of the touchpoints. */
export const emailOf = (n: number) => `person${n}@firm${n % 5_000}.example`;

/** Names the data that this program would make: other data, other tables, other name. */
export async function dataVersion(): Promise<string> {
  const parts = [JSON.stringify(await readMigrations()), await readFile(new URL(import.meta.url), 'utf8')];
  return createHash('sha256').update(parts.join()).digest('hex').slice(0, 12);
}

/** Fills an empty database with a workspace of 100,000 leads and a year of a million touchpoints. */
export async function makeLeads(db: Database, say: (text: string) => void): Promise<void> {
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
  await sql`set session_replication_role = replica`.execute(db);
  say('people');
  for (const statement of rowsOfPeople(now, rep.id)) await statement.execute(db);
  say('touchpoints');
  for (let from = 0; from < TOUCHPOINTS; from += 50_000)
    await touchpoints(now, from, from + 50_000).execute(db);
  await sql`reset session_replication_role`.execute(db);
  await sql`analyze`.execute(db);
  say('hand-overs');
  await handOver(db, now, rep.id);
  say('qualifications');
  for (let from = 0; from < PEOPLE; from += BATCH) {
    const { rows } = await sql<{ id: string }>`
      select md5('person' || n)::uuid as id from generate_series(${from}::int, ${from + BATCH - 1}::int) n`.execute(
      db,
    );
    const ids = rows.map(({ id }) => id);
    await db.transaction().execute((tx) => evaluatePeople(tx, WORKSPACE, ids, now));
  }
  await bringUpToDate(db);
  await sql`vacuum (analyze)`.execute(db);
}

/** Does what has become due since the data was made, so that the hub has nothing to catch up on. */
export async function bringUpToDate(db: Database): Promise<void> {
  while (await evaluateDue(db, WORKSPACE, new Date()));
  while (await escalateNext(db, WORKSPACE, new Date()));
}

function rowsOfPeople(now: Date, repId: string) {
  const numbers = sql`generate_series(0, ${sql.lit(PEOPLE - 1)}) n`;
  const since = sql`${now.toISOString()}::timestamptz - (n % 300 + 2) * interval '1 day'`;
  const stage = sql`(array['sal', 'sal', 'sql', 'mql', 'recycled', 'lead', 'lead', 'lead', 'inquiry', 'lead'])[n % 10 + 1]`;
  return [
    sql`insert into campaigns (workspace_id, id, name, kind, starts_at)
      select ${WORKSPACE}, md5('campaign' || n)::uuid, 'Spring campaign ' || n,
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
    sql`insert into person_emails (workspace_id, email, without_tag, person_id, position, written)
      select ${WORKSPACE}, e.email, e.email, md5('person' || e.n)::uuid, 0, e.email
      from (select n, 'person' || n || '@firm' || n % 5000 || '.example' as email from ${numbers}) e`,
    sql`insert into person_external_ids (workspace_id, system, type, id, person_id, position)
      select ${WORKSPACE}, 'crm', 'contact', n::text, md5('person' || n)::uuid, 0 from ${numbers}`,
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
        md5('campaign' || n % ${sql.lit(CAMPAIGNS)})::uuid, 'What comes next', 'email',
        ${now.toISOString()}::timestamptz + (n % 60 + 1) * interval '1 day',
        ${now.toISOString()}::timestamptz + (n % 60) * interval '1 day', false
      from ${numbers} where n % 4 = 0`,
    sql`insert into offers (workspace_id, id, title, valid_from, valid_to, countries, campaign_id)
      select ${WORKSPACE}, md5('offer' || n)::uuid, 'Ten per cent off number ' || n, ${now.toISOString()}::timestamptz,
        ${now.toISOString()}::timestamptz + interval '1 year', case when n % 2 = 0 then array['DE'] end,
        case when n % 2 = 1 then md5('campaign' || n)::uuid end
      from generate_series(1, 6) n`,
  ];
}

/**
 * In the order in which they happened. Four at a time are one campaign's with one person: sent, opened, and
 * what came of it; a person's are spread over the year.
 */
function touchpoints(now: Date, from: number, to: number) {
  return sql`
    insert into touchpoints (workspace_id, source, source_id, id, person_id, kind, channel, direction,
      campaign_id, title, url, occurred_at, machine)
    select ${WORKSPACE}, k.source, n::text, md5('touchpoint' || n)::uuid,
      md5('person' || case when b % 5 < 4 then h % ${sql.lit(ACTIVE)}
        else ${sql.lit(ACTIVE)} + h % ${sql.lit(PEOPLE - ACTIVE)} end)::uuid,
      k.kind, case k.source when 'mail' then 'email' else 'web' end, case when n % 4 = 0 then 'outbound' else 'inbound' end,
      md5('campaign' || g % ${sql.lit(CAMPAIGNS)})::uuid, 'What happened at number ' || n,
      case when k.kind = 'page.visited' then 'https://www.example.com/page/' || n end,
      ${now.toISOString()}::timestamptz - (${sql.lit(TOUCHPOINTS)} - n) * interval '31.5 seconds', false
    from generate_series(${from}::int, ${to - 1}::int) n
    cross join lateral (
      select n / 4 as b, abs(hashint4(n / 4)::bigint) as h, abs(hashint4(-n / 4)::bigint) as g) burst
    cross join lateral (select kind, case when kind like 'email.%' then 'mail' else 'web' end as source from (
      select case n % 4 when 0 then 'email.sent' when 1 then 'email.opened'
        else (array['email.clicked', 'page.visited', 'page.visited', 'asset.downloaded', 'page.visited',
          'webinar.watched', 'page.visited', 'form.submitted'])[(g / 512 + n) % 8 + 1] end as kind) one) k`;
}

/** Four of ten were handed over, nearly all of them with a call soon after it. */
async function handOver(db: Database, now: Date, repId: string): Promise<void> {
  const by = { id: repId, name: 'A rep' };
  for (let from = 0; from < PEOPLE; from += BATCH) {
    const { rows } = await sql<{ id: string; at: Date }>`
      select p.id, p.stage_since as at from people p
      where p.workspace_id = ${WORKSPACE} and p.stage in ('mql', 'sal', 'sql')
      order by p.id offset ${from} limit ${BATCH}`.execute(db);
    if (rows.length === 0) return;
    await db.transaction().execute(async (tx) => {
      await followStages(
        tx,
        WORKSPACE,
        rows.map(({ id, at }) => ({
          personId: id,
          from: 'lead' as const,
          to: 'mql' as const,
          kind: 'move' as const,
          at,
          ownerId: repId,
        })),
      );
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
