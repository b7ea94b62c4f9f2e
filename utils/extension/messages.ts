import { z } from 'zod';
import { Agreement } from '../contract/agreement.ts';
import { LeadContext } from '../contract/lead-context.ts';
import type { LiveKind } from '../contract/live.ts';
import { NewsKind } from '../contract/news.ts';
import { PageReading, PersonOnPage } from '../contract/page-reading.ts';
import { IndexClock } from '../contract/lead-index.ts';
import { Id, Instant, Language } from '../contract/primitives.ts';
import { Me } from '../contract/session.ts';
import { Stage } from '../contract/stage.ts';
import { Failure, resultOf } from './failure.ts';
import { NewEntry, OutboxEntry, Receipt } from './outbox-entry.ts';
import { Here, OriginPattern, Passer, SelectorTable, SiteId, SiteReport, SiteState } from './site-state.ts';

/** How the dock of one tab looks; the content script draws it, the panel and the shortcut change it. */
export const DockState = z.object({
  open: z.boolean(),
  collapsed: z.boolean(),
  /** The edge of the window it stands at. */
  side: z.enum(['right', 'left']),
  /** CSS pixels. */
  width: z.int().min(320).max(640),
  /** Counts up when the shortcut asks for the keyboard focus. */
  focusRequests: z.int().nonnegative(),
  /** Counts up with every other set of leads. A panel that shows an older one must stay out of sight. */
  revision: z.int().nonnegative(),
  /** The revision that the tab's panel has drawn; `null` while it has drawn none. */
  drawn: z.int().nonnegative().nullable(),
});
export type DockState = z.infer<typeof DockState>;

/**
 * A lead found on the page of a tab, by its record or by its address, whichever the lead index knows;
 * `stage` comes from there, too, before any look-up.
 */
export const LeadOnPage = PersonOnPage.extend({ stage: Stage.nullable() });
export type LeadOnPage = z.infer<typeof LeadOnPage>;

/** What one panel shows. `chosen` is null while the user must say which person is meant. */
export const PanelSession = z.object({
  tabId: z.int(),
  /** What the page shows; `null` while nothing could be read. */
  view: PageReading.shape.view.nullable(),
  leads: z.array(LeadOnPage),
  chosen: z.string().nullable(),
  dock: DockState,
});
export type PanelSession = z.infer<typeof PanelSession>;

/** A lead's context as the background has it: fresh, or the last one known with the reason why. */
export const ContextAnswer = z.object({
  context: LeadContext,
  /** When this browser received it. */
  receivedAt: Instant,
  /** Set while what is shown is not the hub's present answer. */
  stale: Failure.optional(),
});
export type ContextAnswer = z.infer<typeof ContextAnswer>;

const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u);

export const Connection = z.object({ hubUrl: z.string(), me: Me });
export type Connection = z.infer<typeof Connection>;

/** The user's own settings; see DESIGN §8. */
export const Settings = z.object({
  /** Mailboxes, besides those of the workspace's domains, in which the panel may work. */
  mailboxes: z.array(z.string().max(320)).max(100),
  /** Addresses and domains that are never looked up. */
  never: z.array(z.string().max(320)).max(1000),
  /** Whether a mail sent to a lead is noticed, so that it stops the clock. */
  noticeSentMail: z.boolean().default(true),
  /** Whether lists show which rows are leads. */
  badges: z.boolean().default(true),
  /** Whether the panel is shown in the browser's side panel instead of a dock in the page. */
  sidePanel: z.boolean().default(false),
  /** Until when nothing is read anywhere. */
  pausedUntil: Instant.nullable().default(null),
  /** How the panel stands in a page where its user has not changed it there. */
  dock: z
    .object({
      side: DockState.shape.side.default('right'),
      width: DockState.shape.width.default(360),
      density: z.enum(['comfortable', 'compact']).default('comfortable'),
    })
    .prefault({}),
  /** What the browser tells by a notification; nothing until the user has let it. */
  notify: z
    .object({
      on: z.boolean().default(false),
      kinds: z.array(NewsKind).default([...NewsKind.options]),
      /** Between these nothing is told, by the user's own clock. */
      quiet: z.object({ from: TimeOfDay, to: TimeOfDay }).nullable().default({ from: '19:00', to: '07:00' }),
      perDay: z.int().min(1).max(50).default(5),
      /** Whether a notification names whom it is about. */
      names: z.boolean().default(true),
    })
    .prefault({}),
  /** What Tandem speaks; `system`: what the browser speaks, if we can. */
  language: z.enum(['system', ...Language.options]).default('system'),
  /** Sites, by id, on which the user has switched the panel off without giving up the permission. */
  sitesOff: z.array(z.string().max(64)).max(100).default([]),
});
export type Settings = z.infer<typeof Settings>;

/** What the first page asks for, one after the other; `done`: nothing any more. */
export const FirstRunStep = z.enum(['connect', 'sites', 'mailboxes', 'look', 'done']);
export type FirstRunStep = z.infer<typeof FirstRunStep>;

export const Diagnostic = z.object({ at: Instant, site: z.string(), note: z.string().max(20_000) });
export type Diagnostic = z.infer<typeof Diagnostic>;

/** What the lead index alone knows of a row of a list. */
export const Badge = z.object({
  stage: Stage.nullable(),
  clock: IndexClock,
  doNotContact: z.boolean(),
});
export type Badge = z.infer<typeof Badge>;

const Tab = z.object({ tabId: z.int() });
/** The tab a panel stands beside; absent: the one it is docked in. */
const OfTab = z.object({ tabId: z.int().exactOptional() });
const Nothing = z.undefined();
const Done = z.void();

/** Who may send: the content script of a site we run on, or a page of the extension itself. */
type Sender = 'content' | 'page';
interface Message {
  from: readonly Sender[];
  request: z.ZodType;
  response: z.ZodType;
}
const messageTable = <T extends Record<string, Message>>(table: T) => table;

/**
 * Every request inside the extension, all answered by the background. The background checks
 * sender and request; answers are ours and trusted.
 */
export const messages = messageTable({
  /** What a site's script needs to know of the settings; it works without waiting for it. */
  'page.start': {
    from: ['content'],
    request: z.object({ site: SiteId }),
    response: z.object({
      /** False while the site is switched off or everything is paused: nothing is to be read. */
      on: z.boolean(),
      badges: z.boolean(),
      selectors: SelectorTable,
      /** What is said in the page, by the browser's names of messages, where the browser would say it otherwise. */
      texts: z.record(z.string(), z.string()),
    }),
  },
  'page.read': {
    from: ['content'],
    request: z.object({
      site: SiteId,
      reading: PageReading.nullable(),
      /** Of the page that was read: what the browser says of the sender may be the page before, or the next one. */
      address: z.string().max(8_192),
    }),
    response: DockState,
  },
  /** Which rows of a list are leads; from the lead index, without any request to the hub. */
  'badges.match': {
    from: ['content'],
    request: z.object({
      site: SiteId,
      account: PageReading.shape.account,
      people: z.array(PersonOnPage.pick({ email: true, record: true })).max(500),
    }),
    response: z.array(Badge.nullable()),
  },
  'page.unreadable': {
    from: ['content'],
    request: z.object({ site: SiteId, skeleton: z.string().max(20_000) }),
    response: Done,
  },
  /** A mail has gone out; its recipients stay here unless they are leads. */
  'page.sent': {
    from: ['content'],
    request: z.object({
      site: SiteId,
      account: PageReading.shape.account,
      recipients: z.array(z.string().max(320)).max(100),
      at: Instant,
    }),
    response: Done,
  },
  /** The user has pointed at what an unknown page shows people in. */
  'sites.picked': {
    from: ['content'],
    request: z.object({ site: SiteId, selectors: SelectorTable }),
    response: Done,
  },
  'panel.session': { from: ['page'], request: OfTab, response: PanelSession.nullable() },
  'panel.choose': { from: ['page'], request: OfTab.extend({ key: z.string() }), response: Done },
  'panel.dock': {
    from: ['page'],
    request: z.object({
      collapsed: DockState.shape.collapsed.exactOptional(),
      width: DockState.shape.width.exactOptional(),
    }),
    response: Done,
  },
  /** The panel has drawn this revision of its session. */
  'panel.drawn': {
    from: ['page'],
    request: DockState.pick({ revision: true }),
    response: Done,
  },
  /** `key` names a person of the tab's session; the address itself stays in the background. */
  'context.get': {
    from: ['page'],
    request: OfTab.extend({ key: z.string() }),
    response: resultOf(ContextAnswer),
  },
  'agreement.get': { from: ['page'], request: Nothing, response: resultOf(Agreement) },
  'outbox.add': { from: ['page'], request: NewEntry, response: Done },
  'outbox.list': {
    from: ['page'],
    request: Nothing,
    response: z.object({ entries: z.array(OutboxEntry), receipts: z.array(Receipt) }),
  },
  'outbox.discard': { from: ['page'], request: z.object({ id: Id }), response: Done },
  /** A page is on the screen and wants to hear of changes; answers whether they come in by themselves. */
  'live.watch': { from: ['page'], request: Nothing, response: z.boolean() },
  'connection.get': { from: ['page'], request: Nothing, response: Connection.nullable() },
  'connection.sign-in': {
    from: ['page'],
    /** With a one-time code, or without one in a window of the browser. */
    request: z.object({ hubUrl: z.url(), code: z.string().exactOptional() }),
    response: resultOf(Connection),
  },
  'connection.sign-out': { from: ['page'], request: Nothing, response: Done },
  'settings.get': { from: ['page'], request: Nothing, response: Settings },
  'settings.set': { from: ['page'], request: Settings, response: Done },
  /** Mailboxes the user may want to name. */
  'mailboxes.suggest': { from: ['page'], request: Nothing, response: z.array(z.string()) },
  'first-run.get': { from: ['page'], request: Nothing, response: FirstRunStep },
  'first-run.set': { from: ['page'], request: z.object({ step: FirstRunStep }), response: Done },
  /** Whether the user has let the browser show notifications of ours. */
  'notifications.allowed': { from: ['page'], request: Nothing, response: z.boolean() },
  /** The keys by which the browser calls us, as the user has set them there; empty: none. */
  'shortcuts.list': {
    from: ['page'],
    request: Nothing,
    response: z.array(z.object({ name: z.string(), keys: z.string() })),
  },
  /** Opens the browser's own page for them; false where it has none that we may open. */
  'shortcuts.open': { from: ['page'], request: Nothing, response: z.boolean() },
  /** Signs out and leaves nothing on this computer, not even writes that still wait. */
  'data.delete': { from: ['page'], request: Nothing, response: Done },
  'diagnostics.list': { from: ['page'], request: Nothing, response: z.array(Diagnostic) },
  /** What may be passed on to somebody who helps. */
  'diagnostics.report': { from: ['page'], request: Nothing, response: z.record(z.string(), z.unknown()) },
  'diagnostics.sites': { from: ['page'], request: Nothing, response: z.array(SiteReport) },
  /** What the toolbar's popup says of the tab the user looks at. */
  'popup.here': { from: ['page'], request: Nothing, response: Here },
  /** The people on a tab's page who are no leads; only for a user who asks. */
  'popup.others': { from: ['page'], request: Tab, response: z.array(Passer) },
  'popup.toggle-panel': { from: ['page'], request: Tab, response: Done },
  /** Lets the user point at what an unknown page shows people in. */
  'popup.pick': { from: ['page'], request: Tab, response: Done },
  'sites.list': { from: ['page'], request: Nothing, response: z.array(SiteState) },
  /**
   * The wish to work at these origins. It comes true once the browser has granted them, which only a page
   * can ask for, in a click.
   */
  'sites.switch-on': {
    from: ['page'],
    request: z.object({ site: SiteId, patterns: z.array(OriginPattern).min(1).max(50) }),
    response: Done,
  },
  /** Leaves the pages, gives the origins back and forgets them; `id` is one of `SiteState.on`. */
  'sites.switch-off': { from: ['page'], request: z.object({ id: z.string() }), response: Done },
  'options.open': { from: ['page'], request: Nothing, response: Done },
  /** The pages' way to the hub; the background adds address and token. */
  'hub.fetch': {
    from: ['page'],
    request: z.object({
      method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
      path: z.string().regex(/^\/v1\/[^\\]*$/u),
      body: z.unknown().optional(),
      idempotencyKey: Id.exactOptional(),
    }),
    response: resultOf(z.object({ status: z.int(), body: z.unknown() })),
  },
});
export type Messages = typeof messages;
export type MessageName = keyof Messages;
export type RequestOf<K extends MessageName> = z.input<Messages[K]['request']>;
export type ResponseOf<K extends MessageName> = z.output<Messages[K]['response']>;

/** What the background tells the others: pages hear everything, a tab's content script its dock. */
export type Notice =
  | { notice: 'session.changed'; tabId: number }
  | { notice: 'context.changed'; personId: string }
  | { notice: 'agreement.changed' }
  | { notice: 'outbox.changed' }
  | { notice: 'connection.changed' }
  | { notice: 'settings.changed' }
  | { notice: 'first-run.changed' }
  | { notice: 'sites.changed' }
  /** Whether the hub's changes come in by themselves. */
  | { notice: 'live.changed' }
  /**
   * Something of this kind is another at the hub; `ids`: which of them, where it is known. Of whom a panel shows
   * `context.changed` tells besides.
   */
  | { notice: 'hub.changed'; kind: LiveKind; ids?: readonly string[] }
  | { notice: 'dock.changed'; dock: DockState }
  /** To content scripts: settings, selectors or the lead index have changed; start over with `page.start`. */
  | { notice: 'page.restart' }
  /** To the content scripts of a site that was switched off for good: leave the page. */
  | { notice: 'page.leave'; site: string }
  /** To the side panel of a window. */
  | { notice: 'side-panel.close'; windowId: number };
