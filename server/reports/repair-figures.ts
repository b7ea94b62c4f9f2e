import { sql } from 'kysely';
import type { WriteTransaction } from '../store/database.ts';
import { countMonth } from './count-figures.ts';
import { markMonths } from './mark-reports.ts';
import { refreshFigures } from './refresh-figures.ts';
import type { Step } from './repair-reports.ts';

/** No month is before it. */
export const BEFORE_ALL_MONTHS = '0001-01-01';

/**
 * Makes anew what the figures of the agreement are made of, for people who are locked; those that are due anyway are
 * left to that.
 *
 * @returns how much was wrong.
 */
export async function repairFigures(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
  now: Date,
): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select d.person_id as id from due_figure_people d
    where d.workspace_id = ${workspaceId} and d.person_id = any(${personIds}::uuid[])
    union
    select p.id from report_changes x cross join unnest(x.person_ids) p (id)
    where x.workspace_id = ${workspaceId} and p.id = any(${personIds}::uuid[])
    union
    -- A clock that has run out counts from when it is looked at.
    select h.person_id from hand_overs h
    where h.workspace_id = ${workspaceId} and h.person_id = any(${personIds}::uuid[])
      and h.index_due_at <= ${now.toISOString()}::timestamptz`.execute(tx);
  const due = new Set(rows.map(({ id }) => id));
  const { months, wins } = await refreshFigures(
    tx,
    workspaceId,
    personIds.filter((id) => !due.has(id)),
    now,
  );
  await markMonths(tx, workspaceId, months, now);
  return months.length + wins;
}

/** Counts the next month anew; wrong is it when it was, without being due. */
export async function repairMonth(
  tx: WriteTransaction,
  workspaceId: string,
  after: string,
): Promise<Step<number>> {
  const month = await nextMonth(tx, workspaceId, after);
  if (month === null) return { wrong: 0, last: null };
  const wasDue = await claim(tx, workspaceId, month);
  const wasOther = await countMonth(tx, workspaceId, month);
  const changed = await sql`
    select 1 from report_changes x
    where x.workspace_id = ${workspaceId} and ${month}::date = any(x.figure_months) limit 1`.execute(tx);
  await sql`
    delete from due_figure_months d
    where d.workspace_id = ${workspaceId} and d.month = ${month}::date`.execute(tx);
  return { wrong: wasOther && !wasDue && changed.rows.length === 0 ? 1 : 0, last: month };
}

async function nextMonth(tx: WriteTransaction, workspaceId: string, after: string): Promise<string | null> {
  const { rows } = await sql<{ month: string | null }>`
    select least(
      (select min(f.month) from hand_over_facts f where f.workspace_id = ${workspaceId} and f.month > ${after}::date),
      (select min(k.month) from figure_counts k where k.workspace_id = ${workspaceId} and k.month > ${after}::date)
    )::text as month`.execute(tx);
  return rows[0]?.month ?? null;
}

/** Takes a month as one who counts takes what is due: until the transaction ends nobody else counts it. */
async function claim(tx: WriteTransaction, workspaceId: string, month: string): Promise<boolean> {
  const { rows } = await sql<{ wasDue: boolean }>`
    insert into due_figure_months (workspace_id, month, since)
    values (${workspaceId}, ${month}, timestamptz 'infinity')
    on conflict (workspace_id, month) do update set since = due_figure_months.since
    returning since <> timestamptz 'infinity' as "wasDue"`.execute(tx);
  return rows[0]?.wasDue ?? false;
}
