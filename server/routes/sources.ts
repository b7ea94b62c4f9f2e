import type { Source } from '../../utils/contract/source.ts';
import { checkSource } from '../connectors/check-source.ts';
import {
  checkSettings,
  type CheckedSettings,
  installationOf,
  keepSecretsAtHome,
} from '../connectors/check-settings.ts';
import type { Connector } from '../connectors/connector.ts';
import { describeConnector, redirectUrlOf } from '../connectors/describe-connector.ts';
import { signInUrl, signsIn } from '../connectors/oauth.ts';
import { connectorOf } from '../connectors/open-source.ts';
import { sourceJson } from '../connectors/source-json.ts';
import { accessToken, openSecrets, sourcePurpose } from '../connectors/source-secrets.ts';
import { beginSourceSignIn } from '../connectors/source-sign-ins.ts';
import {
  deleteSource,
  insertSource,
  lockSource,
  readSources,
  type StoredSource,
  syncNow,
  updateSealed,
  updateSource,
} from '../connectors/source-store.ts';
import { forgetReceipts } from '../connectors/webhook-receipts.ts';
import { newWebhookSecret } from '../connectors/webhook-address.ts';
import type { Hub } from '../hub.ts';
import { applyDefaultMappings } from '../mapping/default-mappings.ts';
import type { Handlers } from '../operation.ts';
import { ProblemError } from '../problem.ts';
import { requireSecrets } from '../secrets.ts';
import type { Database, WriteTransaction } from '../store/database.ts';

export const sourceHandlers: Pick<
  Handlers,
  | 'connectors'
  | 'sources'
  | 'createSource'
  | 'patchSource'
  | 'deleteSource'
  | 'checkSource'
  | 'syncSource'
  | 'signInToSource'
  | 'rotateSourceSecret'
> = {
  connectors({ hub: { sources, publicUrl } }) {
    const connectors = sources.connectors.map((connector) => describeConnector(connector, publicUrl));
    return Promise.resolve({ connectors });
  },

  async sources({ hub, db, session: { workspaceId } }) {
    const stored = await readSources(db, workspaceId);
    return { sources: await Promise.all(stored.map((source) => sourceJson(hub, db, workspaceId, source))) };
  },

  async createSource({ hub, db, session: { workspaceId }, body: { system, settings }, now }) {
    const connector = connectorOf(hub, system);
    if (!connector) {
      const errors = [{ pointer: '/system', detail: 'is no system that this hub knows' }];
      throw new ProblemError('invalid', 'Wrong in the body; see errors.', errors);
    }
    const { shown, secret } = checkSettings(connector, settings);
    const seal = sealer(hub, workspaceId, system);
    const isNew = await insertSource(
      db,
      workspaceId,
      {
        ...{ system, label: connector.label, settings: shown, enabled: true, sealedToken: null },
        sealedSecrets: seal.secrets(secret),
        sealedWebhookSecret: connector.webhook ? seal.webhook() : null,
      },
      now,
    );
    if (!isNew)
      throw new ProblemError('conflict', `${connector.label} is a source already; change that one.`);
    await applyDefaultMappings(db, workspaceId, connector);
    return existing(hub, db, workspaceId, system);
  },

  async patchSource({ hub, db, session: { workspaceId }, params: { system }, body, now }) {
    const source = await locked(db, workspaceId, system);
    const { settings, enabled, writesFeedback } = body;
    const changed = settings && changedSettings(hub, workspaceId, source, settings);
    const fields = {
      ...(enabled !== undefined && { enabled }),
      ...(writesFeedback !== undefined && { writesFeedback }),
      ...changed?.fields,
    };
    await updateSource(db, workspaceId, system, fields, { now, restart: changed?.restart === true });
    return existing(hub, db, workspaceId, system);
  },

  async deleteSource({ db, session: { workspaceId }, params: { system } }) {
    await locked(db, workspaceId, system);
    await forgetReceipts(db, workspaceId, { system });
    await deleteSource(db, workspaceId, system);
    return undefined;
  },

  async checkSource({ hub, db, session: { workspaceId }, params: { system } }) {
    const [source] = await readSources(db, workspaceId, system);
    if (!source) throw unknown();
    const findings = await checkSource({ ...hub, workspaceId }, connectorFor(hub, system), source);
    return { findings };
  },

  async syncSource({ hub, db, session: { workspaceId }, params: { system }, now }) {
    const { enabled } = await locked(db, workspaceId, system);
    if (!enabled) throw new ProblemError('conflict', 'This source is switched off.');
    await syncNow(db, workspaceId, system, now);
    return existing(hub, db, workspaceId, system);
  },

  async signInToSource({ hub, db, session: { workspaceId, user }, params: { system }, now }) {
    const source = await locked(db, workspaceId, system);
    const connector = connectorFor(hub, system);
    const secrets = requireSecrets(hub.secrets);
    const opened = openSecrets(secrets, workspaceId, source);
    const { parsed: settings } = checkSettings(connector, { ...source.settings, ...opened?.settings });
    if (!signsIn(connector, settings))
      throw new ProblemError(
        'conflict',
        `For ${connector.label} the settings hold a key: no sign-in is needed.`,
      );
    if (hub.publicUrl === null) {
      throw new ProblemError(
        'conflict',
        'The hub does not know the address at which browsers reach it. Whoever runs it sets TANDEM_PUBLIC_URL.',
      );
    }
    const begun = await beginSourceSignIn(db, { secrets, workspaceId }, { system, userId: user.id, now });
    const client = { connector, settings, fetch: hub.sources.fetch, now: hub.sources.time.now };
    const redirectUrl = redirectUrlOf(hub.publicUrl, system);
    return { url: await signInUrl(client, { ...begun, redirectUrl }) };
  },

  async rotateSourceSecret({ hub, db, session: { workspaceId }, params: { system } }) {
    await locked(db, workspaceId, system);
    const { webhook, label } = connectorFor(hub, system);
    if (!webhook) throw new ProblemError('conflict', `${label} sends no webhooks.`);
    const sealedWebhookSecret = sealer(hub, workspaceId, system).webhook();
    await updateSealed(db, workspaceId, system, { sealedWebhookSecret });
    return existing(hub, db, workspaceId, system);
  },
};

/** What a change of settings stores. Those that are not named stay; but secrets do not go to another address. */
function changedSettings(
  hub: Hub,
  workspaceId: string,
  source: StoredSource,
  given: StoredSource['settings'],
): { fields: Parameters<typeof updateSource>[3]; restart: boolean } {
  const { system } = source;
  const connector = connectorFor(hub, system);
  const opened = openSecrets(hub.secrets, workspaceId, source);
  const before = { ...source.settings, ...opened?.settings };
  const checked = checkSettings(connector, { ...before, ...given });
  const token = opened?.token ? accessToken(opened.token) : null;
  const was = { settings: parsedBefore(connector, before), token };
  const kept = Object.keys(checked.secret).filter((name) => given[name] === undefined);
  keepSecretsAtHome(connector, { before: was, after: { settings: checked.parsed, token }, kept });
  const isSameClient = sameClient(connector, was.settings, checked);
  const restart =
    installationOf(connector, was) !== installationOf(connector, { settings: checked.parsed, token });
  return {
    fields: {
      settings: checked.shown,
      sealedSecrets: sealer(hub, workspaceId, system).secrets(checked.secret),
      // It was given to another client.
      ...(!isSameClient && { sealedToken: null }),
    },
    restart,
  };
}

function sameClient(
  connector: Connector,
  before: Record<string, unknown>,
  { parsed }: CheckedSettings,
): boolean {
  const clientOf = (settings: Record<string, unknown>) =>
    signsIn(connector, settings) ? settings['clientId'] : null;
  return clientOf(before) === clientOf(parsed);
}

/** As the connector takes them, as far as it still does. */
const parsedBefore = ({ settings }: Connector, before: Record<string, unknown>): Record<string, unknown> =>
  settings.safeParse(before).data ?? before;

function sealer(hub: Hub, workspaceId: string, system: string) {
  const seal = (text: string, what: Parameters<typeof sourcePurpose>[2]) =>
    requireSecrets(hub.secrets).seal(text, sourcePurpose(workspaceId, system, what));
  return {
    secrets: (values: Record<string, string>) =>
      Object.keys(values).length === 0 ? null : seal(JSON.stringify(values), 'secrets'),
    webhook: () => seal(newWebhookSecret(), 'webhook'),
  };
}

async function locked(db: WriteTransaction, workspaceId: string, system: string): Promise<StoredSource> {
  const source = await lockSource(db, workspaceId, system);
  if (!source) throw unknown();
  return source;
}

async function existing(hub: Hub, db: Database, workspaceId: string, system: string): Promise<Source> {
  const [source] = await readSources(db, workspaceId, system);
  if (!source) throw unknown();
  return sourceJson(hub, db, workspaceId, source);
}

function connectorFor(hub: Hub, system: string): Connector {
  const connector = connectorOf(hub, system);
  if (connector) return connector;
  throw new ProblemError(
    'conflict',
    'This hub does not know the system any more; all you can do is remove it.',
  );
}

const unknown = () => new ProblemError('not-found', 'There is no such source, or not any more.');
