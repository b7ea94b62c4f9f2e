import { sql } from 'kysely';
import type { Hub } from '../hub.ts';
import { requireSecrets } from '../secrets.ts';
import type { AccessToken, Connector } from './connector.ts';
import { SignInOverError, takeFreshToken } from './oauth.ts';
import type { RefreshToken } from './source-access.ts';
import { SourceError } from './source-error.ts';
import { accessToken, openSecrets, sourcePurpose } from './source-secrets.ts';
import { readSources } from './source-store.ts';

/** Longer than a system may take to answer. */
const LEASE_MS = 60_000;
const LOOK_AGAIN_MS = 200;

/**
 * Gets another token of a source's sign-in, and keeps it. One hub at a time does so, for a refresh token may be good for
 * one use only; the others wait for what it gets. The turn is a row's, not a transaction's: an open transaction would
 * keep everybody else from an embedded database as long as the system takes to answer.
 */
export const refreshToken: RefreshToken = async (hub, connector, stale) => {
  for (;;) {
    const lease = await takeLease(hub, connector.id);
    if (lease !== null) return replaceToken(hub, connector, { stale, lease });
    await hub.sources.time.sleep(LOOK_AGAIN_MS, hub.stopping);
  }
};

/** Until when nobody else may get a token; null when somebody is at it. It also tells turns apart. */
async function takeLease(hub: Hub, system: string): Promise<string | null> {
  const now = hub.sources.time.now();
  const until = new Date(now.getTime() + LEASE_MS).toISOString();
  const { numAffectedRows } = await sql`
    update sources s set token_lease_until = ${until}
    where s.workspace_id = ${hub.workspaceId} and s.system = ${system}
      and (s.token_lease_until is null or s.token_lease_until <= ${now.toISOString()})`.execute(
    hub.databaseOf(hub.workspaceId),
  );
  return numAffectedRows === 1n ? until : null;
}

async function replaceToken(
  hub: Hub,
  connector: Connector,
  { stale, lease }: { stale: AccessToken; lease: string },
): Promise<AccessToken> {
  const { fetch, time } = hub.sources;
  let kept: string | null | undefined;
  try {
    // Read now, and not before: whoever had the turn before us may have replaced it.
    const { token, settings } = await readSignIn(hub, connector);
    if (token.accessToken !== stale.accessToken) return accessToken(token);
    const fresh = await takeFreshToken({ connector, settings, fetch, now: time.now }, token);
    const about = sourcePurpose(hub.workspaceId, connector.id, 'token');
    kept = requireSecrets(hub.secrets).seal(JSON.stringify(fresh), about);
    return accessToken(fresh);
  } catch (error) {
    // A token that is over is kept no longer: so an administrator sees that somebody has to sign in.
    if (error instanceof SignInOverError) kept = null;
    throw error;
  } finally {
    await endLease(hub, connector.id, lease, kept);
  }
}

async function readSignIn(hub: Hub, { id }: Connector) {
  const [source] = await readSources(hub.databaseOf(hub.workspaceId), hub.workspaceId, id);
  if (!source) throw new SourceError('signed-out');
  const opened = openSecrets(hub.secrets, hub.workspaceId, source);
  if (!opened) throw new SourceError('sealed');
  if (!opened.token) throw new SourceError('signed-out');
  return { token: opened.token, settings: { ...source.settings, ...opened.settings } };
}

/** Stores the sealed token, or that there is none; undefined leaves it. Not if somebody has signed in meanwhile. */
async function endLease(hub: Hub, system: string, lease: string, token: string | null | undefined) {
  await sql`
    update sources s set token_lease_until = null,
      token = case when ${token === undefined}::boolean then s.token else ${token ?? null}::text end
    where s.workspace_id = ${hub.workspaceId} and s.system = ${system}
      and s.token_lease_until = ${lease}`.execute(hub.databaseOf(hub.workspaceId));
}
