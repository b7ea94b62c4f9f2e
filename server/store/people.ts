import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Agreement } from '../../utils/contract/agreement.ts';
import type { BatchResult, NewPerson } from '../../utils/contract/ingest.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { followOwners } from '../hand-overs/follow-owners.ts';
import { noteEvents } from '../deliveries/note-events.ts';
import { followStages } from '../hand-overs/follow-stage.ts';
import { markDue } from '../qualification/mark-due.ts';
import { readAgreement } from './agreements.ts';
import { storeConsents } from './consents.ts';
import type { WriteTransaction } from './database.ts';
import { insertRows } from './insert-rows.ts';
import { refreshLeadIndex } from './lead-index.ts';
import { emailRows, externalIdRows, personRow, stageEventRow } from './person-rows.ts';
import { readKnownPeople, type KnownPeople } from './known-people.ts';

/** A person to be stored: what was sent, and what follows from what is stored already. */
interface AcceptedPerson {
  person: NewPerson;
  ownerId: string | null;
  contentHash: string;
  isNew: boolean;
  /** What the source says: by itself, or by what its own status stands for. */
  sourceStage: Stage | null;
  /** Set when the source moves the stage. */
  move: { from: Stage | null; to: Stage; eventId: string } | null;
}

/** Where somebody starts of whom a source says nothing else. */
const FIRST_STAGE: Stage = 'inquiry';

/** How old the last word on somebody must be to be written again, in milliseconds: sources repeat themselves often. */
const CONFIRMED_AFTER = 24 * 60 * 60_000;

/**
 * Stores people or brings them up to date, by id. A row whose address or record belongs to somebody else
 * is rejected, the rest stored. Consents and do-not-contact that a row does not mention stay as they are.
 */
export async function storePeople(
  tx: WriteTransaction,
  workspaceId: string,
  people: readonly NewPerson[],
  now: Date,
): Promise<BatchResult> {
  const agreement = await readAgreement(tx, workspaceId);
  const known = await readKnownPeople(tx, workspaceId, people);
  const rejected: BatchResult['rejected'] = [];
  const accepted: AcceptedPerson[] = [];
  const repeated: NewPerson[] = [];
  people.forEach((person, index) => {
    const reason = known.claim(person);
    if (reason !== null) rejected.push({ index, reason });
    else {
      const outcome = accept(person, known, agreement);
      if (outcome) accepted.push(outcome);
      else repeated.push(person);
    }
  });
  if (accepted.length > 0) await write(tx, workspaceId, accepted, agreement.version, now);
  await confirmFields(tx, workspaceId, repeated, now);
  return { stored: accepted.length, repeated: repeated.length, rejected };
}

/** Null when the same was stored before. */
function accept(person: NewPerson, known: KnownPeople, agreement: Agreement): AcceptedPerson | null {
  const stored = known.person(person.id);
  const ownerId = known.ownerId(person);
  const contentHash = createHash('sha256')
    .update(JSON.stringify([person, ownerId]))
    .digest('hex');
  if (stored?.contentHash === contentHash) return null;
  const sourceStage = known.sourceStage(person);
  const move = moveOf(sourceStage, stored, agreement);
  return { person, ownerId, contentHash, isNew: !stored, sourceStage, move };
}

/**
 * Only a change at the source moves a stage: a source that repeats itself must not undo a rep's verdict.
 * Where a lead starts nobody else has said; later the agreement says to which stages sources may move it.
 */
function moveOf(
  to: Stage | null,
  stored: { stage: Stage; sourceStage: Stage | null } | undefined,
  agreement: Agreement,
) {
  if (!stored) return { from: null, to: to ?? FIRST_STAGE, eventId: uuid() };
  if (to === null || to === stored.sourceStage || to === stored.stage) return null;
  const agreed = agreement.stages.find(({ stage }) => stage === to);
  return agreed?.movers.includes('system') ? { from: stored.stage, to, eventId: uuid() } : null;
}

async function write(
  tx: WriteTransaction,
  workspaceId: string,
  accepted: readonly AcceptedPerson[],
  agreementVersion: number,
  now: Date,
) {
  const at = now.toISOString();
  const ids = accepted.map(({ person }) => person.id);
  const updated = accepted.filter(({ isNew }) => !isNew);
  const rows = (list: readonly AcceptedPerson[]) =>
    list.map(({ person, ownerId, contentHash, sourceStage, move }) => ({
      ...personRow(person, now),
      owner_id: ownerId,
      source_owner_id: ownerId,
      stage: move?.to ?? null,
      stage_event_id: move?.eventId ?? null,
      stage_since: move ? at : null,
      source_stage: sourceStage,
      content_hash: contentHash,
    }));

  await insertRows(tx, workspaceId, 'people', rows(accepted.filter(({ isNew }) => isNew)));
  await updatePeople(tx, workspaceId, rows(updated));
  const moved = accepted.flatMap(({ person, move }) => (move ? [{ person, move }] : []));
  await insertRows(
    tx,
    workspaceId,
    'stage_events',
    moved.map(({ person, move }) => {
      const system = person.sourceStatus?.system ?? 'api';
      const by = { kind: 'system' as const, id: system, name: system };
      const { eventId: id, from, to } = move;
      return stageEventRow(person.id, { id, from, to, at, by, agreementVersion });
    }),
  );
  await insertRows(
    tx,
    workspaceId,
    'person_emails',
    accepted.flatMap(({ person }) => emailRows(person)),
  );
  await insertRows(
    tx,
    workspaceId,
    'person_external_ids',
    accepted.flatMap(({ person }) => externalIdRows(person)),
  );
  await storeConsents(
    tx,
    workspaceId,
    accepted.map(({ person }) => person),
  );
  await refreshLeadIndex(tx, workspaceId, ids);
  await followStages(
    tx,
    workspaceId,
    moved.map(({ person, move: { from, to } }) => ({
      personId: person.id,
      from,
      to,
      kind: 'move',
      at: now,
    })),
  );
  // Somebody new has changed from nothing: a first import would be a flood.
  const changed = moved.filter(({ move: { from } }) => from !== null);
  await noteEvents(
    tx,
    workspaceId,
    changed.map(({ move }) => ({ kind: 'stage.changed', subject: { stageEventId: move.eventId } })),
    now,
  );
  await followOwners(tx, workspaceId, ids, now);
  await markDue(tx, workspaceId, ids, now);
}

/** Who is sent again unchanged is known anew: without it fields would expire that their source still vouches for. */
async function confirmFields(
  tx: WriteTransaction,
  workspaceId: string,
  people: readonly NewPerson[],
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

/** Overwrites people and clears the rest that the new rows replace. */
async function updatePeople(
  tx: WriteTransaction,
  workspaceId: string,
  rows: readonly (ReturnType<typeof personRow> & Record<string, unknown>)[],
): Promise<void> {
  if (rows.length === 0) return;
  const json = JSON.stringify(rows);
  const ids = rows.map(({ id }) => id);
  await sql`
    update people p set
      name = r.name, company = r.company, title = r.title, phone = r.phone, country = r.country,
      language = r.language, attributes = r.attributes, source = r.source, sourced_at = r.sourced_at,
      owner_id = case when r.source_owner_id = p.source_owner_id then p.owner_id
        else coalesce(r.owner_id, p.owner_id) end,
      source_owner_id = coalesce(r.source_owner_id, p.source_owner_id),
      stage = coalesce(r.stage, p.stage),
      stage_event_id = coalesce(r.stage_event_id, p.stage_event_id),
      stage_since = coalesce(r.stage_since, p.stage_since),
      source_status_system = coalesce(r.source_status_system, p.source_status_system),
      source_status_value = coalesce(r.source_status_value, p.source_status_value),
      source_stage = coalesce(r.source_stage, p.source_stage),
      do_not_contact_reason = coalesce(r.do_not_contact_reason, p.do_not_contact_reason),
      do_not_contact_since = coalesce(r.do_not_contact_since, p.do_not_contact_since),
      content_hash = r.content_hash
    from json_populate_recordset(null::people, ${json}::text::json) r
    where p.workspace_id = ${workspaceId} and p.id = r.id`.execute(tx);
  await sql`
    delete from person_emails e
    where e.workspace_id = ${workspaceId} and e.person_id = any(${ids}::uuid[])`.execute(tx);
  await sql`
    delete from person_external_ids x
    where x.workspace_id = ${workspaceId} and x.person_id = any(${ids}::uuid[])`.execute(tx);
}
