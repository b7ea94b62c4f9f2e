import { type RawBuilder, sql } from 'kysely';
import type { Merge } from '../../utils/contract/merge.ts';
import type { HandOverRecord } from '../hand-overs/hand-over-record.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { instant } from '../store/json.ts';
import type { ColumnChange, ConsentRow, PersonColumns } from './person-changes.ts';

/** What a merge changed rather than moved, so that its undo can change it back. */
export interface MergeChanges {
  person: ColumnChange[];
  consents: { before: ConsentRow | null; after: ConsentRow }[];
  /** Open hand-overs that were closed because the other's promise is older, as they were. */
  handOvers: HandOverRecord[];
  /** Rows of `qualifications` of both. */
  qualifications: Record<string, unknown>[];
}

export interface StoredMerge {
  id: string;
  keptId: string;
  otherId: string;
  nth: number;
  changes: MergeChanges;
  undone: boolean;
}

const contract = (): RawBuilder<Merge> => sql`json_strip_nulls(json_build_object(
  'id', m.id, 'keptId', m.kept_id, 'otherId', m.other_id, 'at', ${instant('m.at')},
  'by', json_build_object('kind', m.by_kind, 'id', m.by_id, 'name', m.by_name), 'undoneAt', ${instant('m.undone_at')}))`;

/** One merge as the contract has it; null when there is none. */
export async function readMerge(db: Database, workspaceId: string, id: string): Promise<Merge | null> {
  const { rows } = await sql<{ merge: Merge }>`
    select ${contract()} as merge from person_merges m
    where m.workspace_id = ${workspaceId} and m.id = ${id}`.execute(db);
  return rows[0]?.merge ?? null;
}

/** The merges somebody was part of, newest first, undone ones included. */
export async function listMerges(db: Database, workspaceId: string, personId: string): Promise<Merge[]> {
  const { rows } = await sql<{ merge: Merge }>`
    select ${contract()} as merge from person_merges m
    where m.workspace_id = ${workspaceId} and (m.kept_id = ${personId} or m.other_id = ${personId})
    order by m.at desc, m.nth desc`.execute(db);
  return rows.map(({ merge }) => merge);
}

/** The merge that somebody is merged by now; null when they are themselves. */
export async function activeMergeOf(
  tx: WriteTransaction,
  workspaceId: string,
  otherId: string,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select m.id from person_merges m
    where m.workspace_id = ${workspaceId} and m.other_id = ${otherId} and m.undone_at is null`.execute(tx);
  return rows[0]?.id ?? null;
}

/** A merge with what it changed; null when there is none. */
export async function readStoredMerge(
  tx: WriteTransaction,
  workspaceId: string,
  id: string,
): Promise<StoredMerge | null> {
  const { rows } = await sql<StoredMerge>`
    select m.id, m.kept_id as "keptId", m.other_id as "otherId", m.nth, m.changes,
      m.undone_at is not null as undone
    from person_merges m where m.workspace_id = ${workspaceId} and m.id = ${id}`.execute(tx);
  return rows[0] ?? null;
}

/** Whom this id leads to: the person themselves, or who they were merged with. */
export async function followAlias(db: Database, workspaceId: string, id: string): Promise<string> {
  const { rows } = await sql<{ personId: string }>`
    select a.person_id as "personId" from person_aliases a
    where a.workspace_id = ${workspaceId} and a.id = ${id}`.execute(db);
  return rows[0]?.personId ?? id;
}

/** Some of people's columns, changed. */
export async function writeColumns(
  tx: WriteTransaction,
  workspaceId: string,
  personId: string,
  columns: PersonColumns,
): Promise<void> {
  const names = Object.keys(columns);
  if (names.length === 0) return;
  const set = names.map((name) => sql`${sql.ref(name)} = ${sql.ref(`r.${name}`)}`);
  await sql`
    update people p set ${sql.join(set)}
    from json_populate_record(null::people, ${JSON.stringify(columns)}::text::json) r
    where p.workspace_id = ${workspaceId} and p.id = ${personId}`.execute(tx);
}

/** A person's row, and whether somebody moved them by hand; read under the lock that the caller holds. */
export async function readPersonRow(
  tx: WriteTransaction,
  workspaceId: string,
  personId: string,
): Promise<{ row: PersonColumns; byHand: boolean }> {
  const { rows } = await sql<{ row: PersonColumns; byHand: boolean }>`
    select to_jsonb(p) as row, coalesce((
      select v.by_kind = 'person' from stage_events v
      where v.workspace_id = ${workspaceId} and v.id = p.stage_event_id), false) as "byHand"
    from people p where p.workspace_id = ${workspaceId} and p.id = ${personId}`.execute(tx);
  if (!rows[0]) throw new Error('The person is gone.');
  return rows[0];
}

/** A person's consents as rows. */
export async function readConsentRows(
  tx: WriteTransaction,
  workspaceId: string,
  personId: string,
): Promise<ConsentRow[]> {
  const { rows } = await sql<ConsentRow>`
    select c.channel, c.state, c.basis, c.source, ${instant('c.since')} as since from consents c
    where c.workspace_id = ${workspaceId} and c.person_id = ${personId} order by c.channel`.execute(tx);
  return rows;
}

/** Writes a person's consent over the one of its channel, or takes it away. */
export async function writeConsent(
  tx: WriteTransaction,
  workspaceId: string,
  personId: string,
  channel: string,
  consent: ConsentRow | null,
): Promise<void> {
  await sql`
    delete from consents c
    where c.workspace_id = ${workspaceId} and c.person_id = ${personId} and c.channel = ${channel}`.execute(
    tx,
  );
  if (consent === null) return;
  const { state, basis, source, since } = consent;
  await sql`
    insert into consents (workspace_id, person_id, channel, state, basis, source, since)
    values (${workspaceId}, ${personId}, ${channel}, ${state}, ${basis}, ${source}, ${since})`.execute(tx);
}
