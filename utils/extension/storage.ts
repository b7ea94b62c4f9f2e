import { storage } from 'wxt/utils/storage';
import { z } from 'zod';
import { PageReading } from '../contract/page-reading.ts';
import { Instant } from '../contract/primitives.ts';
import { SelectorPack } from '../contract/selector-pack.ts';
import { Me } from '../contract/session.ts';
import { Diagnostic, DockState, PanelSession, Settings } from './messages.ts';
import { Darkness, SelectorTable, SiteId, SiteReport, SwitchedOn } from './site-state.ts';

/** The hub we are connected to. Only the background reads or writes this: it holds the token. */
export const StoredConnection = z.object({
  hubUrl: z.string(),
  /** `null` once the hub has refused it: the address and the user are kept for signing in again. */
  token: z.string().nullable(),
  /** With what to get the next token, and until when this one is good; absent after a one-time code. */
  renewal: z.object({ refreshToken: z.string(), expiresAt: Instant }).exactOptional(),
  me: Me,
});
export type StoredConnection = z.infer<typeof StoredConnection>;

const DockPreferences = z.record(z.string(), DockState.pick({ collapsed: true, width: true }));

interface WithoutTeam {
  me: { user: { role: string } };
}
const withTeam = (stored: WithoutTeam | null) =>
  stored && {
    ...stored,
    me: {
      ...stored.me,
      user: { ...stored.me.user, team: stored.me.user.role === 'rep' ? 'sales' : 'marketing' },
    },
  };

/** What this wake of the background has read or written already: it is the only writer. */
const known = new Map<string, unknown>();

/** Forgets what was read, after somebody else has changed the storage. */
export const forgetItems = () => known.clear();

/**
 * An item parsed when it is first read: a failed migration or another version's shape gives the
 * fallback, never a crash. Read and written by the background only.
 */
function item<T>(
  key: `local:${string}` | `session:${string}`,
  schema: z.ZodType<T>,
  fallback: T,
  // Nothing in the session outlives an update, so only local items need versions.
  version = key.startsWith('local:') ? { version: 1, migrations: {} } : {},
) {
  const stored = storage.defineItem<unknown>(key, version);
  return {
    get: async (): Promise<T> => {
      if (!known.has(key)) known.set(key, schema.safeParse(await stored.getValue()).data ?? fallback);
      return known.get(key) as T;
    },
    set: (value: T) => {
      known.set(key, value);
      return stored.setValue(value);
    },
    remove: () => {
      known.delete(key);
      return stored.removeValue();
    },
  };
}

export const connectionItem = item('local:connection', StoredConnection.nullable(), null, {
  version: 2,
  // Users had no team in version 1. The next sync brings the true one.
  migrations: { 2: withTeam },
});
export const settingsItem = item('local:settings', Settings, {
  mailboxes: [],
  never: [],
  noticeSentMail: true,
  badges: true,
  sidePanel: false,
  pausedUntil: null,
  sitesOff: [],
});
/** The sites the user has switched on beside the core ones, with what was pointed at on their pages. */
export const EnabledSite = SwitchedOn.extend({ site: SiteId, picked: SelectorTable.exactOptional() });
export type EnabledSite = z.infer<typeof EnabledSite>;
export const enabledSitesItem = item('local:enabled-sites', z.array(EnabledSite), []);
/** The hub's selector packs, as far as they are for readers of ours. */
export const selectorPacksItem = item(
  'local:selector-packs',
  z.array(SelectorPack.pick({ site: true, version: true, selectors: true })),
  [],
);
export const dockItem = item('local:dock', DockPreferences, {});
export const diagnosticsItem = item('local:diagnostics', z.array(Diagnostic), []);
export const lastSyncItem = item('local:last-sync', Instant.nullable(), null);

/** The last change the hub has told of; as long as the browser lives. */
export const lastChangeItem = item(
  'session:last-change',
  z.object({ workspaceId: z.string(), id: z.int() }).nullable(),
  null,
);

/** How much feedback waits for the user's answer; as long as the browser lives. */
export const waitingItem = item('session:waiting', z.int().nonnegative(), 0);

/** What one frame of a tab shows. */
export const FrameReading = z.object({
  frameId: z.int(),
  /** Names the frame's document; absent in browsers that do not say. */
  documentId: z.string().exactOptional(),
  address: z.string(),
  site: SiteId,
  reading: PageReading.nullable(),
});
export type FrameReading = z.infer<typeof FrameReading>;

const TabSession = PanelSession.extend({
  site: SiteId,
  viewId: z.string().nullable(),
  /** Why nobody was matched; `null`: they were. */
  dark: Darkness.nullable(),
  /** The one that reported last stands last. */
  frames: z.array(FrameReading),
});
export type TabSession = z.infer<typeof TabSession>;
/** One tab's session lives as long as the browser does. */
export const tabSessionItem = (tabId: number) => item(`session:tab:${tabId}`, TabSession.nullable(), null);

/** By site; as long as the browser lives. */
export const siteReportsItem = item('session:site-reports', z.record(z.string(), SiteReport), {});
