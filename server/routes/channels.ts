import { v7 as uuid } from 'uuid';
import type { Channel, ChannelKind } from '../../utils/contract/channel.ts';
import { channelPurpose, type ChannelSecret, newSecret } from '../deliveries/channel-secrets.ts';
import {
  attemptJson,
  channelJson,
  deleteChannel,
  insertChannel,
  lockChannel,
  readChannels,
  type StoredChannel,
  updateChannel,
  updateSecrets,
} from '../deliveries/channel-store.ts';
import { readDeliveries, reviveDelivery } from '../deliveries/delivery-store.ts';
import { send } from '../deliveries/send.ts';
import type { Hub } from '../hub.ts';
import type { Handlers } from '../operation.ts';
import { ProblemError } from '../problem.ts';
import { requireSecrets } from '../secrets.ts';
import type { Database } from '../store/database.ts';

/** So long receivers may go on checking with the secret before. */
const ROTATION_MS = 24 * 60 * 60_000;

export const channelHandlers: Pick<
  Handlers,
  | 'channels'
  | 'createChannel'
  | 'patchChannel'
  | 'deleteChannel'
  | 'rotateChannelSecret'
  | 'testChannel'
  | 'deliveries'
  | 'retryDelivery'
> = {
  async channels({ db, session: { workspaceId }, now }) {
    const stored = await readChannels(db, workspaceId);
    return { channels: stored.map((channel) => channelJson(channel, now)) };
  },

  async createChannel({ hub, db, session: { workspaceId }, body, now }) {
    const { kind, name, url, language } = body;
    const id = uuid();
    const seal = sealer(hub, workspaceId, id);
    const host = hostOf(kind, url);
    const secret = kind === 'webhook' ? newSecret() : null;
    const channel = {
      ...{ id, kind, name, host, language, events: [...new Set(body.events)] },
      // A chat message without the name helps nobody: there it is always said.
      includePersonalData: kind !== 'webhook' || body.includePersonalData,
      sealedTarget: seal(url, 'target'),
      sealedSecret: secret === null ? null : seal(secret, 'secret'),
    };
    await insertChannel(db, workspaceId, channel, now);
    return { channel: await existing(db, workspaceId, id, now), secret };
  },

  async patchChannel({ hub, db, session: { workspaceId }, params: { id }, body, now }) {
    const { url, events, includePersonalData, ...rest } = body;
    const { kind } = await locked(db, workspaceId, id);
    await updateChannel(db, workspaceId, id, {
      ...given(rest),
      ...(events && { events: [...new Set(events)] }),
      ...(includePersonalData !== undefined && kind === 'webhook' && { includePersonalData }),
      ...(url !== undefined && {
        host: hostOf(kind, url),
        sealedTarget: sealer(hub, workspaceId, id)(url, 'target'),
      }),
    });
    return existing(db, workspaceId, id, now);
  },

  async deleteChannel({ db, session: { workspaceId }, params: { id } }) {
    await locked(db, workspaceId, id);
    await deleteChannel(db, workspaceId, id);
    return undefined;
  },

  async rotateChannelSecret({ hub, db, session: { workspaceId }, params: { id }, now }) {
    const channel = await locked(db, workspaceId, id);
    if (channel.kind !== 'webhook') throw new ProblemError('conflict', 'A chat has no secret to rotate.');
    const secret = newSecret();
    await updateSecrets(db, workspaceId, {
      ...channel,
      sealedSecret: sealer(hub, workspaceId, id)(secret, 'secret'),
      sealedPreviousSecret: channel.sealedSecret,
      previousSecretUntil: new Date(now.getTime() + ROTATION_MS).toISOString(),
    });
    return { channel: await existing(db, workspaceId, id, now), secret };
  },

  async testChannel({ hub, db, session: { workspaceId }, params: { id }, now }) {
    requireSecrets(hub.secrets);
    const [channel] = await readChannels(db, workspaceId, id);
    if (!channel) throw unknown('channel');
    const outgoing = { id: `msg_${uuid()}`, at: now.toISOString(), story: null };
    const { outcome, httpStatus } = await send(hub, db, workspaceId, channel, outgoing);
    const tried = attemptJson(now.toISOString(), outcome, httpStatus);
    if (!tried) throw new Error('An attempt has an outcome.');
    return tried;
  },

  async deliveries({ db, session: { workspaceId }, query: { state } }) {
    return { deliveries: await readDeliveries(db, workspaceId, { state }) };
  },

  async retryDelivery({ db, session: { workspaceId }, params: { id }, now }) {
    const revived = await reviveDelivery(db, workspaceId, id, now);
    const [delivery] = await readDeliveries(db, workspaceId, { id });
    if (!delivery) throw unknown('delivery');
    if (!revived)
      throw new ProblemError('conflict', 'This was not given up, so there is nothing to try again.');
    return delivery;
  },
};

async function locked(
  db: Parameters<typeof lockChannel>[0],
  workspaceId: string,
  id: string,
): Promise<StoredChannel> {
  const channel = await lockChannel(db, workspaceId, id);
  if (!channel) throw unknown('channel');
  return channel;
}

async function existing(db: Database, workspaceId: string, id: string, now: Date): Promise<Channel> {
  const [channel] = await readChannels(db, workspaceId, id);
  if (!channel) throw unknown('channel');
  return channelJson(channel, now);
}

function sealer({ secrets }: Hub, workspaceId: string, id: string) {
  const kept = requireSecrets(secrets);
  return (text: string, what: ChannelSecret) => kept.seal(text, channelPurpose(workspaceId, id, what));
}

/** Whether an address may be sent to is decided when it is: names change what they stand for. */
function hostOf(kind: ChannelKind, text: string): string {
  const url = new URL(text);
  const wrong = (detail: string) =>
    new ProblemError('invalid', 'Wrong in the body; see errors.', [{ pointer: '/url', detail }]);
  if (url.username !== '' || url.password !== '') throw wrong('must not hold a user name or a password');
  if (kind !== 'webhook' && url.protocol !== 'https:' && !isLocal(url))
    throw wrong('must begin with https://');
  return url.host;
}

/** For trying things out. */
const isLocal = ({ hostname }: URL) => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

const unknown = (what: string) => new ProblemError('not-found', `There is no such ${what}, or not any more.`);

/** Without the fields that are not there. */
function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
