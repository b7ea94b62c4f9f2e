import { sql } from 'kysely';
import type { Logger } from 'pino';
import { agreementRow, readDocument } from '../store/agreements.ts';
import type { Database } from '../store/database.ts';
import { defaultAgreement } from '../../utils/domain/default-agreement.ts';
import { insertRows } from '../store/insert-rows.ts';
import { comeIntoForce } from './come-into-force.ts';
import { transact } from '../store/transact.ts';

/**
 * Sees to it that this hub can read the agreement in force. One that a hub of the version before wrote in
 * another shape is kept, and the shipped default comes into force in its place as the next version.
 */
export async function ensureAgreement(
  db: Database,
  workspaceId: string,
  now: Date,
  logger: Pick<Logger, 'warn'>,
): Promise<void> {
  await transact(db, workspaceId, now, async (tx) => {
    const { rows } = await sql<{ version: number; latest: number }>`
      select a.version, (select max(l.version) from agreements l where l.workspace_id = ${workspaceId}) as latest
      from agreements a where a.workspace_id = ${workspaceId} and a.state = 'in-force' for update`.execute(
      tx,
    );
    if (!rows[0]) throw new Error('The workspace has no agreement.');
    const { version: unreadable, latest } = rows[0];
    if (await readDocument(tx, workspaceId, unreadable)) return;
    const version = latest + 1;
    await insertRows(tx, workspaceId, 'agreements', [
      { ...agreementRow(version, defaultAgreement(now), now), based_on: unreadable },
    ]);
    await comeIntoForce(tx, workspaceId, version, now);
    logger.warn(
      { unreadable, version },
      'the agreement has an old shape: the shipped default is in force now',
    );
  });
}
