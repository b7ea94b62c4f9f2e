import type { Result } from './failure.ts';
import { notifyPages } from './notify.ts';
import { refreshTokens } from './oauth.ts';
import { connectionItem, type StoredConnection } from './storage.ts';

/** Before a token expires; long enough for clocks that differ and for a slow request. */
const EARLY_MS = 60_000;

/** One at a time: a refresh token is good once, and using it twice would sign the user out. */
let renewing: Promise<Result<string | null>> | null = null;

/** The connection with a token that should still be good. */
export async function currentConnection(): Promise<StoredConnection | null> {
  const connection = await connectionItem.get();
  const expiresAt = connection?.renewal && Date.parse(connection.renewal.expiresAt);
  if (connection?.token == null || expiresAt === undefined || Date.now() < expiresAt - EARLY_MS) {
    return connection;
  }
  await renewConnection(connection.token);
  return connectionItem.get();
}

/**
 * Renews the token that was refused or is about to expire. Resolves with the next one; null when there is
 * none any more, which every page then learns; a failure when the hub cannot be asked now.
 */
export function renewConnection(refused: string): Promise<Result<string | null>> {
  renewing ??= renew(refused).finally(() => (renewing = null));
  return renewing;
}

async function renew(refused: string): Promise<Result<string | null>> {
  const connection = await connectionItem.get();
  // Somebody else has renewed it, or signed in or out, since the request was made.
  if (connection?.token !== refused) return { ok: true, value: connection?.token ?? null };
  const { renewal, ...rest } = connection;
  const granted = renewal && (await refreshTokens(connection.hubUrl, renewal.refreshToken));
  const now = await connectionItem.get();
  if (now?.token !== refused) return { ok: true, value: now?.token ?? null };
  if (granted && !granted.ok && granted.error.kind !== 'signed-out') return granted;
  const next = granted?.ok
    ? { ...now, token: granted.value.token, renewal: granted.value.renewal }
    : { ...rest, token: null };
  await connectionItem.set(next);
  if (next.token === null) notifyPages({ notice: 'connection.changed' });
  return { ok: true, value: next.token };
}
