import { sql } from 'kysely';
import { type Adapter, type AdapterFactory, type AdapterPayload, errors } from 'oidc-provider';
import { hashOf } from '../auth/tokens.ts';
import type { Hub } from '../hub.ts';
import { endSessions } from './sessions.ts';

/**
 * Where the OAuth server keeps what it issues. The database knows each by the SHA-256 of what the client
 * holds, so a copy of it signs nobody in. A grant's id is the session's: to revoke one ends the other.
 */
export function createOAuthAdapter(hub: Hub): AdapterFactory {
  const { workspaceId } = hub;
  return (model): Adapter => ({
    async upsert(id, { jti: _id, ...payload }, expiresIn = 0) {
      const expires = new Date(hub.clock().getTime() + expiresIn * 1000).toISOString();
      const session = model === 'Grant' ? id : (payload.grantId ?? null);
      await sql`
        insert into oauth_records (workspace_id, hash, model, payload, session_id, expires_at)
        values (${workspaceId}, ${hashOf(id)}, ${model}, ${JSON.stringify(payload)}::text::json,
          ${session}, ${expires})
        on conflict (workspace_id, hash) do update
          set payload = excluded.payload, expires_at = excluded.expires_at`.execute(
        hub.databaseOf(workspaceId),
      );
    },

    async find(id) {
      const { rows } = await sql<{ payload: AdapterPayload; consumed: Date | null }>`
        select o.payload, o.consumed_at as consumed from oauth_records o
        where o.workspace_id = ${workspaceId} and o.hash = ${hashOf(id)} and o.model = ${model}
          and o.expires_at > ${hub.clock().toISOString()}`.execute(hub.databaseOf(workspaceId));
      const found = rows[0];
      return found && { ...found.payload, jti: id, ...(found.consumed && { consumed: true }) };
    },

    // By one statement: of two who redeem the same code or refresh token at once, one is a thief.
    async consume(id) {
      const result = await sql`
        update oauth_records o set consumed_at = ${hub.clock().toISOString()}
        where o.workspace_id = ${workspaceId} and o.hash = ${hashOf(id)} and o.model = ${model}
          and o.consumed_at is null`.execute(hub.databaseOf(workspaceId));
      if (Number(result.numAffectedRows ?? 0) === 0) throw new errors.InvalidGrant('used at the same moment');
    },

    async destroy(id) {
      await sql`
        delete from oauth_records o
        where o.workspace_id = ${workspaceId} and o.hash = ${hashOf(id)} and o.model = ${model}`.execute(
        hub.databaseOf(workspaceId),
      );
    },

    async revokeByGrantId(grantId) {
      await endSessions(hub.databaseOf(workspaceId), workspaceId, { id: grantId }, hub.clock());
    },

    // Of flows we do not offer, and of browser sessions, which we do not keep.
    findByUserCode: () => Promise.resolve(undefined),
    findByUid: () => Promise.resolve(undefined),
  });
}
