import { sql } from 'kysely';
import type { PullName, PullProgress } from '../../utils/contract/source.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { instant } from '../store/json.ts';
import type { Cursor } from './connector.ts';
import type { SourceError, SourceFailure } from './source-error.ts';

/** How far a pull is, as it is stored. */
export interface StoredPull {
  pull: PullName;
  lane: PullProgress['lane'];
  since: string | null;
  cursor: Cursor | null;
  beganAt: string;
  finishedAt: string | null;
  items: number;
  total: number | null;
  skipped: number;
  lastProblem: string | null;
  failure: SourceFailure | null;
  failureDetail: string | null;
  retryAt: string | null;
}

/** The pulls of a source, or of every source. */
export async function readPulls(db: Database, workspaceId: string, system: string): Promise<StoredPull[]> {
  const { rows } = await sql<StoredPull>`
    select p.pull, p.lane, ${instant('p.since')} as since, p.cursor, ${instant('p.began_at')} as "beganAt",
      ${instant('p.finished_at')} as "finishedAt", p.items, p.total, p.skipped, p.last_problem as "lastProblem",
      p.failure, p.failure_detail as "failureDetail", ${instant('p.retry_at')} as "retryAt"
    from source_pulls p where p.workspace_id = ${workspaceId} and p.system = ${system}
    order by p.pull, p.lane`.execute(db);
  return rows;
}

/** Begins pulls, or begins them anew. */
export async function beginPulls(
  tx: WriteTransaction,
  workspaceId: string,
  system: string,
  pulls: readonly Pick<StoredPull, 'pull' | 'lane' | 'since'>[],
  now: Date,
): Promise<void> {
  await sql`
    insert into source_pulls (workspace_id, system, pull, lane, since, began_at)
    select ${workspaceId}::uuid, ${system}, r.pull, r.lane, r.since, ${now.toISOString()}::timestamptz
    from json_populate_recordset(null::source_pulls, ${JSON.stringify(pulls)}::text::json) r
    on conflict (workspace_id, system, pull, lane) do update set since = excluded.since,
      began_at = excluded.began_at, cursor = null, finished_at = null, items = 0, total = null, skipped = 0,
      last_problem = null, failure = null, failure_detail = null, retry_at = null`.execute(tx);
}

/** What a page has changed. */
export interface PullStep {
  cursor: Cursor | null;
  items: number;
  skipped: number;
  lastProblem: string | null;
  total: number | null;
}

/** Notes that a page is stored; the last one ends the pull. */
export async function savePage(
  tx: WriteTransaction,
  workspaceId: string,
  system: string,
  { pull, lane }: Pick<StoredPull, 'pull' | 'lane'>,
  { step: { cursor, items, skipped, lastProblem, total }, now }: { step: PullStep; now: Date },
): Promise<void> {
  const next = cursor === null ? null : JSON.stringify(cursor);
  await sql`
    update source_pulls p set cursor = ${next}::text::json,
      finished_at = case when ${next}::text is null then ${now.toISOString()}::timestamptz end,
      items = p.items + ${items}::int, skipped = p.skipped + ${skipped}::int,
      last_problem = coalesce(${lastProblem}::text, p.last_problem), total = coalesce(${total}::int, p.total),
      failure = null, failure_detail = null, retry_at = null
    where p.workspace_id = ${workspaceId} and p.system = ${system} and p.pull = ${pull} and p.lane = ${lane}`.execute(
    tx,
  );
}

/** Notes what keeps a pull from going on, and when it is tried again. */
export async function savePullFailure(
  tx: WriteTransaction,
  workspaceId: string,
  system: string,
  { pull, lane }: Pick<StoredPull, 'pull' | 'lane'>,
  { error: { failure, detail }, retryAt }: { error: SourceError; retryAt: Date },
): Promise<void> {
  await sql`
    update source_pulls p set failure = ${failure}, failure_detail = ${detail}, retry_at = ${retryAt.toISOString()}
    where p.workspace_id = ${workspaceId} and p.system = ${system} and p.pull = ${pull} and p.lane = ${lane}`.execute(
    tx,
  );
}
