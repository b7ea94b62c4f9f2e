import { sql } from 'kysely';
import { type Agreement, AgreementDocument, type AgreementVersion } from '../../utils/contract/agreement.ts';
import type { Database, WriteTransaction } from './database.ts';
import { instant } from './json.ts';

/** The last agreement read of each workspace. It is read on every write, and one in force never changes. */
const latest = new Map<string, Agreement>();

/**
 * The agreement in force.
 *
 * @throws Error when there is none, or this hub cannot read it: see `ensureAgreement`.
 */
export async function readAgreement(db: Database, workspaceId: string): Promise<Agreement> {
  const { rows } = await sql<{ version: number; since: string }>`
    select a.version, ${instant('a.in_force_since')} as since
    from agreements a where a.workspace_id = ${workspaceId} and a.state = 'in-force'`.execute(db);
  if (!rows[0]) throw new Error('The workspace has no agreement.');
  const { version, since: inForceSince } = rows[0];
  const known = latest.get(workspaceId);
  if (known?.version === version && known.inForceSince === inForceSince) return known;
  const document = await readDocument(db, workspaceId, version);
  if (!document) throw new Error('The agreement in force has a shape this hub does not know.');
  const { signatures = [] } = (await readVersion(db, workspaceId, version)) ?? {};
  const agreement = { ...document, version, inForceSince, signatures };
  latest.set(workspaceId, agreement);
  return agreement;
}

/** The document of a version; null when there is none, or it was written by a hub with another shape of it. */
export async function readDocument(
  db: Database,
  workspaceId: string,
  version: number,
): Promise<AgreementDocument | null> {
  const parsed = AgreementDocument.safeParse(await readRawDocument(db, workspaceId, version));
  return parsed.success ? parsed.data : null;
}

/** Every version, newest first, or the one that is asked for. */
export async function readVersions(
  db: Database,
  workspaceId: string,
  version: number | null = null,
): Promise<AgreementVersion[]> {
  const { rows } = await sql<{ json: AgreementVersion }>`
    select json_strip_nulls(json_build_object(
      'version', a.version,
      'state', a.state,
      'proposedAt', ${instant('a.proposed_at')},
      'comment', a.comment,
      'signatures', (
        select coalesce(json_agg(json_build_object(
            'team', s.team, 'by', json_build_object('id', su.id, 'name', su.name), 'at', ${instant('s.at')}
          ) order by s.at, s.team), '[]'::json)
        from agreement_signatures s
        join users su on su.workspace_id = ${workspaceId} and su.id = s.by_user_id
        where s.workspace_id = ${workspaceId} and s.version = a.version),
      'rejected', case when a.rejected_at is not null then json_build_object(
        'by', json_build_object('id', ru.id, 'name', ru.name), 'at', ${instant('a.rejected_at')},
        'comment', a.rejected_comment) end,
      'inForceSince', ${instant('a.in_force_since')},
      'inForceUntil', ${instant('a.in_force_until')},
      'basedOn', a.based_on,
      'proposedBy', case when pu.id is not null then
        json_build_object('id', pu.id, 'name', pu.name, 'team', pu.team) end
    )) as json
    from agreements a
    left join users pu on pu.workspace_id = ${workspaceId} and pu.id = a.proposed_by
    left join users ru on ru.workspace_id = ${workspaceId} and ru.id = a.rejected_by
    where a.workspace_id = ${workspaceId} and (${version}::int is null or a.version = ${version}::int)
    order by a.version desc`.execute(db);
  return rows.map(({ json }) => ({
    ...json,
    basedOn: json.basedOn ?? null,
    proposedBy: json.proposedBy ?? null,
  }));
}

/** A proposed version as its table holds it. */
export function agreementRow(version: number, document: AgreementDocument, now: Date) {
  return {
    version,
    document,
    valid_until: document.validUntil,
    state: 'proposal',
    proposed_at: now.toISOString(),
  };
}

/** The document of a version as it was written, whatever its shape; undefined when there is no such version. */
export async function readRawDocument(db: Database, workspaceId: string, version: number): Promise<unknown> {
  const { rows } = await sql<{ document: unknown }>`
    select a.document from agreements a
    where a.workspace_id = ${workspaceId} and a.version = ${version}`.execute(db);
  return rows[0]?.document;
}

/** One version and its fate; null when there is none. */
export async function readVersion(
  db: Database,
  workspaceId: string,
  version: number,
): Promise<AgreementVersion | null> {
  return (await readVersions(db, workspaceId, version))[0] ?? null;
}

/** Keeps others from changing the fate of any version until the transaction ends. */
export async function lockAgreements(tx: WriteTransaction, workspaceId: string): Promise<void> {
  await sql`
    select 1 from agreements a where a.workspace_id = ${workspaceId} order by a.version for update`.execute(
    tx,
  );
}
