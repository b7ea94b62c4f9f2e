import { sql } from 'kysely';
import type { Agreement } from '../../utils/contract/agreement.ts';
import { cutoffRank } from '../../utils/domain/tiers.ts';
import type { WriteTransaction } from '../store/database.ts';

const MINUTE_MS = 60_000;

/** The figures tiers are made of, and the index each is read by. */
const AXES = { fit: 'fit_score', engagement: 'engagement_level' } as const;

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
  const fit = await cutoffs(tx, workspaceId, AXES.fit, ranks);
  const engagement = await cutoffs(tx, workspaceId, AXES.engagement, ranks);
  await sql`
    insert into tier_cutoffs (workspace_id, fit, engagement, population, as_of)
    values (${workspaceId}, ${fit}::float8[], ${engagement}::float8[], ${population}, ${now.toISOString()})
    on conflict (workspace_id) do update
      set fit = excluded.fit, engagement = excluded.engagement, population = excluded.population,
        as_of = excluded.as_of`.execute(tx);
}

/** The figures at these ranks; where nobody has one, whatever somebody has is enough. */
async function cutoffs(
  tx: WriteTransaction,
  workspaceId: string,
  column: (typeof AXES)[keyof typeof AXES],
  ranks: readonly number[],
): Promise<(number | null)[]> {
  const figure = sql.ref(`q.${column}`);
  return Promise.all(
    ranks.map(async (rank) => {
      const { rows } = await sql<{ figure: number | null }>`
        select ${figure} as figure from qualifications q
        where q.workspace_id = ${workspaceId} order by ${figure} desc nulls last
        limit 1 offset ${rank}`.execute(tx);
      return rows[0]?.figure ?? null;
    }),
  );
}
