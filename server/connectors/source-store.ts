import { sql } from 'kysely';
import type { SettingField } from '../../utils/contract/source.ts';
import { noteChanges } from '../live/changes.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { instant } from '../store/json.ts';
import type { SourceFailure } from './source-error.ts';

export type SettingValues = Record<string, NonNullable<SettingField['default']>>;

/** A source as it is stored; texts named `sealed…` are encrypted. */
export interface StoredSource {
  system: string;
  /** Without the secret ones. */
  settings: SettingValues;
  sealedSecrets: string | null;
  sealedToken: string | null;
  sealedWebhookSecret: string | null;
  refused: number;
  enabled: boolean;
  writesFeedback: boolean;
  createdAt: string;
  dueAt: string;
  nextRoundAt: string;
  leaseUntil: string | null;
  failures: number;
  failure: SourceFailure | null;
  failureDetail: string | null;
  lastSuccessAt: string | null;
}

export const SOURCE_COLUMNS = sql`s.system, s.settings, s.secrets as "sealedSecrets", s.token as "sealedToken",
  s.webhook_secret as "sealedWebhookSecret", s.refused, s.enabled, s.write_feedback as "writesFeedback", ${instant('s.created_at')} as "createdAt",
  ${instant('s.due_at')} as "dueAt", ${instant('s.next_round_at')} as "nextRoundAt",
  ${instant('s.lease_until')} as "leaseUntil", s.failures, s.failure, s.failure_detail as "failureDetail",
  ${instant('s.last_success_at')} as "lastSuccessAt"`;

/** Before what has changed is asked for the first time; history comes first. */
const FIRST_ROUND_AFTER_MS = 5 * 60_000;

/** Every source, or the one that is asked for. */
export async function readSources(
  db: Database,
  workspaceId: string,
  system: string | null = null,
): Promise<StoredSource[]> {
  const { rows } = await sql<StoredSource>`
    select ${SOURCE_COLUMNS} from sources s
    where s.workspace_id = ${workspaceId} and (${system}::text is null or s.system = ${system}::text)
    order by s.system`.execute(db);
  return rows;
}

/** Keeps others from changing a source until the transaction ends; null when there is none. */
export async function lockSource(
  tx: WriteTransaction,
  workspaceId: string,
  system: string,
): Promise<StoredSource | null> {
  await sql`
    select 1 from sources s where s.workspace_id = ${workspaceId} and s.system = ${system} for update`.execute(
    tx,
  );
  return (await readSources(tx, workspaceId, system))[0] ?? null;
}

export type NewStoredSource = Pick<
  StoredSource,
  'system' | 'settings' | 'sealedSecrets' | 'sealedToken' | 'sealedWebhookSecret' | 'enabled'
>;

/**
 * Stores a new source, and that its system is one of those whose freshness is shown.
 *
 * @returns false when the workspace has one of this system.
 */
export async function insertSource(
  tx: WriteTransaction,
  workspaceId: string,
  source: NewStoredSource & { label: string },
  now: Date,
): Promise<boolean> {
  const { system, label, settings, sealedSecrets, sealedToken, sealedWebhookSecret, enabled } = source;
  const at = now.toISOString();
  const firstRoundAt = new Date(now.getTime() + FIRST_ROUND_AFTER_MS).toISOString();
  const { numAffectedRows } = await sql`
    insert into sources (workspace_id, system, settings, secrets, token, webhook_secret, enabled, created_at, due_at,
      next_round_at)
    values (${workspaceId}, ${system}, ${JSON.stringify(settings)}::text::json, ${sealedSecrets}, ${sealedToken},
      ${sealedWebhookSecret}, ${enabled}, ${at}, ${at}, ${firstRoundAt})
    on conflict do nothing`.execute(tx);
  if (numAffectedRows !== 1n) return false;
  await sql`
    insert into source_status (workspace_id, system, label) values (${workspaceId}, ${system}, ${label})
    on conflict (workspace_id, system) do update set label = excluded.label`.execute(tx);
  noteChanges(tx, 'sources', 'any');
  return true;
}

/**
 * Writes the given fields of a source; absent ones stay. Whoever is at it stops, for what they know of it is old, and a
 * source that was changed has failed at nothing yet.
 *
 * @param restart whether it is another installation now, so that everything is to be brought in anew.
 */
export async function updateSource(
  tx: WriteTransaction,
  workspaceId: string,
  system: string,
  fields: Partial<
    Pick<StoredSource, 'settings' | 'sealedSecrets' | 'sealedToken' | 'enabled' | 'writesFeedback'>
  >,
  { now, restart = false }: { now: Date; restart?: boolean },
): Promise<void> {
  const settings = fields.settings === undefined ? null : JSON.stringify(fields.settings);
  await sql`
    update sources s set
      settings = coalesce(${settings}::text::json, s.settings),
      secrets = case when ${fields.sealedSecrets !== undefined}::boolean then ${fields.sealedSecrets ?? null}::text
        else s.secrets end,
      token = case when ${fields.sealedToken !== undefined}::boolean then ${fields.sealedToken ?? null}::text
        else s.token end,
      enabled = coalesce(${fields.enabled ?? null}::boolean, s.enabled),
      write_feedback = coalesce(${fields.writesFeedback ?? null}::boolean, s.write_feedback),
      due_at = ${now.toISOString()}, lease = null, lease_until = null,
      failures = 0, failure = null, failure_detail = null, failed_at = null
    where s.workspace_id = ${workspaceId} and s.system = ${system}`.execute(tx);
  if (restart) await deletePulls(tx, workspaceId, system);
  else await forgetPullFailures(tx, workspaceId, system);
  noteChanges(tx, 'sources', 'any');
}

/** Stores the sealed texts only: whoever is at the source goes on. */
export async function updateSealed(
  tx: WriteTransaction,
  workspaceId: string,
  system: string,
  sealed: Partial<Pick<StoredSource, 'sealedSecrets' | 'sealedToken' | 'sealedWebhookSecret'>>,
): Promise<void> {
  const { sealedSecrets = null, sealedToken = null, sealedWebhookSecret = null } = sealed;
  await sql`
    update sources s set secrets = coalesce(${sealedSecrets}::text, s.secrets),
      token = coalesce(${sealedToken}::text, s.token),
      webhook_secret = coalesce(${sealedWebhookSecret}::text, s.webhook_secret)
    where s.workspace_id = ${workspaceId} and s.system = ${system}`.execute(tx);
}

/** Has what has changed be asked for now; what failed is tried again. */
export async function syncNow(
  tx: WriteTransaction,
  workspaceId: string,
  system: string,
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  await sql`
    update sources s set due_at = ${at}, next_round_at = ${at}
    where s.workspace_id = ${workspaceId} and s.system = ${system}`.execute(tx);
}

/** Counts a webhook whose signature was wrong. */
export async function countRefused(tx: WriteTransaction, workspaceId: string, system: string): Promise<void> {
  await sql`
    update sources s set refused = s.refused + 1
    where s.workspace_id = ${workspaceId} and s.system = ${system}`.execute(tx);
}

/** Forgets a locked source; what it has brought in stays. */
export async function deleteSource(tx: WriteTransaction, workspaceId: string, system: string): Promise<void> {
  await deletePulls(tx, workspaceId, system);
  await sql`
    delete from source_status s where s.workspace_id = ${workspaceId} and s.system = ${system}`.execute(tx);
  await sql`delete from sources s where s.workspace_id = ${workspaceId} and s.system = ${system}`.execute(tx);
  noteChanges(tx, 'sources', 'any');
}

async function deletePulls(tx: WriteTransaction, workspaceId: string, system: string): Promise<void> {
  await sql`
    delete from source_pulls p where p.workspace_id = ${workspaceId} and p.system = ${system}`.execute(tx);
}

async function forgetPullFailures(tx: WriteTransaction, workspaceId: string, system: string): Promise<void> {
  await sql`
    update source_pulls p set failure = null, failure_detail = null, retry_at = null
    where p.workspace_id = ${workspaceId} and p.system = ${system}`.execute(tx);
}
