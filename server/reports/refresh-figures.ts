import { sql } from 'kysely';
import { lockPeople } from '../qualification/lock-people.ts';
import { OPEN_COUNTS } from '../../utils/domain/hand-over-counts.ts';
import type { WriteTransaction } from '../store/database.ts';
import { readMoves, writeFacts } from './figure-facts.ts';
import { keepFit } from './keep-fit.ts';
import { markMonths } from './mark-reports.ts';
import { writeWins } from './win-credits.ts';

/** What was not as it is now. */
export interface RefreshedFigures {
  /** Months that are to be counted anew, as their first days. */
  months: string[];
  /** For so many people who became a customer, and what that is owed to, was something else. */
  wins: number;
}

/**
 * Makes anew what the figures of the agreement are made of, for these people: what their hand-overs count as, and what
 * their wins are owed to. Who is archived counts as nothing, and who was erased keeps what is there: what it was made
 * from is no longer.
 */
export async function refreshFigures(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
  now: Date,
): Promise<RefreshedFigures> {
  const present = await lockPeople(tx, workspaceId, personIds);
  const ids = [...present, ...(await archived(tx, workspaceId, personIds))];
  if (ids.length === 0) return { months: [], wins: 0 };
  const moves = await readMoves(tx, workspaceId, present);
  const months = await writeFacts(tx, workspaceId, ids, moves, now);
  await keepFit(tx, workspaceId, ids);
  return { months, wins: await writeWins(tx, workspaceId, ids, moves) };
}

/**
 * The same for people who are about to be erased, whose figures stay: what is open with them never ends, and waits for
 * nobody any more.
 */
export async function settleFigures(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
  now: Date,
): Promise<void> {
  const { months } = await refreshFigures(tx, workspaceId, personIds, now);
  const { rows } = await sql<{ month: string }>`
    update hand_over_facts f
    set counts = array(select c.name from unnest(f.counts) with ordinality c (name, ord)
      where c.name <> all(${OPEN_COUNTS}::text[]) order by c.ord)
    where f.workspace_id = ${workspaceId} and f.person_id = any(${personIds}::uuid[])
      and f.counts && ${OPEN_COUNTS}::text[]
    returning f.month::text as month`.execute(tx);
  await markMonths(tx, workspaceId, [...new Set([...months, ...rows.map(({ month }) => month)])], now);
}

async function archived(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from people p
    where p.workspace_id = ${workspaceId} and p.id = any(${[...new Set(personIds)]}::uuid[])
      and p.archived_at is not null and not p.erased`.execute(tx);
  return rows.map(({ id }) => id);
}
