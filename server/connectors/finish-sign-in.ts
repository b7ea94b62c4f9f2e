import { sql } from 'kysely';
import type { LocalText } from '../../utils/contract/primitives.ts';
import type { Hub } from '../hub.ts';
import { transact } from '../store/transact.ts';
import { checkSettings, installationOf } from './check-settings.ts';
import type { Connector } from './connector.ts';
import { redirectUrlOf } from './describe-connector.ts';
import { failureWords } from './failure-words.ts';
import { takeToken } from './oauth.ts';
import { connectorOf } from './open-source.ts';
import { SourceError } from './source-error.ts';
import { accessToken, openSecrets, sourcePurpose, type StoredToken } from './source-secrets.ts';
import { spendSourceSignIn, workspaceOfState } from './source-sign-ins.ts';
import { lockSource, readSources, type StoredSource, updateSource } from './source-store.ts';

export type SignInOutcome =
  | { kind: 'done'; label: string }
  /** Too late, finished already, or begun by nobody. */
  | { kind: 'over' }
  | { kind: 'failed'; label: string; words: LocalText };

/** Ends a sign-in with what the system sent an administrator back with: keeps the token, and has it used at once. */
export async function finishSourceSignIn(hub: Hub, system: string, search: string): Promise<SignInOutcome> {
  const { secrets, publicUrl } = hub;
  const state = new URLSearchParams(search).get('state') ?? '';
  const workspaceId = workspaceOfState(state);
  const connector = connectorOf(hub, system);
  if (!connector || !secrets || publicUrl === null || workspaceId === null) return { kind: 'over' };
  const db = hub.databaseOf(workspaceId);
  const begun = await spendSourceSignIn(db, { secrets, workspaceId }, { system, state, now: hub.clock() });
  const [source] = begun ? await readSources(db, workspaceId, system) : [];
  if (!begun || !source) return { kind: 'over' };
  const { label } = connector;
  try {
    const client = {
      connector,
      settings: settingsOf(hub, workspaceId, { connector, source }),
      now: hub.sources.time.now,
    };
    const callback = new URL(redirectUrlOf(publicUrl, system) + search);
    const token = await takeToken({ ...client, fetch: hub.sources.fetch }, { ...begun, callback });
    const isKept = await keepToken({ ...hub, workspaceId }, connector, token);
    return isKept ? { kind: 'done', label } : { kind: 'over' };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { kind: 'failed', label, words: failureWords(error) };
  }
}

function settingsOf(
  hub: Hub,
  workspaceId: string,
  { connector, source }: { connector: Connector; source: StoredSource },
): Record<string, unknown> {
  const opened = openSecrets(hub.secrets, workspaceId, source);
  if (!opened) throw new SourceError('sealed');
  return checkSettings(connector, { ...source.settings, ...opened.settings }).parsed;
}

/** Keeps a token, unless the source was removed meanwhile. Of another installation, everything is brought in anew. */
async function keepToken(hub: Hub, connector: Connector, token: StoredToken): Promise<boolean> {
  const { workspaceId } = hub;
  const now = hub.clock();
  const isKept = await transact(hub.databaseOf(workspaceId), workspaceId, now, async (tx) => {
    const source = await lockSource(tx, workspaceId, connector.id);
    if (!source) return false;
    const settings = settingsOf(hub, workspaceId, { connector, source });
    const before = openSecrets(hub.secrets, workspaceId, source)?.token;
    const installation = (of: StoredToken) => installationOf(connector, { settings, token: accessToken(of) });
    const restart = before != null && installation(before) !== installation(token);
    const about = sourcePurpose(workspaceId, connector.id, 'token');
    const sealedToken = hub.secrets!.seal(JSON.stringify(token), about);
    await updateSource(tx, workspaceId, connector.id, { sealedToken }, { now, restart });
    // Whoever is getting another one for the token before must not store it now.
    await sql`
      update sources s set token_lease_until = null
      where s.workspace_id = ${workspaceId} and s.system = ${connector.id}`.execute(tx);
    return true;
  });
  if (isKept) hub.wake();
  return isKept;
}
