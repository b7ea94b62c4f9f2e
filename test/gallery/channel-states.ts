import type { Attempt, Channel, ChannelPatch, Delivery, NewChannel } from '../../utils/contract/channel.ts';
import type { RequestOf, ResponseOf } from '../../utils/extension/messages.ts';
import { fixtureId, rep } from '../fixtures/lead-context.ts';
import type { World } from './fake-background.ts';
import { ago, hubUrl, world } from './world.ts';

type Answer = ResponseOf<'hub.fetch'>;
const ok = (body: unknown): Answer => ({ ok: true, value: { status: 200, body } });

const rejected: Attempt = {
  at: ago(600_000),
  delivered: false,
  words: {
    en: 'The other system did not take it (HTTP 500).',
    de: 'Das andere System hat es nicht angenommen (HTTP 500).',
  },
};
const channel = (id: number, more: Pick<Channel, 'kind' | 'name' | 'host'> & Partial<Channel>): Channel => ({
  id: fixtureId(9, id),
  events: ['feedback.created', 'hand_over.breached'],
  language: 'en',
  includePersonalData: true,
  enabled: true,
  createdAt: ago(86_400_000 * 30),
  ...more,
});

/** An administrator's settings with a chat that works and a system that does not. */
function channels(): World {
  let list = [
    channel(1, { kind: 'slack', name: 'Sales chat', host: 'hooks.slack.com' }),
    channel(2, {
      kind: 'webhook',
      name: 'Data warehouse',
      host: 'ingest.warehouse.hafen.example',
      events: ['stage.changed'],
      lastAttempt: rejected,
      problem: rejected.words,
    }),
  ];
  let dead: Delivery[] = [
    {
      id: fixtureId(9, 10),
      channel: { id: fixtureId(9, 2), name: 'Data warehouse' },
      kind: 'stage.changed',
      happenedAt: ago(86_400_000 * 4),
      state: 'dead',
      attempts: 10,
      lastAttempt: rejected,
    },
  ];
  let settings = { digest: true, language: null as string | null };
  const hub = ({ method, path, body }: RequestOf<'hub.fetch'>): Answer | undefined => {
    const [, , part, id] = path.split(/[/?]/u);
    if (path === '/v1/me/settings') {
      if (method === 'PATCH') settings = { ...settings, ...(body as typeof settings) };
      return ok(settings);
    }
    if (part === 'deliveries') {
      if (method === 'GET') return ok({ deliveries: dead });
      const [revived] = dead;
      dead = dead.filter((each) => each.id !== id);
      return ok({ ...revived, state: 'waiting', attempts: 0 });
    }
    if (part !== 'channels') return undefined;
    if (method === 'GET') return ok({ channels: list });
    if (method === 'DELETE') list = list.filter((each) => each.id !== id);
    if (method === 'PATCH')
      list = list.map((each) =>
        each.id === id ? ({ ...each, ...(body as ChannelPatch) } as Channel) : each,
      );
    if (method !== 'POST') return ok(list.find((each) => each.id === id) ?? null);
    if (id !== undefined) {
      return ok({
        ...rejected,
        delivered: true,
        words: { en: 'Delivered (HTTP 200).', de: 'Zugestellt (HTTP 200).' },
      });
    }
    const { kind, name, url, events } = body as NewChannel;
    const added = channel(3, { kind, name, host: new URL(url).host, events });
    list = [...list, added];
    return ok({ channel: added, secret: kind === 'webhook' ? 'whsec_T3Vyc0Zvckl0Q2Fubm90QmVSZWFs' : null });
  };
  const admin = { ...rep, user: { ...rep.user, role: 'admin' as const } };
  return world({ connection: { hubUrl, me: admin }, hub });
}

export const channelStates = { 'options-channels': channels } satisfies Record<string, () => World>;
