import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { BatchResult, NewPerson } from '../../utils/contract/ingest.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { storeConsents } from './consents.ts';
import type { WriteTransaction } from './database.ts';
import { insertRows } from './insert-rows.ts';
import { refreshLeadIndex } from './lead-index.ts';
import { emailRows, externalIdRows, personRow, stageEventRow } from './person-rows.ts';
import { readKnownPeople, type KnownPeople } from './known-people.ts';
import { readAgreement } from './workspaces.ts';

/** A person to be stored: what was sent, and what follows from what is stored already. */
interface AcceptedPerson {
  person: NewPerson;
  ownerId: string | null;
  contentHash: string;
  isNew: boolean;
  /** Set when the source moves the stage. */
  move: { from: Stage | null; to: Stage; eventId: string } | null;
}

/** Where somebody starts of whom a source says nothing else. */
const FIRST_STAGE: Stage = 'inquiry';

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
  const known = await readKnownPeople(tx, workspaceId, people);
  const rejected: BatchResult['rejected'] = [];
  const accepted: AcceptedPerson[] = [];
  let repeated = 0;
  people.forEach((person, index) => {
    const reason = known.claim(person);
    if (reason !== null) rejected.push({ index, reason });
    else {
      const outcome = accept(person, known);
      if (outcome) accepted.push(outcome);
      else repeated += 1;
    }
  });
  if (accepted.length > 0) await write(tx, workspaceId, accepted, now);
  return { stored: accepted.length, repeated, rejected };
}

/** Null when the same was stored before. */
function accept(person: NewPerson, known: KnownPeople): AcceptedPerson | null {
  const stored = known.person(person.id);
  const ownerId = known.ownerId(person);
  const contentHash = createHash('sha256')
    .update(JSON.stringify([person, ownerId]))
    .digest('hex');
  if (stored?.contentHash === contentHash) return null;
  return { person, ownerId, contentHash, isNew: !stored, move: moveOf(person, stored) };
}

/** Only a change at the source moves a stage: a source that repeats itself must not undo a rep's verdict. */
function moveOf(person: NewPerson, stored: { stage: Stage; sourceStage: Stage | null } | undefined) {
  if (!stored) return { from: null, to: person.stage ?? FIRST_STAGE, eventId: uuid() };
  const { stage } = person;
  if (stage === undefined || stage === stored.sourceStage || stage === stored.stage) return null;
  return { from: stored.stage, to: stage, eventId: uuid() };
}

async function write(
  tx: WriteTransaction,
  workspaceId: string,
  accepted: readonly AcceptedPerson[],
  now: Date,
) {
  const at = now.toISOString();
  const ids = accepted.map(({ person }) => person.id);
  const updated = accepted.filter(({ isNew }) => !isNew);
  const rows = (list: readonly AcceptedPerson[]) =>
    list.map(({ person, ownerId, contentHash, move }) => ({
      ...personRow(person),
      owner_id: ownerId,
      stage: move?.to ?? null,
      stage_event_id: move?.eventId ?? null,
      stage_since: move ? at : null,
      source_stage: person.stage ?? null,
      content_hash: contentHash,
    }));

  await insertRows(tx, workspaceId, 'people', rows(accepted.filter(({ isNew }) => isNew)));
  await updatePeople(tx, workspaceId, rows(updated));
  const moved = accepted.flatMap(({ person, move }) => (move ? [{ person, move }] : []));
  const { version } = await readAgreement(tx, workspaceId);
  await insertRows(
    tx,
    workspaceId,
    'stage_events',
    moved.map(({ person, move }) => {
      const system = person.sourceStatus?.system ?? 'api';
      const by = { kind: 'system' as const, id: system, name: system };
      const { eventId: id, from, to } = move;
      return stageEventRow(person.id, { id, from, to, at, by, agreementVersion: version });
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
      language = r.language, owner_id = r.owner_id,
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
