import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Agreement } from '../../utils/contract/agreement.ts';
import type { BatchResult } from '../../utils/contract/ingest.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { followOwners } from '../hand-overs/follow-owners.ts';
import { mergePeople } from '../merging/merge-people.ts';
import { noteAliasKeys, noteNamed } from '../merging/note-named.ts';
import { markDue } from '../qualification/mark-due.ts';
import { markCountries } from '../reports/mark-reports.ts';
import { readAgreement } from './agreements.ts';
import { storeConsents } from './consents.ts';
import type { WriteTransaction } from './database.ts';
import { insertRows } from './insert-rows.ts';
import { keysOf, type KnownPeople, type PersonRow, readKnownPeople } from './known-people.ts';
import { refreshLeadIndex } from './lead-index.ts';
import { refreshPersonWords } from '../people/person-words.ts';
import { emailRows, externalIdRows, personRow } from './person-rows.ts';
import { type SourcedStage, stageFromSource, storeSourceMoves } from './source-moves.ts';

/**
 * What a row does to what is stored. `replace`: the person's own row, the only one there is of them. `patch`: their
 * own, but others speak of them, too, or it says only what it knows: what it leaves out stays. `fill`: another one
 * that is about them: it says what nobody has said before.
 */
type Mode = 'replace' | 'patch' | 'fill';

/** A person to be stored: what was sent, and what follows from what is stored already. */
interface AcceptedPerson {
  /** As sent: its id may be an alias. */
  row: PersonRow;
  personId: string;
  ownerId: string | null;
  contentHash: string;
  /** `new`: nobody knew them. `alias`: their id was not known, but they are. */
  isNew: boolean;
  isNewAlias: boolean;
  mode: Mode;
  /** What the source says: by itself, or by what its own status stands for. */
  sourceStage: Stage | null;
  /** Set when the source moves the stage. */
  move: { from: Stage | null; to: Stage; eventId: string } | null;
}

/** A row and its place in the batch. */
interface Placed {
  row: PersonRow;
  index: number;
}

/** Where somebody starts of whom a source says nothing else. */
const FIRST_STAGE: Stage = 'inquiry';

/** How old the last word on somebody must be to be written again, in milliseconds: sources repeat themselves often. */
const CONFIRMED_AFTER = 24 * 60 * 60_000;

/** So many rows of one batch may be about one person; each takes a round of its own. */
const MAX_ROUNDS = 10;

export interface StoringOptions {
  /** The rows say only what they know: nothing is taken away that they leave out. */
  partial?: boolean;
}

/**
 * Stores people or brings them up to date. A row is about whom its id, one of its addresses or records leads to; when
 * they lead to two, these are merged if that is certain (docs/decisions/0010-merging.md). What is not is rejected, the
 * rest stored. Consents and do-not-contact that a row does not mention stay as they are.
 */
export async function storePeople(
  tx: WriteTransaction,
  workspaceId: string,
  people: readonly PersonRow[],
  now: Date,
  options: StoringOptions = {},
): Promise<BatchResult> {
  const agreement = await readAgreement(tx, workspaceId);
  const result: BatchResult = { stored: 0, repeated: 0, rejected: [] };
  const reject = ({ index }: Placed, reason: string) => result.rejected.push({ index, reason });
  let waiting = withoutRepeatedIds(people, reject);
  for (let round = 0; waiting.length > 0; round++) {
    if (round === MAX_ROUNDS) {
      for (const row of waiting)
        reject(row, 'too many rows of this batch are about one person; send it by itself');
      break;
    }
    const { present, later } = separate(waiting);
    const known = await readKnownPeople(
      tx,
      workspaceId,
      present.map(({ row }) => row),
    );
    waiting = later;
    const accepted: AcceptedPerson[] = [];
    const repeated: PersonRow[] = [];
    const taken = new Set<string>();
    for (const placed of present) {
      const link = known.link(placed.row);
      if ('refused' in link) reject(placed, link.refused);
      else if ('keptId' in link) {
        // One merge makes the next look at the same people wrong.
        if (!taken.has(link.keptId) && !taken.has(link.otherId)) {
          const by = {
            kind: 'system' as const,
            id: placed.row.source ?? 'api',
            name: placed.row.source ?? 'api',
          };
          await mergePeople(tx, workspaceId, { ...link, by, at: now });
          taken.add(link.keptId).add(link.otherId);
        }
        waiting.push(placed);
      } else if (link.personId !== null && taken.has(link.personId)) waiting.push(placed);
      else {
        const outcome = accept(placed.row, link.personId, { known, agreement, options });
        if (outcome) accepted.push(outcome);
        else repeated.push(placed.row);
        if (link.personId !== null) taken.add(link.personId);
      }
    }
    if (accepted.length > 0)
      await write(tx, workspaceId, accepted, { agreementVersion: agreement.version, now, options });
    await confirmFields(tx, workspaceId, repeated, now);
    result.stored += accepted.length;
    result.repeated += repeated.length;
  }
  result.rejected.sort((one, other) => one.index - other.index);
  return result;
}

function withoutRepeatedIds(
  people: readonly PersonRow[],
  reject: (placed: Placed, reason: string) => void,
): Placed[] {
  const seen = new Set<string>();
  return people.flatMap((row, index) => {
    if (seen.has(row.id)) {
      reject({ row, index }, 'the same id stands in this batch before');
      return [];
    }
    seen.add(row.id);
    return [{ row, index }];
  });
}

/** Rows that share an address or record with one before wait until that one is stored. */
function separate(rows: readonly Placed[]): { present: Placed[]; later: Placed[] } {
  const seen = new Set<string>();
  const present: Placed[] = [];
  const later: Placed[] = [];
  for (const placed of rows) {
    const keys = keysOf(placed.row);
    (keys.some((key) => seen.has(key)) ? later : present).push(placed);
    for (const key of keys) seen.add(key);
  }
  return { present, later };
}

/** Null when the same was stored before. */
function accept(
  row: PersonRow,
  personId: string | null,
  { known, agreement, options }: { known: KnownPeople; agreement: Agreement; options: StoringOptions },
): AcceptedPerson | null {
  const stored = personId === null ? undefined : known.person(personId);
  const isOwn = stored?.id === row.id;
  const alias = known.alias(row.id);
  const said = isOwn ? stored : alias;
  const ownerId = known.ownerId(row);
  const contentHash = createHash('sha256')
    .update(JSON.stringify([row, ownerId]))
    .digest('hex');
  if (said?.contentHash === contentHash) return null;
  const sourceStage = known.sourceStage(row);
  const isFull = !options.partial && stored?.aliases.length === 0;
  return {
    row,
    personId: personId ?? row.id,
    ownerId,
    contentHash,
    isNew: !stored,
    isNewAlias: stored !== undefined && !isOwn && !alias,
    mode: !stored || (isOwn && isFull) ? 'replace' : isOwn ? 'patch' : 'fill',
    sourceStage,
    move: moveOf(
      sourceStage,
      stored && { stage: stored.stage, said: said?.sourceStage, isFirst: !said },
      agreement,
    ),
  };
}

/** Where a lead starts nobody else has said; for later see `stageFromSource`. */
function moveOf(to: Stage | null, stored: SourcedStage | undefined, agreement: Agreement) {
  if (!stored) return { from: null, to: to ?? FIRST_STAGE, eventId: uuid() };
  const next = stageFromSource(to, stored, agreement);
  return next && { from: stored.stage, to: next, eventId: uuid() };
}

async function write(
  tx: WriteTransaction,
  workspaceId: string,
  accepted: readonly AcceptedPerson[],
  { agreementVersion, now, options }: { agreementVersion: number; now: Date; options: StoringOptions },
) {
  const at = now.toISOString();
  const ids = accepted.map(({ personId }) => personId);
  const rows = (list: readonly AcceptedPerson[]) =>
    list.map(({ row, personId, ownerId, contentHash, sourceStage, move, isNew }) => ({
      ...personRow({ ...row, id: personId, name: row.name ?? (isNew ? unnamed(row) : undefined) }, now),
      owner_id: ownerId,
      source_owner_id: ownerId,
      stage: move?.to ?? null,
      stage_event_id: move?.eventId ?? null,
      stage_since: move ? at : null,
      source_stage: sourceStage,
      content_hash: contentHash,
    }));

  await insertRows(tx, workspaceId, 'people', rows(accepted.filter(({ isNew }) => isNew)));
  for (const mode of ['replace', 'patch', 'fill'] as const) {
    await updatePeople(
      tx,
      workspaceId,
      rows(accepted.filter((one) => !one.isNew && one.mode === mode)),
      mode,
    );
  }
  await storeAliases(
    tx,
    workspaceId,
    accepted.filter(({ isNew, mode }) => !isNew && mode === 'fill'),
    now,
  );
  if (!options.partial)
    await forgetKeys(
      tx,
      workspaceId,
      accepted.filter(({ isNew }) => !isNew),
    );
  await insertRows(
    tx,
    workspaceId,
    'person_emails',
    accepted.flatMap(({ row, personId }) => emailRows(row, personId)),
  );
  await insertRows(
    tx,
    workspaceId,
    'person_external_ids',
    accepted.flatMap(({ row, personId }) => externalIdRows(row, personId)),
  );
  await noteAliasKeys(
    tx,
    workspaceId,
    accepted.flatMap(({ row, mode }) => (mode === 'fill' ? [row.id] : [])),
  );
  await storeConsents(
    tx,
    workspaceId,
    accepted.map(({ row, personId }) => ({ id: personId, consents: row.consents })),
  );
  await refreshLeadIndex(tx, workspaceId, ids);
  await refreshPersonWords(tx, workspaceId, ids);
  const moves = accepted.flatMap(({ row, personId, move }) =>
    move ? [{ ...move, personId, system: row.sourceStatus?.system ?? 'api' }] : [],
  );
  await storeSourceMoves(tx, workspaceId, moves, { agreementVersion, now });
  await followOwners(tx, workspaceId, ids, now);
  await markCountries(tx, workspaceId, ids, now);
  await markDue(tx, workspaceId, ids, now);
}

/** What somebody is called of whom no source knows a name. */
const unnamed = ({ emails, externalIds }: PersonRow) => emails[0] ?? externalIds[0]?.id ?? '?';

/** Remembers what ids that are not the person's own said last, and whom new ones lead to. */
async function storeAliases(
  tx: WriteTransaction,
  workspaceId: string,
  accepted: readonly AcceptedPerson[],
  now: Date,
): Promise<void> {
  const added = accepted.filter(({ isNewAlias }) => isNewAlias);
  await insertRows(
    tx,
    workspaceId,
    'person_aliases',
    added.map(({ row, personId }) => ({ id: row.id, person_id: personId, since: now.toISOString() })),
  );
  const said = accepted.map(({ row, contentHash, sourceStage }) => ({
    id: row.id,
    content_hash: contentHash,
    source_stage: sourceStage,
  }));
  if (said.length === 0) return;
  await sql`
    update person_aliases a
    set content_hash = r.content_hash, source_stage = coalesce(r.source_stage, a.source_stage)
    from json_populate_recordset(null::person_aliases, ${JSON.stringify(said)}::text::json) r
    where a.workspace_id = ${workspaceId} and a.id = r.id`.execute(tx);
  await noteNamed(
    tx,
    workspaceId,
    'person_aliases',
    added.flatMap(({ row, personId }) => [
      ...row.emails.map((email) => ({ key: [row.id], personId, named: { email } })),
      ...row.externalIds.map((record) => ({ key: [row.id], personId, named: { record } })),
    ]),
  );
}

/** Forgets the addresses and records that these rows named before; they are about to name them anew. */
async function forgetKeys(
  tx: WriteTransaction,
  workspaceId: string,
  accepted: readonly AcceptedPerson[],
): Promise<void> {
  if (accepted.length === 0) return;
  const people = accepted.map(({ personId }) => personId);
  const rows = accepted.map(({ row }) => row.id);
  await sql`
    delete from person_emails e
    where e.workspace_id = ${workspaceId} and e.person_id = any(${people}::uuid[])
      and e.named_by = any(${rows}::uuid[])`.execute(tx);
  await sql`
    delete from person_external_ids x
    where x.workspace_id = ${workspaceId} and x.person_id = any(${people}::uuid[])
      and x.named_by = any(${rows}::uuid[])`.execute(tx);
}

/** Who is sent again unchanged is known anew: without it fields would expire that their source still vouches for. */
async function confirmFields(
  tx: WriteTransaction,
  workspaceId: string,
  people: readonly PersonRow[],
  now: Date,
): Promise<void> {
  const ids = people.filter(({ sourcedAt }) => sourcedAt === undefined).map(({ id }) => id);
  if (ids.length === 0) return;
  const before = new Date(now.getTime() - CONFIRMED_AFTER).toISOString();
  await sql`
    update people p set sourced_at = ${now.toISOString()}
    where p.workspace_id = ${workspaceId} and p.id = any(${ids}::uuid[]) and p.sourced_at < ${before}`.execute(
    tx,
  );
}

/** Overwrites people; see `Mode`. */
async function updatePeople(
  tx: WriteTransaction,
  workspaceId: string,
  rows: readonly (ReturnType<typeof personRow> & Record<string, unknown>)[],
  mode: Mode,
): Promise<void> {
  if (rows.length === 0) return;
  const either = (first: string, then: string, column: string) =>
    sql`coalesce(${sql.ref(`${first}.${column}`)}, ${sql.ref(`${then}.${column}`)})`;
  const field = (column: string): RawBuilder<unknown> =>
    ({ replace: sql.ref(`r.${column}`), patch: either('r', 'p', column), fill: either('p', 'r', column) })[
      mode
    ];
  const said = (column: string) => (mode === 'fill' ? either('p', 'r', column) : either('r', 'p', column));
  // What is remembered of the person's own row.
  const own = (column: string, value: RawBuilder<unknown>) =>
    mode === 'fill' ? sql`${sql.ref(`p.${column}`)}` : value;
  await sql`
    update people p set
      name = ${field('name')}, company = ${field('company')}, title = ${field('title')},
      phone = ${field('phone')}, country = ${field('country')}, language = ${field('language')},
      attributes = ${attributes(mode)},
      source = ${own('source', field('source'))}, sourced_at = ${own('sourced_at', sql.ref('r.sourced_at'))},
      owner_id = ${
        mode === 'fill'
          ? sql`coalesce(p.owner_id, r.owner_id)`
          : sql`case when r.source_owner_id = p.source_owner_id then p.owner_id
              else coalesce(r.owner_id, p.owner_id) end`
      },
      source_owner_id = ${own('source_owner_id', sql`coalesce(r.source_owner_id, p.source_owner_id)`)},
      stage = coalesce(r.stage, p.stage),
      stage_event_id = coalesce(r.stage_event_id, p.stage_event_id),
      stage_since = coalesce(r.stage_since, p.stage_since),
      source_status_system = ${said('source_status_system')},
      source_status_value = ${said('source_status_value')},
      source_stage = ${own('source_stage', sql`coalesce(r.source_stage, p.source_stage)`)},
      do_not_contact_reason = ${said('do_not_contact_reason')},
      do_not_contact_since = ${said('do_not_contact_since')},
      content_hash = ${own('content_hash', sql.ref('r.content_hash'))}
    from json_populate_recordset(null::people, ${JSON.stringify(rows)}::text::json) r
    where p.workspace_id = ${workspaceId} and p.id = r.id`.execute(tx);
}

/** Of several sources each keeps its own. */
function attributes(mode: Mode): RawBuilder<unknown> {
  if (mode === 'replace') return sql`r.attributes`;
  const [first, then] = mode === 'patch' ? ['r', 'p'] : ['p', 'r'];
  return sql`case when p.attributes is null and r.attributes is null then null else (
    coalesce(${sql.ref(`${then}.attributes`)}::jsonb, '{}'::jsonb)
    || coalesce(${sql.ref(`${first}.attributes`)}::jsonb, '{}'::jsonb))::json end`;
}
