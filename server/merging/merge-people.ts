import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Actor, Stage } from '../../utils/contract/stage.ts';
import type { HeldStage } from '../../utils/domain/merged-stage.ts';
import { isInSales } from '../hand-overs/follow-stage.ts';
import { closeHandOver, type HandOverRecord } from '../hand-overs/hand-over-record.ts';
import { lockLatest, saveHandOvers } from '../hand-overs/store.ts';
import { ProblemError } from '../problem.ts';
import { lockPeople } from '../qualification/lock-people.ts';
import { markDue } from '../qualification/mark-due.ts';
import type { WriteTransaction } from '../store/database.ts';
import { markPeople } from '../reports/mark-reports.ts';
import { refreshPairs } from '../reports/pairs.ts';
import { refreshLeadIndex } from '../store/lead-index.ts';
import { refreshPersonWords } from '../people/person-words.ts';
import { type MergeChanges, readConsentRows, readPersonRow, writeColumns, writeConsent } from './merges.ts';
import { consentChanges, joinColumns, type PersonColumns, personChanges } from './person-changes.ts';
import { MOVED_TABLES } from './person-tables.ts';

export interface MergeOrder {
  keptId: string;
  otherId: string;
  by: Actor & { kind: 'person' | 'system' };
  at: Date;
}

/**
 * Makes one person of two (docs/decisions/0010-merging.md): everything of the other one goes to the kept one, whom the
 * other's id leads to from then on. What is done is written down, so that it can be undone exactly.
 *
 * @returns the merge's id.
 * @throws ProblemError `not-found` when one of them is not there, or not any more.
 */
export async function mergePeople(
  tx: WriteTransaction,
  workspaceId: string,
  { keptId, otherId, by, at }: MergeOrder,
): Promise<string> {
  const present = await lockPeople(tx, workspaceId, [keptId, otherId]);
  if (present.length < 2) throw new ProblemError('not-found', 'One of them is not there, or not any more.');
  const id = uuid();
  const kept = await readPersonRow(tx, workspaceId, keptId);
  const other = await readPersonRow(tx, workspaceId, otherId);
  const stages = { kept: heldStage(kept), other: heldStage(other) };
  const person = personChanges(kept.row, other.row, stages);
  const after = joinColumns([kept.row, ...person.map((change) => change.after)]);
  const handOvers = await leaveOnePromise(tx, workspaceId, [keptId, otherId], after['stage'] as Stage, at);
  const ownerId = handOvers.openOwnerId;
  if (ownerId !== null && ownerId !== after['owner_id']) {
    person.push({ before: { owner_id: kept.row['owner_id'] ?? null }, after: { owner_id: ownerId } });
  }
  const changes: MergeChanges = {
    person: lastOfEach(person),
    consents: consentChanges(
      await readConsentRows(tx, workspaceId, keptId),
      await readConsentRows(tx, workspaceId, otherId),
    ),
    handOvers: handOvers.closed,
    qualifications: await takeQualifications(tx, workspaceId, keptId, otherId),
  };
  await sql`
    insert into person_merges (workspace_id, id, kept_id, other_id, nth, at, by_kind, by_id, by_name, changes)
    select ${workspaceId}::uuid, ${id}::uuid, ${keptId}::uuid, ${otherId}::uuid,
      (select coalesce(max(m.nth), 0) + 1 from person_merges m where m.workspace_id = ${workspaceId} and m.kept_id = ${keptId}),
      ${at.toISOString()}::timestamptz, ${by.kind}, ${by.id ?? null}, ${by.name}, ${JSON.stringify(changes)}::text::json`.execute(
    tx,
  );

  await moveRows(tx, workspaceId, { id, keptId, otherId });
  await addAlias(tx, workspaceId, { id, keptId, other: other.row, at });
  await writeColumns(tx, workspaceId, keptId, joinColumns(changes.person.map((change) => change.after)));
  await writeColumns(tx, workspaceId, otherId, { archived_at: at.toISOString() });
  for (const consent of changes.consents) {
    await writeConsent(tx, workspaceId, keptId, consent.after.channel, consent.after);
  }
  await refreshLeadIndex(tx, workspaceId, [keptId, otherId]);
  await refreshPersonWords(tx, workspaceId, [keptId, otherId]);
  await markDue(tx, workspaceId, [keptId], at);
  await refreshPairs(tx, workspaceId, [keptId, otherId], at);
  await markPeople(tx, workspaceId, [keptId, otherId], at);
  return id;
}

function heldStage({ row, byHand }: { row: PersonColumns; byHand: boolean }): HeldStage {
  return { stage: row['stage'] as Stage, since: String(row['stage_since']), byHand };
}

/** A column that is changed twice: from the first before to the last after. */
function lastOfEach(changes: MergeChanges['person']): MergeChanges['person'] {
  const owner = changes.filter(({ after }) => 'owner_id' in after);
  const [first, last] = [owner[0], owner.at(-1)];
  const rest = changes.filter(({ after }) => !('owner_id' in after));
  return first && last ? [...rest, { before: first.before, after: last.after }] : rest;
}

/**
 * Of two open hand-overs the older promise stays; whom the other one was given to sees it closed. None stays open
 * when the lead is not with sales.
 */
async function leaveOnePromise(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
  stage: Stage,
  at: Date,
): Promise<{ closed: HandOverRecord[]; openOwnerId: string | null }> {
  const latest = await lockLatest(tx, workspaceId, personIds);
  const open = latest
    .filter(({ document }) => document.outcome === undefined)
    .toSorted((one, two) => (one.document.at < two.document.at ? -1 : 1));
  const [stays, closed] = isInSales(stage) ? [open[0], open.slice(1)] : [undefined, open];
  await saveHandOvers(
    tx,
    workspaceId,
    closed.map((record) => ({ ...closeHandOver(record, 'merged', at), reopens: false })),
    at,
  );
  return { closed, openOwnerId: stays?.document.to?.id ?? null };
}

/** What is stored of both, to be made anew for the kept one; the other one's is taken away. */
async function takeQualifications(
  tx: WriteTransaction,
  workspaceId: string,
  keptId: string,
  otherId: string,
) {
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    select to_json(q) as row from qualifications q
    where q.workspace_id = ${workspaceId} and q.person_id in (${keptId}, ${otherId})`.execute(tx);
  await sql`
    delete from qualifications q
    where q.workspace_id = ${workspaceId} and q.person_id = ${otherId}`.execute(tx);
  await sql`
    delete from due_qualifications d
    where d.workspace_id = ${workspaceId} and d.person_id = ${otherId}`.execute(tx);
  return rows.map(({ row }) => row);
}

async function moveRows(
  tx: WriteTransaction,
  workspaceId: string,
  { id, keptId, otherId }: { id: string; keptId: string; otherId: string },
): Promise<void> {
  for (const [table, { key, unique }] of Object.entries(MOVED_TABLES)) {
    const columns = sql.join(key.map((column) => sql.ref(`t.${column}`)));
    const free = unique
      ? sql`not exists (
          select 1 from ${sql.table(table)} k
          where k.workspace_id = ${workspaceId} and k.person_id = ${keptId}
            and ${sql.join(
              unique.map((column) => sql`${sql.ref(`k.${column}`)} = ${sql.ref(`t.${column}`)}`),
              sql` and `,
            )})`
      : sql`true`;
    await sql`
      with moved as (
        update ${sql.table(table)} t set person_id = ${keptId}
        where t.workspace_id = ${workspaceId} and t.person_id = ${otherId} and ${free}
        returning jsonb_build_array(${columns})::text as row_key
      )
      insert into person_merge_moves (workspace_id, merge_id, table_name, row_key)
      select ${workspaceId}::uuid, ${id}::uuid, ${table}, v.row_key from moved v`.execute(tx);
  }
}

async function addAlias(
  tx: WriteTransaction,
  workspaceId: string,
  { id, keptId, other, at }: { id: string; keptId: string; other: PersonColumns; at: Date },
): Promise<void> {
  const otherId = String(other['id']);
  await sql`
    insert into person_aliases (workspace_id, id, person_id, content_hash, source_stage, since)
    values (${workspaceId}, ${otherId}, ${keptId}, ${other['content_hash'] ?? null}, ${other['source_stage'] ?? null},
      ${at.toISOString()})`.execute(tx);
  // As if it had been moved: what names it later is found by that.
  await sql`
    insert into person_merge_moves (workspace_id, merge_id, table_name, row_key)
    values (${workspaceId}, ${id}, 'person_aliases', jsonb_build_array(${otherId}::text)::text)`.execute(tx);
}
