import type { PageReading, PersonOnPage } from '../contract/page-reading.ts';
import { normaliseEmail } from '../domain/email.ts';
import { chooseLead } from './choose-lead.ts';
import { findLead } from './lead-index.ts';
import { noteOnce } from './log.ts';
import { mayMatch, mayReadMailbox } from './mailbox-rule.ts';
import type { DockState, LeadOnPage } from './messages.ts';
import { notifyDock, notifyPages } from './notify.ts';
import { connectionItem, dockItem, settingsItem, type TabSession, tabSessionItem } from './storage.ts';

const DOCK_WIDTH = 360;

/** Readings of one tab are taken in one after the other: an older one must never win over a newer. */
const queues = new Map<number, Promise<unknown>>();
function inTurn<T>(tabId: number, task: () => Promise<T>): Promise<T> {
  const turn = (queues.get(tabId) ?? Promise.resolve()).catch(() => undefined).then(task);
  queues.set(tabId, turn);
  return turn;
}

/** Takes in what a tab's page shows, `null` for nobody, and returns how its dock should look. */
export function takeReading(tabId: number, site: string, reading: PageReading | null): Promise<DockState> {
  return inTurn(tabId, async () => {
    const previous = await tabSessionItem(tabId).get();
    const leads = reading === null ? [] : await leadsOn(reading);
    const viewId = reading?.viewId ?? null;
    const sameView = previous !== null && previous.site === site && previous.viewId === viewId;
    const kept = leads.find((lead) => sameView && lead.key === previous.chosen)?.key;
    const sameLeads = sameView && JSON.stringify(leads) === JSON.stringify(previous.leads);
    const session: TabSession = {
      tabId,
      site,
      view: reading?.view ?? null,
      viewId,
      leads,
      chosen: kept ?? chooseLead(leads),
      dock: {
        ...((await dockItem.get())[site] ?? { collapsed: false, width: DOCK_WIDTH }),
        open: leads.length > 0,
        focusRequests: previous?.dock.focusRequests ?? 0,
        revision: (previous?.dock.revision ?? 0) + (sameLeads ? 0 : 1),
        drawn: previous?.dock.drawn ?? null,
      },
    };
    if (JSON.stringify(session) !== JSON.stringify(previous)) {
      // Not awaited: the item knows its value at once, and a rep would wait for the disk.
      void tabSessionItem(tabId).set(session);
      notifyPages({ notice: 'session.changed', tabId });
    }
    return session.dock;
  });
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

/** Notes which revision the tab's panel has drawn; its dock may come into sight with the present one. */
export function noteDrawn(tabId: number, revision: number): Promise<void> {
  return inTurn(tabId, async () => {
    const session = await tabSessionItem(tabId).get();
    if (session === null) return;
    const dock = { ...session.dock, drawn: revision };
    void tabSessionItem(tabId).set({ ...session, dock });
    notifyDock(tabId, dock);
  });
}

/** The people of a reading whom the index knows, each address once, in the page's order. */
async function leadsOn(reading: PageReading): Promise<LeadOnPage[]> {
  const connection = await connectionItem.get();
  // A list shows dozens of people; whom of them the rep means is known once a mail is open.
  if (connection === null || reading.view === 'list') return [];
  const rules = { ...(await settingsItem.get()), domains: connection.me.workspace.domains };
  if (reading.account === undefined && reading.record === undefined) {
    await noteOnce(reading.site, 'The page does not say whose mailbox it shows; the panel stays dark.');
  }
  if (!mayReadMailbox(reading, rules)) return [];
  const own = reading.account === undefined ? null : normaliseEmail(reading.account);
  const byEmail = new Map<string, PersonOnPage>();
  for (const person of reading.people) {
    const email = person.email === undefined ? null : normaliseEmail(person.email);
    if (email !== null && email !== own && !byEmail.has(email) && mayMatch(email, rules)) {
      byEmail.set(email, person);
    }
  }
  const matched = await Promise.all(
    [...byEmail].map(async ([email, person]) => {
      const hit = await findLead(email);
      return hit === null ? null : { ...person, email, stage: hit.stage };
    }),
  );
  return matched.filter((lead) => lead !== null);
}
