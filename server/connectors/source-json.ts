import type { PullProgress, Source } from '../../utils/contract/source.ts';
import type { Hub } from '../hub.ts';
import type { Database } from '../store/database.ts';
import type { Connector } from './connector.ts';
import { secretNames } from './describe-connector.ts';
import { countUnmapped } from './count-unmapped.ts';
import { signsIn } from './oauth.ts';
import { connectorOf } from './open-source.ts';
import { readPulls, type StoredPull } from './pull-store.ts';
import { openSecrets } from './source-secrets.ts';
import { problemOf } from './source-status.ts';
import type { StoredSource } from './source-store.ts';
import { openWebhookSecret, webhookUrl } from './webhook-address.ts';

/** What an administrator sees of a source: nothing secret but what is to be entered at the system. */
export async function sourceJson(
  hub: Hub,
  db: Database,
  workspaceId: string,
  source: StoredSource,
): Promise<Source> {
  const { system, settings, enabled, writesFeedback, createdAt, lastSuccessAt, dueAt } = source;
  const connector = connectorOf(hub, system);
  const pulls = await readPulls(db, workspaceId, system);
  const state = stateOf(source, pulls);
  const opened = openSecrets(hub.secrets, workspaceId, source);
  const isSignedIn =
    connector && signsIn(connector, { ...settings, ...opened?.settings })
      ? source.sealedToken !== null
      : null;
  const problem = problemOf(source, pulls);
  const webhook = connector && webhookOf(hub, workspaceId, { connector, source });
  return {
    ...{ system, label: connector?.label ?? system, settings, enabled, createdAt, state, lastSuccessAt },
    writesFeedback,
    // Those whose key is gone are set, too: entered anew they are good again.
    secrets: opened ? Object.keys(opened.settings) : connector ? secretNames(connector) : [],
    signedIn: isSignedIn,
    progress: pulls.map(progressOf),
    completeSince: completeSince(pulls),
    ...(enabled && { nextRunAt: dueAt }),
    ...(problem && { problem }),
    ...(webhook && { webhook }),
    unmapped: await countUnmapped(db, workspaceId, system),
  };
}

function stateOf({ enabled, failure }: StoredSource, pulls: readonly StoredPull[]): Source['state'] {
  if (!enabled) return 'disabled';
  if (failure !== null) return failure === 'rate-limited' ? 'waiting' : 'failed';
  if (pulls.length === 0) return 'new';
  // One kind that may not be read does not keep the others from coming in; `problem` says which.
  if (pulls.every((pull) => pull.failure !== null)) return 'failed';
  return pulls.some(({ finishedAt }) => finishedAt === null) ? 'syncing' : 'ready';
}

const progressOf = ({ total, lastProblem, finishedAt, ...pull }: StoredPull): PullProgress => ({
  ...{ pull: pull.pull, lane: pull.lane, items: pull.items, skipped: pull.skipped },
  ...(total !== null && { total }),
  ...(lastProblem !== null && { lastProblem }),
  ...(finishedAt !== null && { finishedAt }),
});

/** When the last of what there was had come in. */
function completeSince(pulls: readonly StoredPull[]): string | null {
  const ends = pulls.flatMap(({ lane, finishedAt }) => (lane === 'history' ? [finishedAt] : []));
  return ends.includes(null) ? null : (ends.toSorted().at(-1) ?? null);
}

/** Undefined where there is none, the hub does not know its address, or the key of the secret is gone. */
function webhookOf(
  { publicUrl, secrets }: Hub,
  workspaceId: string,
  { connector, source }: { connector: Connector; source: StoredSource },
): Source['webhook'] {
  const { system, refused } = source;
  const { webhook } = connector;
  const secret = openWebhookSecret(secrets, workspaceId, source);
  if (!webhook || secret === null || publicUrl === null) return undefined;
  return { url: webhookUrl(publicUrl, { system, webhook, secret }), secret, refused };
}
