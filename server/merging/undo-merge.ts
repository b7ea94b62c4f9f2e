import { sql } from 'kysely';
import { lockLatest, saveHandOvers } from '../hand-overs/store.ts';
import { ProblemError } from '../problem.ts';
import { markDue } from '../qualification/mark-due.ts';
import type { WriteTransaction } from '../store/database.ts';
import { insertRows } from '../store/insert-rows.ts';
import { markPeople } from '../reports/mark-reports.ts';
import { refreshPairs } from '../reports/pairs.ts';
import { refreshLeadIndex } from '../store/lead-index.ts';
import { refreshPersonWords } from '../people/person-words.ts';
import {
  type MergeChanges,
  readConsentRows,
  readPersonRow,
  readStoredMerge,
  type StoredMerge,
  writeColumns,
  writeConsent,
} from './merges.ts';
import { joinColumns } from './person-changes.ts';
import { MOVED_TABLES } from './person-tables.ts';

/**
 * Makes two people of one again: what the merge moved goes back, and with it what came later and named the other one.
 * What the merge changed is changed back unless it was changed again since. Undoing twice has one effect.
 *
 * @throws ProblemError `not-found`; `conflict` when a later merge must be undone first.
 */
export async function undoMerge(
  tx: WriteTransaction,
  workspaceId: string,
  { id, byUserId, at }: { id: string; byUserId: string; at: Date },
): Promise<void> {
  const first = await readStoredMerge(tx, workspaceId, id);
  if (!first) throw new ProblemError('not-found', 'There is no such merge.');
  await sql`
    select 1 from people p
    where p.workspace_id = ${workspaceId} and p.id in (${first.keptId}, ${first.otherId})
    order by p.id for no key update`.execute(tx);
  // Under the lock, because somebody else may just have undone it.
  const merge = await readStoredMerge(tx, workspaceId, id);
  if (!merge || merge.undone) return;
  await requireLatest(tx, workspaceId, merge);
  const { keptId, otherId, changes } = merge;

  await moveBack(tx, workspaceId, merge);
  await changeBack(tx, workspaceId, keptId, changes);
  await writeColumns(tx, workspaceId, otherId, { archived_at: null });
  await reopen(tx, workspaceId, changes.handOvers, at);
  await restoreQualifications(tx, workspaceId, merge);
  await sql`
    update person_merges m set undone_at = ${at.toISOString()}, undone_by = ${byUserId}
    where m.workspace_id = ${workspaceId} and m.id = ${id}`.execute(tx);
  await refreshLeadIndex(tx, workspaceId, [keptId, otherId]);
  await refreshPersonWords(tx, workspaceId, [keptId, otherId]);
  await markDue(tx, workspaceId, [keptId, otherId], at);
  await refreshPairs(tx, workspaceId, [keptId, otherId], at);
  await markPeople(tx, workspaceId, [keptId, otherId], at);
}

/** What a later merge moved on could not be found here. */
async function requireLatest(tx: WriteTransaction, workspaceId: string, merge: StoredMerge): Promise<void> {
  const { rows } = await sql`
    select 1 from person_merges m
    where m.workspace_id = ${workspaceId} and m.undone_at is null and (m.other_id = ${merge.keptId}
      or m.kept_id = ${merge.keptId} and m.nth > ${merge.nth}) limit 1`.execute(tx);
  if (rows.length > 0) {
    throw new ProblemError('conflict', 'The kept person was merged again since. Undo the later merge first.');
  }
}

async function moveBack(
  tx: WriteTransaction,
  workspaceId: string,
  { id, keptId, otherId }: StoredMerge,
): Promise<void> {
  await sql`
    delete from person_aliases a where a.workspace_id = ${workspaceId} and a.id = ${otherId}`.execute(tx);
  for (const [table, { key }] of Object.entries(MOVED_TABLES)) {
    const columns = sql.join(key.map((column) => sql.ref(`t.${column}`)));
    await sql`
      update ${sql.table(table)} t set person_id = ${otherId}
      from person_merge_moves v
      where t.workspace_id = ${workspaceId} and t.person_id = ${keptId}
        and v.workspace_id = ${workspaceId} and v.merge_id = ${id} and v.table_name = ${table}
        and v.row_key = jsonb_build_array(${columns})::text`.execute(tx);
  }
}

async function changeBack(
  tx: WriteTransaction,
  workspaceId: string,
  keptId: string,
  { person, consents }: MergeChanges,
): Promise<void> {
  const { row } = await readPersonRow(tx, workspaceId, keptId);
  const untouched = person.filter(({ after }) =>
    Object.entries(after).every(([column, value]) => isSame(row[column], value)),
  );
  await writeColumns(tx, workspaceId, keptId, joinColumns(untouched.map(({ before }) => before)));
  const now = await readConsentRows(tx, workspaceId, keptId);
  for (const { before, after } of consents) {
    const { channel } = after;
    if (
      isSame(
        now.find((consent) => consent.channel === channel),
        after,
      )
    ) {
      await writeConsent(tx, workspaceId, keptId, channel, before);
    }
  }
}

/** Lets closed promises run again, unless the person has got another one since. */
async function reopen(
  tx: WriteTransaction,
  workspaceId: string,
  handOvers: MergeChanges['handOvers'],
  at: Date,
): Promise<void> {
  for (const record of handOvers) {
    const [latest] = await lockLatest(tx, workspaceId, [record.personId]);
    if (latest && latest.document.outcome !== undefined) {
      await saveHandOvers(tx, workspaceId, [record], at);
    }
  }
}

async function restoreQualifications(
  tx: WriteTransaction,
  workspaceId: string,
  { keptId, otherId, changes }: StoredMerge,
): Promise<void> {
  await sql`
    delete from qualifications q
    where q.workspace_id = ${workspaceId} and q.person_id in (${keptId}, ${otherId})`.execute(tx);
  for (const row of changes.qualifications) {
    const own = Object.entries(row).filter(([column]) => column !== 'workspace_id');
    await insertRows(tx, workspaceId, 'qualifications', [Object.fromEntries(own)]);
  }
}

/** Both as JSON of the database, whose objects have their keys in one order. */
const isSame = (one: unknown, other: unknown) => canonical(one) === canonical(other);
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
