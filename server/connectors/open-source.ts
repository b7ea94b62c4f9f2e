import type { Hub } from '../hub.ts';
import type { AccessToken, Connector } from './connector.ts';
import { type CountingIo, createSourceIo } from './create-request.ts';
import { signsIn } from './oauth.ts';
import type { SourceFetch } from './source-fetch.ts';
import { accessToken, openSecrets } from './source-secrets.ts';
import { SourceError } from './source-error.ts';
import type { StoredSource } from './source-store.ts';

/** A source that can be talked to. */
export interface OpenSource {
  connector: Connector;
  /** Which installation; see `Connector.tenant`. */
  tenant: string | undefined;
  io: CountingIo;
}

/** The connector of a source; undefined once a newer hub has left it out. */
export const connectorOf = (hub: Hub, system: string): Connector | undefined =>
  hub.sources.connectors.find(({ id }) => id === system);

/**
 * Opens a stored source's secrets and makes what its connector works with.
 *
 * @throws SourceError `sealed` when the hub cannot open them, `signed-out` when nobody has signed it in yet.
 */
export function openSource(
  hub: Hub,
  connector: Connector,
  source: StoredSource,
  { signal, fetch }: { signal?: AbortSignal; fetch?: SourceFetch } = {},
): OpenSource {
  const opened = openSecrets(hub.secrets, hub.workspaceId, source);
  if (!opened) throw new SourceError('sealed');
  const settings = connector.settings.safeParse({ ...source.settings, ...opened.settings });
  if (!settings.success) throw new SourceError('rejected', { detail: 'settings' });
  if (signsIn(connector, settings.data) && !opened.token) throw new SourceError('signed-out');
  const token = opened.token && accessToken(opened.token);
  return openIo(hub, connector, { settings: settings.data, token, signal, fetch });
}

/** The same for settings that are not stored yet. */
export function openIo(
  hub: Hub,
  connector: Connector,
  {
    settings,
    token,
    signal,
    fetch = hub.sources.fetch,
  }: {
    settings: Record<string, unknown>;
    token: AccessToken | null;
    signal?: AbortSignal | undefined;
    fetch?: SourceFetch | undefined;
  },
): OpenSource {
  const { time, refreshToken, paceOf } = hub.sources;
  const io = createSourceIo({
    ...{ connector, settings, token, fetch, time, signal },
    pace: paceOf(hub.workspaceId, connector.id),
    refreshToken: (stale) => refreshToken(hub, connector, stale),
  });
  return { connector, tenant: connector.tenant(settings, token), io };
}
