import { sql } from 'kysely';
import type { Agreement } from '../../utils/contract/agreement.ts';
import { cutoffRank } from '../../utils/domain/tiers.ts';
import type { WriteTransaction } from '../store/database.ts';

const MINUTE_MS = 60_000;

/**
 * Brings the cutoffs of the tiers up to date when some figure has changed since, at most once a minute: one
 * lead more or less hardly moves a rank.
 */
export async function refreshTiers(
  tx: WriteTransaction,
  workspaceId: string,
  shares: Agreement['tiers'],
  now: Date,
): Promise<void> {
  const { rows } = await sql<{ population: number }>`
    select count(*)::int as population from qualifications q
    where q.workspace_id = ${workspaceId}
      and not exists (
        select 1 from tier_cutoffs k where k.workspace_id = ${workspaceId} and (
          k.as_of > ${new Date(now.getTime() - MINUTE_MS).toISOString()}::timestamptz
          or not exists (
            select 1 from qualifications c where c.workspace_id = ${workspaceId} and c.evaluated_at >= k.as_of)))`.execute(
    tx,
  );
  const population = rows[0]?.population ?? 0;
  if (population === 0) return;
  const ranks = shares.map((share) => cutoffRank(share, population) ?? 0);
  await sql`
    insert into tier_cutoffs (workspace_id, fit, engagement, population, as_of)
    values (${workspaceId}, ${figuresAt('fit_score', workspaceId, ranks)},
      ${figuresAt('engagement_level', workspaceId, ranks)}, ${population}, ${now.toISOString()})
    on conflict (workspace_id) do update
      set fit = excluded.fit, engagement = excluded.engagement, population = excluded.population,
        as_of = excluded.as_of`.execute(tx);
}

/** The figures at these ranks, read by the column's index; null where nobody has one. */
const figuresAt = (column: string, workspaceId: string, ranks: readonly number[]) => sql`array(
  select (
    select ${sql.ref(`q.${column}`)} from qualifications q
    where q.workspace_id = ${workspaceId} order by ${sql.ref(`q.${column}`)} desc nulls last
    limit 1 offset r.rank
  ) from unnest(${ranks}::int[]) with ordinality r (rank, ord) order by r.ord)`;
