import type { PageReading } from '../contract/page-reading.ts';
import { siteById } from '../sites/index.ts';
import { chooseLead } from './choose-lead.ts';
import { mostSpecific, withFrame, withoutOldDocument } from './frames.ts';
import { noteOnce } from './log.ts';
import { currentRules, type Rules, whyDark } from './mailbox-rule.ts';
import { matchPeople } from './match-people.ts';
import type { DockState, LeadOnPage } from './messages.ts';
import { askToRestart, isThere, notifyDock, notifyPages } from './notify.ts';
import type { Darkness } from './site-state.ts';
import { dockItem, type FrameReading, settingsItem, type TabSession, tabSessionItem } from './storage.ts';

/** Where in a tab a reading is from. */
export type Place = Omit<FrameReading, 'reading' | 'site'> & { tabId: number };

/** Readings of one tab are taken in one after the other: an older one must never win over a newer. */
const queues = new Map<number, Promise<unknown>>();
function inTurn<T>(tabId: number, task: () => Promise<T>): Promise<T> {
  const turn = (queues.get(tabId) ?? Promise.resolve()).catch(() => undefined).then(task);
  queues.set(tabId, turn);
  return turn;
}

/** Takes in what a frame of a tab shows, `null` for nobody, and returns how the tab's dock should look. */
export function takeReading(place: Place, site: string, reading: PageReading | null): Promise<DockState> {
  const { tabId, ...frame } = place;
  return inTurn(tabId, async () => {
    const previous = await tabSessionItem(tabId).get();
    const { frames, dropped } = withFrame(previous?.frames ?? [], { ...frame, site, reading });
    // They may still show what they did, but it is for them to say so: nobody else knows what they show.
    for (const { frameId } of dropped) void askToRestart(tabId, frameId);
    if (frame.frameId === 0) void dropGone(tabId, frames);
    return evaluate(tabId, frames, previous, frame.frameId);
  });
}

/** A script has started in a frame: whatever another document showed there, or within, is gone. */
export function startFrame({ tabId, ...frame }: Place, site: string, on: boolean): Promise<void> {
  return inTurn(tabId, async () => {
    const previous = await tabSessionItem(tabId).get();
    const kept = withoutOldDocument(previous?.frames ?? [], frame);
    const known = kept.some(({ frameId }) => frameId === frame.frameId);
    const frames = known && on ? kept : withFrame(kept, { ...frame, site, reading: null }).frames;
    await evaluate(tabId, frames, previous, frame.frameId);
  });
}

/** What stands in the tab's address bar. */
export const addressOf = ({ frames }: TabSession): string =>
  (frames.find(({ frameId }) => frameId === 0) ?? frames[0]!).address;

/**
 * What a tab shows, for a panel that does not go with its page: nothing, once no script of ours is there any more.
 */
export async function presentSession(tabId: number): Promise<TabSession | null> {
  const session = await tabSessionItem(tabId).get();
  if (session === null) return null;
  for (const { frameId } of session.frames) {
    if (await isThere(tabId, frameId)) return tabSessionItem(tabId).get();
  }
  await endSession(tabId, session);
  return tabSessionItem(tabId).get();
}

/** Forgets what a tab shows, and closes its dock; of a session that is named, only as long as it is that one. */
export function endSession(tabId: number, only?: TabSession): Promise<void> {
  return inTurn(tabId, async () => {
    const session = await tabSessionItem(tabId).get();
    if (session === null || (only !== undefined && only !== session)) return;
    await tabSessionItem(tabId).remove();
    notifyPages({ notice: 'session.changed', tabId });
  });
}

/** A frame that was taken out of its page may have had no time to say so. */
async function dropGone(tabId: number, frames: readonly FrameReading[]): Promise<void> {
  const inner = frames.filter(({ frameId }) => frameId !== 0);
  const gone = new Set<FrameReading>();
  for (const frame of inner) if (!(await isThere(tabId, frame.frameId))) gone.add(frame);
  if (gone.size === 0) return;
  await inTurn(tabId, async () => {
    const session = await tabSessionItem(tabId).get();
    if (session === null) return;
    const left = session.frames.filter((frame) => !gone.has(frame));
    if (left.length < session.frames.length && left.length > 0) await evaluate(tabId, left, session, null);
  });
}

async function evaluate(
  tabId: number,
  frames: FrameReading[],
  previous: TabSession | null,
  /** The frame that is answered with the dock; `null`: none is. */
  reporter: number | null,
): Promise<DockState> {
  const shown = mostSpecific(frames);
  const site = (frames.find(({ frameId }) => frameId === 0) ?? shown ?? frames[0])!.site;
  const reading = shown?.reading ?? null;
  const { dark, leads } = reading === null ? { dark: null, leads: [] } : await judge(shown!.site, reading);
  const viewId = reading?.viewId ?? null;
  const sameView = previous !== null && previous.site === site && previous.viewId === viewId;
  const kept = leads.find((lead) => sameView && lead.key === previous.chosen)?.key;
  const sameLeads = sameView && JSON.stringify(leads) === JSON.stringify(previous.leads);
  const {
    sidePanel,
    dock: { side, width },
  } = await settingsItem.get();
  const session: TabSession = {
    tabId,
    site,
    view: reading?.view ?? null,
    viewId,
    dark,
    frames,
    leads,
    chosen: kept ?? chooseLead(leads),
    dock: {
      ...((await dockItem.get())[site] ?? { collapsed: false, width }),
      side,
      open: leads.length > 0 && !sidePanel,
      focusRequests: previous?.dock.focusRequests ?? 0,
      revision: (previous?.dock.revision ?? 0) + (sameLeads ? 0 : 1),
      drawn: previous?.dock.drawn ?? null,
    },
  };
  if (JSON.stringify(session) !== JSON.stringify(previous)) {
    // Not awaited: the item knows its value at once, and a rep would wait for the disk.
    void tabSessionItem(tabId).set(session);
    notifyPages({ notice: 'session.changed', tabId });
    // The top frame docks; it hears by the answer what it has caused itself. News that are none would
    // unfold a panel that has no room.
    if (reporter !== 0 && JSON.stringify(session.dock) !== JSON.stringify(previous?.dock))
      notifyDock(tabId, session.dock);
  }
  return session.dock;
}

/** Changes a tab's session and tells its panel and its dock. Nothing happens in a tab without one. */
export function changeSession(tabId: number, change: (session: TabSession) => TabSession): Promise<void> {
  return inTurn(tabId, async () => {
    const session = await tabSessionItem(tabId).get();
    if (session === null) return;
    const next = change(session);
    void tabSessionItem(tabId).set(next);
    const { collapsed, width } = next.dock;
    await dockItem.set({ ...(await dockItem.get()), [next.site]: { collapsed, width } });
    notifyPages({ notice: 'session.changed', tabId });
    notifyDock(tabId, next.dock);
  });
}

/** Folds a tab's panel to its edge, or unfolds it and gives it the keyboard. */
export function togglePanel(tabId: number): Promise<void> {
  return changeSession(tabId, (session) => ({
    ...session,
    dock: {
      ...session.dock,
      collapsed: !session.dock.collapsed,
      focusRequests: session.dock.focusRequests + (session.dock.collapsed ? 1 : 0),
    },
  }));
}

/** Notes which revision the tab's panel has drawn; its dock may come into sight with the present one. */
export function noteDrawn(tabId: number, revision: number): Promise<void> {
  return inTurn(tabId, async () => {
    const session = await tabSessionItem(tabId).get();
    if (session === null || session.dock.drawn === revision) return;
    const dock = { ...session.dock, drawn: revision };
    void tabSessionItem(tabId).set({ ...session, dock });
    notifyDock(tabId, dock);
  });
}

/** The people of a reading whom the index knows, each once, in the page's order; or why nobody was asked for. */
async function judge(
  siteId: string,
  reading: PageReading,
): Promise<{ dark: Darkness | null; leads: LeadOnPage[] }> {
  const rules = await currentRules();
  const dark = whyDark(siteById(siteId)!, reading.account, rules);
  if (dark === 'unknown-mailbox') {
    await noteOnce(siteId, 'The page does not say whose mailbox it shows; the panel stays dark.');
  }
  // A list shows dozens of people; whom of them the rep means is known once one is open.
  const leads = dark !== null || reading.view === 'list' ? [] : await leadsOn(reading, rules);
  return { dark, leads };
}

async function leadsOn({ people, account }: PageReading, rules: Rules): Promise<LeadOnPage[]> {
  const matches = await matchPeople(people, account, rules);
  const seen = new Set<string>();
  return matches.flatMap((match, index) => {
    if (match === null) return [];
    const { hit, email, record } = match;
    const names = [email, record && JSON.stringify(record)].filter((name) => name !== undefined);
    if (names.some((name) => seen.has(name))) return [];
    names.forEach((name) => seen.add(name));
    return [{ ...people[index]!, email, record, stage: hit.stage }];
  });
}
