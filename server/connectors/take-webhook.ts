import type { Hub } from '../hub.ts';
import { logFailure } from '../log-failure.ts';
import { transact } from '../store/transact.ts';
import { retrying } from '../store/retrying.ts';
import type { AccessToken, Connector } from './connector.ts';
import { equalSecrets } from './equal-secrets.ts';
import { connectorOf } from './open-source.ts';
import { SourceError } from './source-error.ts';
import { accessToken, openSecrets } from './source-secrets.ts';
import { countRefused, readSources, type StoredSource } from './source-store.ts';
import { takeReceipt } from './webhook-receipts.ts';
import { storeNews } from './store-news.ts';
import { openWebhookSecret } from './webhook-address.ts';
import type { WebhookNews, WebhookRequest } from './webhook.ts';

/** What became of a webhook. */
export type WebhookOutcome =
  /** Stored, or noted as to be pulled. */
  | 'taken'
  /** It had come before. */
  | 'repeated'
  /** Whoever sent it could not prove to be the system. */
  | 'refused'
  /** It is the system's, but not as its description says. */
  | 'unreadable'
  /** The hub cannot check it for now: its own key is gone. */
  | 'unavailable'
  /** There is no such source, or it is switched off. */
  | 'unknown';

/**
 * Checks a webhook and stores what it brings, or has it pulled at once. A second delivery has no effect.
 *
 * @param given the secret at the end of the address, if there is one.
 */
export async function takeWebhook(
  hub: Hub,
  system: string,
  { request, given }: { request: WebhookRequest; given: string | undefined },
): Promise<WebhookOutcome> {
  const { workspaceId } = hub;
  const db = hub.databaseOf(workspaceId);
  const connector = connectorOf(hub, system);
  const [source] = connector?.webhook ? await readSources(db, workspaceId, system) : [];
  if (!connector?.webhook || !source?.enabled) return 'unknown';
  const { webhook } = connector;
  const now = hub.clock();
  const keys = openKeys(hub, { connector, source });
  if (!keys) return 'unavailable';
  const { settings, secret, token } = keys;
  const isGenuine =
    (!webhook.secretInAddress || equalSecrets(given ?? '', secret)) &&
    verifies(hub, () => webhook.verify(request, { settings, secret, now }));
  if (!isGenuine) {
    await transact(db, workspaceId, now, (tx) => countRefused(tx, workspaceId, system));
    return 'refused';
  }
  const replayKey = webhook.replayKey(request);
  let news: WebhookNews;
  try {
    news = webhook.read(request, settings);
  } catch (error) {
    if (error instanceof SourceError) return 'unreadable';
    throw error;
  }
  const store = () =>
    transact(db, workspaceId, now, async (tx) => {
      if (replayKey !== null && !(await takeReceipt(tx, workspaceId, { system, replayKey, now })))
        return false;
      await storeNews(tx, { workspaceId, system, tenant: connector.tenant(settings, token) }, news, now);
      return true;
    });
  const isNew = await retrying(store, { repeatable: true });
  if (isNew) hub.wake();
  return isNew ? 'taken' : 'repeated';
}

/** Anybody may send anything: what a connector stumbles over is no proof. */
function verifies({ logger }: Hub, verify: () => boolean): boolean {
  try {
    return verify();
  } catch (error) {
    logFailure(logger, error, 'webhook not checked');
    return false;
  }
}

/** What its webhooks are checked with; null when the hub's own key is gone. */
function openKeys(
  { secrets, workspaceId }: Hub,
  { connector, source }: { connector: Connector; source: StoredSource },
): { settings: Record<string, unknown>; secret: string; token: AccessToken | null } | null {
  const opened = openSecrets(secrets, workspaceId, source);
  const secret = opened && openWebhookSecret(secrets, workspaceId, source);
  if (!opened || secret === null) return null;
  const settings = connector.settings.safeParse({ ...source.settings, ...opened.settings });
  const token = opened.token && accessToken(opened.token);
  return settings.success ? { settings: settings.data, secret, token } : null;
}
