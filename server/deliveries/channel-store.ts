import { sql } from 'kysely';
import type { Attempt, Channel } from '../../utils/contract/channel.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { instant } from '../store/json.ts';
import { type Outcome, outcomeWords } from './outcome.ts';

/** So many attempts in a row that failed are no hiccup. */
const PROBLEM_AFTER = 3;

/** A channel as it is stored; texts named `sealed…` are encrypted. */
export type StoredChannel = Pick<
  Channel,
  'id' | 'kind' | 'name' | 'host' | 'events' | 'language' | 'includePersonalData' | 'enabled' | 'createdAt'
> & {
  sealedTarget: string;
  sealedSecret: string | null;
  sealedPreviousSecret: string | null;
  previousSecretUntil: string | null;
  failures: number;
  lastAttemptAt: string | null;
  lastOutcome: Outcome | null;
  lastHttpStatus: number | null;
};

/** Every channel, by name, or the one that is asked for. */
export async function readChannels(
  db: Database,
  workspaceId: string,
  id: string | null = null,
): Promise<StoredChannel[]> {
  const { rows } = await sql<StoredChannel>`
    select c.id, c.kind, c.name, c.host, c.events, c.language, c.include_personal_data as "includePersonalData",
      c.enabled, ${instant('c.created_at')} as "createdAt", c.target as "sealedTarget", c.secret as "sealedSecret",
      c.previous_secret as "sealedPreviousSecret", ${instant('c.previous_secret_until')} as "previousSecretUntil",
      c.failures, ${instant('c.last_attempt_at')} as "lastAttemptAt", c.last_outcome as "lastOutcome",
      c.last_http_status as "lastHttpStatus"
    from channels c where c.workspace_id = ${workspaceId} and (${id}::uuid is null or c.id = ${id}::uuid)
    order by c.name, c.id`.execute(db);
  return rows;
}

/** What an administrator sees of a channel: nothing that is encrypted. */
export function channelJson(stored: StoredChannel, now: Date): Channel {
  const { id, kind, name, host, events, language, includePersonalData, enabled, createdAt } = stored;
  const { previousSecretUntil, lastAttemptAt, lastOutcome, lastHttpStatus, failures } = stored;
  const lastAttempt = attemptJson(lastAttemptAt, lastOutcome, lastHttpStatus);
  const hasProblem = lastOutcome === 'gone' || failures >= PROBLEM_AFTER;
  return {
    ...{ id, kind, name, host, events, language, includePersonalData, enabled, createdAt },
    ...(previousSecretUntil !== null && previousSecretUntil > now.toISOString() && { previousSecretUntil }),
    ...(lastAttempt && { lastAttempt }),
    ...(lastAttempt && hasProblem && { problem: lastAttempt.words }),
  };
}

/** An attempt as it is shown; undefined when there was none. */
export function attemptJson(
  at: string | null,
  outcome: Outcome | null,
  httpStatus: number | null,
): Attempt | undefined {
  if (at === null || outcome === null) return undefined;
  return { at, delivered: outcome === 'delivered', words: outcomeWords(outcome, httpStatus) };
}

/** Stores a new channel. */
export async function insertChannel(
  tx: WriteTransaction,
  workspaceId: string,
  channel: Pick<
    StoredChannel,
    | 'id'
    | 'kind'
    | 'name'
    | 'host'
    | 'events'
    | 'language'
    | 'includePersonalData'
    | 'sealedTarget'
    | 'sealedSecret'
  >,
  now: Date,
): Promise<void> {
  const { id, kind, name, host, events, language, includePersonalData, sealedTarget, sealedSecret } = channel;
  await sql`
    insert into channels (workspace_id, id, kind, name, host, target, secret, events, language, include_personal_data,
      enabled, created_at)
    values (${workspaceId}, ${id}, ${kind}, ${name}, ${host}, ${sealedTarget}, ${sealedSecret}, ${events}::text[],
      ${language}, ${includePersonalData}, true, ${now.toISOString()})
    on conflict do nothing`.execute(tx);
}

/** Writes the given fields; absent ones stay. Switched on anew, or sent elsewhere, a channel has failed at nothing yet. */
export async function updateChannel(
  tx: WriteTransaction,
  workspaceId: string,
  id: string,
  fields: Partial<
    Pick<
      StoredChannel,
      'name' | 'host' | 'sealedTarget' | 'events' | 'language' | 'includePersonalData' | 'enabled'
    >
  >,
): Promise<void> {
  const { name, host, sealedTarget, events, language, includePersonalData, enabled } = fields;
  const fresh = enabled === true || sealedTarget !== undefined;
  await sql`
    update channels c set
      name = coalesce(${name ?? null}::text, c.name),
      host = coalesce(${host ?? null}::text, c.host),
      target = coalesce(${sealedTarget ?? null}::text, c.target),
      events = coalesce(${events ?? null}::text[], c.events),
      language = coalesce(${language ?? null}::text, c.language),
      include_personal_data = coalesce(${includePersonalData ?? null}::boolean, c.include_personal_data),
      enabled = coalesce(${enabled ?? null}::boolean, c.enabled),
      failures = case when ${fresh}::boolean then 0 else c.failures end,
      last_outcome = case when ${fresh}::boolean then null else c.last_outcome end
    where c.workspace_id = ${workspaceId} and c.id = ${id}`.execute(tx);
}

/** Stores the secrets a channel signs with, and how they are encrypted. */
export async function updateSecrets(
  tx: WriteTransaction,
  workspaceId: string,
  {
    id,
    sealedTarget,
    sealedSecret,
    sealedPreviousSecret,
    previousSecretUntil,
  }: Pick<
    StoredChannel,
    'id' | 'sealedTarget' | 'sealedSecret' | 'sealedPreviousSecret' | 'previousSecretUntil'
  >,
): Promise<void> {
  await sql`
    update channels c set target = ${sealedTarget}, secret = ${sealedSecret},
      previous_secret = ${sealedPreviousSecret}, previous_secret_until = ${previousSecretUntil}::timestamptz
    where c.workspace_id = ${workspaceId} and c.id = ${id}`.execute(tx);
}

/** Notes how an attempt went; a receiver that is gone is told nothing more. */
export async function noteAttempt(
  tx: WriteTransaction,
  workspaceId: string,
  id: string,
  { outcome, httpStatus }: { outcome: Outcome; httpStatus: number | null },
  now: Date,
): Promise<void> {
  await sql`
    update channels c set
      failures = case when ${outcome} = 'delivered' then 0 else c.failures + 1 end,
      enabled = c.enabled and ${outcome} <> 'gone',
      last_attempt_at = ${now.toISOString()}, last_outcome = ${outcome}, last_http_status = ${httpStatus}
    where c.workspace_id = ${workspaceId} and c.id = ${id}`.execute(tx);
}

/** Keeps others from using or changing a channel until the transaction ends; null when there is none. */
export async function lockChannel(
  tx: WriteTransaction,
  workspaceId: string,
  id: string,
): Promise<StoredChannel | null> {
  await sql`
    select 1 from channels c where c.workspace_id = ${workspaceId} and c.id = ${id} for update`.execute(tx);
  return (await readChannels(tx, workspaceId, id))[0] ?? null;
}

/** Forgets a locked channel and what it was or would have been told. */
export async function deleteChannel(tx: WriteTransaction, workspaceId: string, id: string): Promise<void> {
  await sql`
    delete from deliveries d where d.workspace_id = ${workspaceId} and d.channel_id = ${id}`.execute(tx);
  await sql`delete from channels c where c.workspace_id = ${workspaceId} and c.id = ${id}`.execute(tx);
}
