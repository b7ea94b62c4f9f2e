import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { LocalText } from '../../utils/contract/primitives.ts';
import type { TouchpointKind } from '../../utils/contract/touchpoint.ts';
import { noteChanges } from '../live/changes.ts';
import { markEveryoneDue } from '../qualification/mark-due.ts';
import type { WriteTransaction } from '../store/database.ts';
import { PULLS } from './connector.ts';
import { failureWords } from './failure-words.ts';
import { readPulls, type StoredPull } from './pull-store.ts';
import { readSources, type StoredSource } from './source-store.ts';

/** What is wrong with a source: with all of it, or with the first of its pulls that something is wrong with. */
export function problemOf(
  { failure, failureDetail: detail }: Pick<StoredSource, 'failure' | 'failureDetail'>,
  pulls: readonly StoredPull[],
): LocalText | null {
  if (failure) return failureWords({ failure, detail });
  for (const name of PULLS) {
    const failed = pulls.find(({ pull, failure }) => pull === name && failure !== null);
    if (failed?.failure)
      return failureWords({ failure: failed.failure, detail: failed.failureDetail, pull: name });
  }
  return null;
}

/** Brings up to date what everybody sees of a source: how fresh it is, and what is wrong. */
export async function writeStatus(
  tx: WriteTransaction,
  workspaceId: string,
  system: string,
  now: Date,
): Promise<void> {
  const [source] = await readSources(tx, workspaceId, system);
  if (!source) return;
  const problem = problemOf(source, await readPulls(tx, workspaceId, system));
  const { rows } = await sql<{ problem: LocalText | string | null }>`
    select s.problem from source_status s
    where s.workspace_id = ${workspaceId} and s.system = ${system} for update`.execute(tx);
  const before = rows[0]?.problem ?? null;
  await sql`
    update source_status s set last_success_at = ${source.lastSuccessAt}::timestamptz,
      problem = ${problem && JSON.stringify(problem)}::text::json
    where s.workspace_id = ${workspaceId} and s.system = ${system}`.execute(tx);
  if (isDeepStrictEqual(problem, before)) return;
  noteChanges(tx, 'sources', 'any');
  // What a silent source would know is unknown. One that only asks for patience is not silent.
  const isWaiting = source.failure === 'rate-limited';
  if ((problem === null) !== (before === null) && !isWaiting) await markEveryoneDue(tx, workspaceId, now);
}

/** Remembers that a source delivers touchpoints of these kinds. */
export async function addKinds(
  tx: WriteTransaction,
  workspaceId: string,
  system: string,
  kinds: readonly TouchpointKind[],
): Promise<void> {
  if (kinds.length === 0) return;
  await sql`
    update source_status s set kinds = array(
      select distinct k from unnest(coalesce(s.kinds, '{}'::text[]) || ${[...new Set(kinds)]}::text[]) k order by k)
    where s.workspace_id = ${workspaceId} and s.system = ${system}
      and not coalesce(s.kinds @> ${[...new Set(kinds)]}::text[], false)`.execute(tx);
}
