import { sql } from 'kysely';
import type { MySettings } from '../../utils/contract/channel.ts';
import type { Handlers } from '../operation.ts';
import type { Database } from '../store/database.ts';

export const mySettingsHandlers: Pick<Handlers, 'mySettings' | 'patchMySettings'> = {
  mySettings: ({ db, session }) => readSettings(db, session.workspaceId, session.user.id),

  async patchMySettings({ db, session: { workspaceId, user }, body: { digest, language } }) {
    await sql`
      update users u set digest = coalesce(${digest ?? null}::boolean, u.digest),
        language = coalesce(${language ?? null}::text, u.language)
      where u.workspace_id = ${workspaceId} and u.id = ${user.id}`.execute(db);
    return readSettings(db, workspaceId, user.id);
  },
};

async function readSettings(db: Database, workspaceId: string, userId: string): Promise<MySettings> {
  const { rows } = await sql<MySettings>`
    select u.digest, u.language from users u
    where u.workspace_id = ${workspaceId} and u.id = ${userId}`.execute(db);
  if (!rows[0]) throw new Error('The user is gone.');
  return rows[0];
}
