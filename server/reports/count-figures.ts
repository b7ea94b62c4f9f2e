import { sql } from 'kysely';
import type { Database, WriteTransaction } from '../store/database.ts';
import { markMonths } from './mark-reports.ts';
import { refreshFigures } from './refresh-figures.ts';

/** People whose figures are made anew in one transaction: few enough that look-ups hardly wait for them. */
const PEOPLE = 100;
/** Months counted in one transaction. */
const MONTHS = 1;

/**
 * Brings the figures of the agreement up to date with some of what has changed: first those of people, then the counts
 * of months. Several hubs may do so at once.
 *
 * @returns whether there were some; call it again then.
 */
export async function countFigures(db: Database, workspaceId: string, now: Date): Promise<boolean> {
  const people = await db.transaction().execute((tx) => refreshSome(tx, workspaceId, now));
  // As long as very many are changed at once, each month would be counted for every few of them.
  const months = people === PEOPLE ? 0 : await db.transaction().execute((tx) => countSome(tx, workspaceId));
  return people > 0 || months > 0;
}

async function refreshSome(tx: WriteTransaction, workspaceId: string, now: Date): Promise<number> {
  const { rows } = await sql<{ personId: string; since: Date }>`
    with free as materialized (
      select d.person_id from due_figure_people d where d.workspace_id = ${workspaceId}
      order by d.since, d.person_id limit ${PEOPLE} for update skip locked
    )
    delete from due_figure_people x using free f
    where x.workspace_id = ${workspaceId} and x.person_id = f.person_id
    returning x.person_id as "personId", x.since`.execute(tx);
  const ids = rows.map(({ personId }) => personId);
  const { months } = await refreshFigures(tx, workspaceId, ids, now);
  // Counted are they only when the month is: until then the report is as old as the change.
  await markMonths(tx, workspaceId, months, new Date(Math.min(...rows.map(({ since }) => since.getTime()))));
  return rows.length;
}

/** Who has taken a month away counts in the next statement, which sees everything that was committed until then. */
async function countSome(tx: WriteTransaction, workspaceId: string): Promise<number> {
  const { rows } = await sql<{ month: string }>`
    with free as materialized (
      select d.month from due_figure_months d where d.workspace_id = ${workspaceId}
      order by d.since, d.month limit ${MONTHS} for update skip locked
    )
    delete from due_figure_months x using free f
    where x.workspace_id = ${workspaceId} and x.month = f.month
    returning x.month::text as month`.execute(tx);
  for (const { month } of rows) await countMonth(tx, workspaceId, month);
  return rows.length;
}

/**
 * Counts a month anew from what its hand-overs count as.
 *
 * @returns whether anything was something else before.
 */
export async function countMonth(tx: WriteTransaction, workspaceId: string, month: string): Promise<boolean> {
  const { rows } = await sql<{ changed: number }>`
    with wanted as (
      select coalesce(f.owner_id::text, '') as owner, f.rule, f.country, c.name, count(*)::int as n
      from hand_over_facts f cross join unnest(f.counts) c (name)
      where f.workspace_id = ${workspaceId} and f.month = ${month}::date
      group by coalesce(f.owner_id::text, ''), f.rule, f.country, c.name
    ),
    known as (
      select k.owner, k.rule, k.country, k.name, k.n from figure_counts k
      where k.workspace_id = ${workspaceId} and k.month = ${month}::date
    ),
    diff as (
      select owner, rule, country, name, w.n
      from wanted w full join known k using (owner, rule, country, name)
      where w.n is distinct from k.n
    ),
    gone as (
      delete from figure_counts g using diff d
      where g.workspace_id = ${workspaceId} and g.month = ${month}::date and d.n is null
        and (g.owner, g.rule, g.country, g.name) = (d.owner, d.rule, d.country, d.name)
    ),
    stored as (
      insert into figure_counts (workspace_id, month, owner, rule, country, name, n)
      select ${workspaceId}::uuid, ${month}::date, d.owner, d.rule, d.country, d.name, d.n
      from diff d where d.n is not null
      on conflict (workspace_id, month, owner, rule, country, name) do update set n = excluded.n
    )
    select count(*)::int as changed from diff`.execute(tx);
  return (rows[0]?.changed ?? 0) > 0;
}
