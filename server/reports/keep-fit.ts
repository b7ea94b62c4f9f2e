import { sql } from 'kysely';
import type { WriteTransaction } from '../store/database.ts';

/**
 * Keeps how well people who were won fit the profile beside what their hand-overs count as. Call it with the people
 * locked, after their qualification or what their hand-overs count as was written. Who was erased keeps theirs.
 */
export async function keepFit(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
): Promise<void> {
  await sql`
    update hand_over_facts f set fit_score = k.fit_score
    from (
      select p.id, q.fit_score from unnest(${personIds}::uuid[]) p (id)
      left join qualifications q on q.workspace_id = ${workspaceId} and q.person_id = p.id
    ) k
    where f.workspace_id = ${workspaceId} and f.person_id = k.id and f.won
      and f.fit_score is distinct from k.fit_score`.execute(tx);
}
