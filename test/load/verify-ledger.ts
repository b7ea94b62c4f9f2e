import { sql } from 'kysely';
import type { Database } from '../../server/store/database.ts';
import type { Ledger } from './ledger.ts';
import type { LoadClient } from './load-client.ts';
import { LOAD_SOURCE, type LoadPerson } from './virtual-user.ts';

const REPLAYS = 100;
const LOOK_UPS = 50;

/**
 * Compares the ledger with what the hub answers now: a repeated write gets the answer it got, and a look-up counts
 * each touchpoint once. Says what differs.
 */
export async function verifyOverHttp(
  ledger: Ledger,
  client: LoadClient,
  people: readonly LoadPerson[],
): Promise<string[]> {
  const faults: string[] = [];
  const stored = ledger.writes.filter(({ status }) => status < 300);
  const step = Math.max(1, Math.floor(stored.length / REPLAYS));
  for (let index = 0; index < stored.length; index += step) {
    const write = stored[index];
    if (!write) continue;
    const again = await client.ask(write.request);
    const same = again.replayed && JSON.stringify(again.body) === JSON.stringify(write.body);
    if (!same) faults.push(`${write.request.kind}: repeated, it got another answer than before`);
  }
  const seen = people.slice(0, LOOK_UPS);
  const { body } = await client.ask({
    kind: 'context',
    method: 'POST',
    path: '/v1/context',
    body: { queries: seen.map(({ email }) => ({ email })) },
  });
  const { contexts } = body as { contexts: { touchpointCount: number }[] };
  seen.forEach(({ email }, index) => {
    const [counted, expected] = [contexts[index]?.touchpointCount, ledger.touches.get(email)?.size ?? 0];
    if (counted !== expected) faults.push(`a lead shows ${counted} touchpoints instead of ${expected}`);
  });
  return faults;
}

/** Where each kind of acknowledged write has its row, and by what it is known. */
const ROWS = [
  { table: 'feedback', key: 'id' },
  { table: 'feedback_replies', key: 'id' },
  { table: 'follow_ups', key: 'id' },
  { table: 'people', key: 'id' },
  { table: 'touchpoints', key: 'source_id', where: sql`r.source = ${LOAD_SOURCE}` },
  { table: 'stage_events', key: 'id', partly: true },
] as const;

/** Compares the ledger with the database: every acknowledged write once, nothing of what was refused, no more. */
export async function verifyRows(ledger: Ledger, db: Database, workspaceId: string): Promise<string[]> {
  const faults: string[] = [];
  for (const row of ROWS) {
    const where = 'where' in row ? sql`and ${row.where}` : sql``;
    const { rows } = await sql<{ key: string }>`
      select r.${sql.ref(row.key)}::text as key from ${sql.table(row.table)} r
      where r.workspace_id = ${workspaceId} ${where}`.execute(db);
    const found = new Set(rows.map(({ key }) => key));
    const acknowledged = ledger.stored(row.table);
    const lost = [...acknowledged].filter((key) => !found.has(key)).length;
    const unwanted = [...ledger.refused(row.table)].filter((key) => found.has(key)).length;
    const more = rows.length - acknowledged.size;
    if (lost > 0) faults.push(`${row.table}: ${lost} acknowledged writes are lost`);
    if (unwanted > 0) faults.push(`${row.table}: ${unwanted} refused writes are there`);
    // Verdicts and rules move stages, too.
    if (!('partly' in row) && more !== 0) faults.push(`${row.table}: ${more} rows that nobody was told of`);
  }

  const sums = [
    ['touchpoints', ledger.touchpointsStored],
    ['people', ledger.peopleStored],
  ] as const;
  for (const [table, sum] of sums) {
    const size = ledger.stored(table).size;
    if (sum !== size) faults.push(`${table}: answers add up to ${sum} instead of ${size}`);
  }
  return [...faults, ...(await effectFaults(db, workspaceId))];
}

/** Effects that a write done twice would have had twice. */
async function effectFaults(db: Database, workspaceId: string): Promise<string[]> {
  const count = async (what: string, query: ReturnType<typeof sql<{ n: number }>>) => {
    const n = (await query.execute(db)).rows[0]?.n ?? 0;
    return n === 0 ? [] : [`${n} ${what}`];
  };
  return [
    ...(await count(
      'pieces of feedback moved a stage more than once',
      sql<{ n: number }>`select count(*)::int as n from (
        select 1 from stage_events v where v.workspace_id = ${workspaceId} and v.feedback_id is not null
        group by v.feedback_id having count(*) > 1) twice`,
    )),
    // Each stage is entered as often as it is left, but for the one where the lead is now.
    ...(await count(
      'leads whose moves do not make one path',
      sql<{ n: number }>`select count(distinct p.id)::int as n from people p
        join lateral (
          select m.stage, sum(m.step) as balance from (
            select v.to_stage as stage, 1 as step from stage_events v
            where v.workspace_id = ${workspaceId} and v.person_id = p.id
            union all
            select v.from_stage, -1 from stage_events v
            where v.workspace_id = ${workspaceId} and v.person_id = p.id and v.from_stage is not null
          ) m group by m.stage
        ) s on s.balance <> case when s.stage = p.stage then 1 else 0 end
        where p.workspace_id = ${workspaceId}`,
    )),
    ...(await count(
      'leads that are in the index more than once or not at all',
      sql<{ n: number }>`select count(*)::int as n from people p
        where p.workspace_id = ${workspaceId} and 1 <> (
          select count(*) from lead_index i
          where i.workspace_id = ${workspaceId} and i.person_id = p.id and not i.deleted)`,
    )),
    ...(await count(
      'leads with more than one open hand-over',
      sql<{ n: number }>`select count(*)::int as n from (
        select 1 from hand_overs h where h.workspace_id = ${workspaceId} and h.open
        group by h.person_id having count(*) > 1) twice`,
    )),
  ];
}
