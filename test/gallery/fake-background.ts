import type { Feedback, NewFeedback } from '../../utils/contract/feedback.ts';
import {
  type MessageName,
  type Notice,
  type RequestOf,
  type ResponseOf,
  Settings,
} from '../../utils/extension/messages.ts';
import type { NewEntry } from '../../utils/extension/outbox-entry.ts';
import { afterWrite } from '../../components/sample/after-write.ts';
import { patchInbox, readInbox, replyInInbox } from './fake-hub.ts';

/** What the background knows in one state of the gallery. */
export interface World {
  session: ResponseOf<'panel.session'>;
  /** By person key; `pending` never answers, `bug` throws. */
  contexts: Record<string, ResponseOf<'context.get'> | 'pending' | 'bug'>;
  agreement: ResponseOf<'agreement.get'>;
  outbox: ResponseOf<'outbox.list'>;
  connection: ResponseOf<'connection.get'>;
  signIn: ResponseOf<'connection.sign-in'>;
  settings: ResponseOf<'settings.get'>;
  diagnostics: ResponseOf<'diagnostics.list'>;
  here: ResponseOf<'popup.here'>;
  others: ResponseOf<'popup.others'>;
  sites: ResponseOf<'sites.list'>;
  siteReports: ResponseOf<'diagnostics.sites'>;
  inbox: Feedback[] | ResponseOf<'hub.fetch'>;
  /** Answers what the inbox does not; undefined: it does. */
  hub?: (request: RequestOf<'hub.fetch'>) => ResponseOf<'hub.fetch'> | undefined;
  /** How far the first run has come; absent: it is over. */
  firstRun?: ResponseOf<'first-run.get'>;
  /** Mailboxes that open tabs show. */
  suggested?: string[];
  /** Whether changes come in by themselves, so that nobody polls. */
  live?: boolean;
  /** Whether writes reach the hub at once. */
  online: boolean;
}

type Handlers = { [K in MessageName]?: (request: RequestOf<K>) => ResponseOf<K> | Promise<ResponseOf<K>> };

/** Answers pages as the background would, from memory; returns what plays `runtime.sendMessage`. */
export function fakeBackground(world: World, notify: (notice: Notice) => void) {
  const write = (entry: NewEntry) => {
    world.outbox.entries.push({
      ...entry,
      userId: '019a0000-0001-7000-8000-000000000001',
      savedAt: new Date().toISOString(),
      attempts: 0,
      state: 'waiting',
    });
    if (world.online) deliver(world);
    notify({ notice: 'outbox.changed' });
    if (world.online && entry.personId !== undefined)
      notify({ notice: 'context.changed', personId: entry.personId });
  };
  const sessionChanged = () => {
    if (world.session) notify({ notice: 'session.changed', tabId: world.session.tabId });
  };
  const handlers: Handlers = {
    'panel.session': () => structuredClone(world.session),
    'panel.choose': ({ key }) => {
      if (world.session) world.session.chosen = key;
      sessionChanged();
    },
    'panel.dock': (change) => {
      if (world.session) Object.assign(world.session.dock, change);
      sessionChanged();
    },
    'panel.drawn': () => undefined,
    'context.get': ({ key }) => {
      const answer = world.contexts[key];
      if (answer === 'pending') return new Promise(() => undefined);
      if (answer === 'bug' || !answer) throw new Error('A bug of the background');
      return structuredClone(answer);
    },
    'agreement.get': () => world.agreement,
    'outbox.add': write,
    'outbox.list': () => structuredClone(world.outbox),
    'outbox.discard': ({ id }) => {
      world.outbox.entries = world.outbox.entries.filter((entry) => entry.id !== id);
      notify({ notice: 'outbox.changed' });
    },
    'live.watch': () => world.live ?? false,
    'connection.get': () => world.connection,
    'connection.sign-in': () => {
      if (world.signIn.ok) world.connection = world.signIn.value;
      notify({ notice: 'connection.changed' });
      return world.signIn;
    },
    'connection.sign-out': () => {
      world.connection = null;
      notify({ notice: 'connection.changed' });
    },
    'settings.get': () => world.settings,
    'settings.set': (settings) => {
      world.settings = Settings.parse(settings);
      notify({ notice: 'settings.changed' });
    },
    'first-run.get': () => world.firstRun ?? 'done',
    'first-run.set': ({ step }) => {
      world.firstRun = step;
      notify({ notice: 'first-run.changed' });
    },
    'mailboxes.suggest': () =>
      (world.suggested ?? []).filter((mailbox) => !world.settings.mailboxes.includes(mailbox)),
    'data.delete': () => {
      world.connection = null;
      world.settings = Settings.parse({ mailboxes: [], never: [] });
      world.outbox = { entries: [], receipts: [] };
      notify({ notice: 'connection.changed' });
    },
    'notifications.allowed': () => true,
    'shortcuts.list': () => [{ name: 'toggle-panel', keys: 'Alt+Shift+T' }],
    'shortcuts.open': () => false,
    'diagnostics.list': () => world.diagnostics,
    'diagnostics.report': () => ({ version: '0.1.0', hub: { signedIn: true }, notes: world.diagnostics }),
    'diagnostics.sites': () => world.siteReports,
    'popup.here': () => structuredClone(world.here),
    'popup.others': () => world.others,
    'popup.toggle-panel': () => {
      world.here.panel = world.here.panel === 'open' ? 'folded' : 'open';
      notify({ notice: 'session.changed', tabId: world.here.tabId ?? -1 });
    },
    'popup.pick': () => undefined,
    'sites.list': () =>
      world.sites.map((site) => ({ ...site, off: world.settings.sitesOff.includes(site.id) })),
    'sites.switch-on': ({ site, patterns }) => {
      world.sites
        .find(({ id }) => id === site)
        ?.on.push({ id: `${site}:${patterns[0]}`, patterns, granted: true });
      if (world.here.state === 'not-on') world.here = { ...world.here, site, state: 'works' };
      notify({ notice: 'sites.changed' });
    },
    'sites.switch-off': ({ id }) => {
      for (const site of world.sites) site.on = site.on.filter((entry) => entry.id !== id);
      notify({ notice: 'sites.changed' });
    },
    'options.open': () => undefined,
    'hub.fetch': (request) => {
      const answer = world.hub?.(request);
      if (answer) return answer;
      const { method, path, body } = request;
      if (!Array.isArray(world.inbox)) return world.inbox;
      const id = path.split('/')[3] ?? '';
      if (method === 'GET') return readInbox(world.inbox, path);
      return method === 'PATCH' ? patchInbox(world.inbox, id, body) : replyInInbox(world.inbox, id, body);
    },
  };
  return async (name: MessageName, request: unknown) => {
    const handle = handlers[name] as ((request: unknown) => unknown) | undefined;
    if (!handle) throw new Error(`The gallery does not answer ${name}`);
    return { value: await handle(request) };
  };
}

function deliver(world: World): void {
  for (const { id, feedbackId, personId, write } of world.outbox.entries.splice(0)) {
    for (const answer of Object.values(world.contexts)) {
      if (typeof answer === 'string' || !answer.ok || answer.value.context.person.id !== personId) continue;
      if (world.connection)
        answer.value.context = afterWrite(answer.value.context, write, world.connection.me.user);
    }
    // Feedback alone leaves a receipt; other writes show in the next context.
    if (feedbackId === undefined || (write.kind !== 'create' && write.kind !== 'patch')) continue;
    const before = world.outbox.receipts.findLast((receipt) => receipt.feedbackId === feedbackId)?.feedback;
    const feedback = write.kind === 'create' ? stored(write.body) : before && { ...before, ...write.body };
    if (!feedback) continue;
    world.outbox.receipts.push({
      id,
      feedbackId,
      deliveredAt: new Date().toISOString(),
      feedback: feedback as Feedback,
    });
  }
}

const stored = (body: NewFeedback): Feedback => ({
  ...body,
  by: { id: '019a0000-0001-7000-8000-000000000001', name: 'Lena Brandt' },
  at: new Date().toISOString(),
  state: 'new',
  replies: [],
});
