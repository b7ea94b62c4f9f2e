import { sql } from 'kysely';
import type { Consent } from '../../utils/contract/consent.ts';
import type { BatchResult } from '../../utils/contract/ingest.ts';
import { lockPeople } from '../qualification/lock-people.ts';
import { markDue } from '../qualification/mark-due.ts';
import { storeConsents } from '../store/consents.ts';
import type { WriteTransaction } from '../store/database.ts';
import { findPeople } from '../store/find-people.ts';
import { instant } from '../store/json.ts';
import { refreshLeadIndex } from '../store/lead-index.ts';
import type { SourceConsent } from './connector.ts';
import { type Origin, toLookUp } from './to-contract.ts';

/** Stores what people who are known have agreed to or refused. Nobody is made known by it. */
export async function storeSourceConsents(
  tx: WriteTransaction,
  origin: Origin,
  said: readonly SourceConsent[],
  now: Date,
): Promise<BatchResult> {
  const { workspaceId, system: source } = origin;
  const lookUps = said.map(({ person }) => toLookUp(person, origin));
  const { rows } = await sql<{ personId: string | null }>`
    select n.person_id as "personId" from (${findPeople(workspaceId, lookUps)}) n order by n.ord`.execute(tx);
  const found = rows.flatMap(({ personId }) => personId ?? []);
  const locked = new Set(await lockPeople(tx, workspaceId, found));
  const known = said.flatMap(({ consents, doNotContact }, index) => {
    const id = rows[index]?.personId;
    if (!id || !locked.has(id)) return [];
    return [{ id, doNotContact, consents: consents.map((consent) => ({ ...consent, source })) }];
  });
  const stored = await readConsents(tx, workspaceId, [...locked]);
  const news = known.map(({ id, consents }) => ({
    id,
    consents: consents.filter((consent) => !isKnown(consent, stored.get(`${id} ${consent.channel}`))),
  }));
  await storeConsents(tx, workspaceId, news);
  const blocked = await block(tx, workspaceId, known);
  const changed = [
    ...new Set([...news.flatMap(({ id, consents }) => (consents.length > 0 ? [id] : [])), ...blocked]),
  ];
  await refreshLeadIndex(tx, workspaceId, changed);
  await markDue(tx, workspaceId, changed, now);
  const isChanged = new Set(changed);
  const count = known.filter(({ id }) => isChanged.has(id)).length;
  return {
    stored: count,
    repeated: known.length - count,
    rejected: rows.flatMap(({ personId }, index) =>
      personId !== null && locked.has(personId)
        ? []
        : [{ index, reason: 'nobody with this address or record is known' }],
    ),
  };
}

async function readConsents(
  tx: WriteTransaction,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, Consent>> {
  const { rows } = await sql<{ id: string; consent: Consent }>`
    select c.person_id as id, json_strip_nulls(json_build_object('channel', c.channel, 'state', c.state,
      'basis', c.basis, 'source', c.source, 'since', ${instant('c.since')})) as consent
    from consents c where c.workspace_id = ${workspaceId} and c.person_id = any(${ids}::uuid[])`.execute(tx);
  return new Map(rows.map(({ id, consent }) => [`${id} ${consent.channel}`, consent]));
}

/** The latest statement counts: an older one, or the same again, changes nothing. */
const isKnown = (consent: Consent, stored: Consent | undefined) =>
  stored !== undefined &&
  (stored.since > consent.since ||
    (stored.since === consent.since &&
      stored.state === consent.state &&
      stored.source === consent.source &&
      stored.basis === consent.basis));

/** @returns who is blocked for another reason, or since another time, than before. */
async function block(
  tx: WriteTransaction,
  workspaceId: string,
  people: readonly { id: string; doNotContact: SourceConsent['doNotContact'] }[],
): Promise<string[]> {
  const rows = people.flatMap(({ id, doNotContact }) => (doNotContact ? [{ id, ...doNotContact }] : []));
  if (rows.length === 0) return [];
  const { rows: blocked } = await sql<{ id: string }>`
    update people p set do_not_contact_reason = r.reason, do_not_contact_since = r.since
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as r (id uuid, reason text, since timestamptz)
    where p.workspace_id = ${workspaceId} and p.id = r.id
      and (p.do_not_contact_reason, p.do_not_contact_since) is distinct from (r.reason, r.since)
    returning p.id`.execute(tx);
  return blocked.map(({ id }) => id);
}
