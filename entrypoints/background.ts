import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { getAgreement } from '../utils/extension/agreement.ts';
import {
  getConnection,
  keepSyncing,
  signInByBrowser,
  signInByCode,
  signOut,
  sync,
  SYNC_ALARM,
} from '../utils/extension/connection.ts';
import { noteSeen } from '../utils/extension/last-seen.ts';
import { listenToNews, mayNotify } from '../utils/extension/news.ts';
import { getContext, refreshPerson } from '../utils/extension/context-cache.ts';
import { deleteEverything } from '../utils/extension/delete-everything.ts';
import { keepPicked, listSites } from '../utils/extension/enabled-sites.ts';
import { beginFirstRun, readFirstRun, saveFirstRun } from '../utils/extension/first-run.ts';
import { handleMessages } from '../utils/extension/handle-messages.ts';
import { here, othersOn } from '../utils/extension/here.ts';
import { hubFetch } from '../utils/extension/hub-fetch.ts';
import { watchLive } from '../utils/extension/live.ts';
import { noteOnce } from '../utils/extension/log.ts';
import { matchBadges } from '../utils/extension/match-people.ts';
import { askToRestart } from '../utils/extension/notify.ts';
import {
  addToOutbox,
  discardRefused,
  flushOutbox,
  listOutbox,
  OUTBOX_ALARM,
} from '../utils/extension/outbox.ts';
import { placeOf, startPage } from '../utils/extension/page-start.ts';
import { restoreSidePanel, toggleSidePanel } from '../utils/extension/side-panel.ts';
import { noteSentMail } from '../utils/extension/sent-mail.ts';
import { PAUSE_ALARM, rulesChanged, saveSettings } from '../utils/extension/settings.ts';
import { listReports, noteReading } from '../utils/extension/site-reports.ts';
import { listShortcuts, openShortcuts } from '../utils/extension/shortcuts.ts';
import {
  injectCore,
  injectPicker,
  reconcile,
  reconcileAndInject,
  switchOff,
  switchOn,
} from '../utils/extension/site-scripts.ts';
import { supportReport } from '../utils/extension/support-report.ts';
import { diagnosticsItem, settingsItem, tabSessionItem } from '../utils/extension/storage.ts';
import { suggestMailboxes } from '../utils/extension/suggest-mailboxes.ts';
import {
  addressOf,
  changeSession,
  noteDrawn,
  presentSession,
  takeReading,
  togglePanel,
} from '../utils/extension/tab-session.ts';

export default defineBackground(() => {
  const flush = () => flushOutbox(refreshPerson);

  handleMessages({
    'page.start': startPage,
    'page.read': async ({ site, reading, address }, origin) => {
      const place = placeOf(origin, address);
      const dock = await takeReading(place, site, reading);
      void noteReading(site, reading);
      const session = await tabSessionItem(place.tabId).get();
      const chosen = session?.leads.find((lead) => lead.key === session.chosen);
      // The look-up starts while the page is still docking the panel that will ask for it.
      if (session !== null && chosen !== undefined)
        void getContext(chosen).then(async (answer) => {
          if (answer.ok) await noteSeen(answer.value.context.person.id, addressOf(session));
        });
      return dock;
    },
    'badges.match': matchBadges,
    'page.unreadable': ({ site, skeleton }) =>
      noteOnce(site, `Nobody found where people should be:\n${skeleton}`),
    'page.sent': async (sent) => {
      await noteSentMail(sent);
      void flush();
    },
    'sites.picked': async ({ site, selectors }, { tabId, url }) => {
      await keepPicked(site, url, selectors);
      await askToRestart(tabId!);
    },
    'panel.session': async ({ tabId }, origin) => {
      if (tabId !== undefined) return presentSession(tabId);
      return origin.tabId === null ? null : tabSessionItem(origin.tabId).get();
    },
    'panel.choose': ({ key, tabId }, origin) =>
      changeSession((tabId ?? origin.tabId)!, (session) => ({
        ...session,
        chosen: session.leads.some((lead) => lead.key === key) ? key : session.chosen,
      })),
    'panel.dock': (change, { tabId }) =>
      changeSession(tabId!, (session) => ({ ...session, dock: { ...session.dock, ...change } })),
    'panel.drawn': ({ revision }, { tabId }) => noteDrawn(tabId!, revision),
    'context.get': async ({ key, ...request }, origin) => {
      const tabId = request.tabId ?? origin.tabId;
      const session = tabId === null ? null : await tabSessionItem(tabId).get();
      const lead = session?.leads.find((candidate) => candidate.key === key);
      if (lead === undefined) return { ok: false, error: { kind: 'not-found' } };
      const answer = await getContext(lead);
      if (answer.ok) void flush();
      return answer;
    },
    'agreement.get': getAgreement,
    'outbox.add': async (entry) => {
      await addToOutbox(entry);
      void flush();
    },
    'outbox.list': listOutbox,
    'outbox.discard': ({ id }) => discardRefused(id),
    'live.watch': watchLive,
    'connection.get': getConnection,
    'connection.sign-in': async ({ hubUrl, code }) => {
      const answer = code === undefined ? await signInByBrowser(hubUrl) : await signInByCode(hubUrl, code);
      if (answer.ok) void flush();
      void rulesChanged();
      return answer;
    },
    'connection.sign-out': async () => {
      await signOut();
      void rulesChanged();
    },
    'settings.get': settingsItem.get,
    'settings.set': saveSettings,
    'mailboxes.suggest': suggestMailboxes,
    'first-run.get': readFirstRun,
    'first-run.set': ({ step }) => saveFirstRun(step),
    'notifications.allowed': mayNotify,
    'shortcuts.list': listShortcuts,
    'shortcuts.open': openShortcuts,
    'data.delete': deleteEverything,
    'diagnostics.list': diagnosticsItem.get,
    'diagnostics.report': supportReport,
    'diagnostics.sites': listReports,
    'popup.here': here,
    'popup.others': ({ tabId }) => othersOn(tabId),
    'popup.toggle-panel': ({ tabId }) => togglePanel(tabId),
    'popup.pick': ({ tabId }) => injectPicker(tabId),
    'sites.list': listSites,
    'sites.switch-on': ({ site, patterns }) => switchOn(site, patterns),
    'sites.switch-off': ({ id }) => switchOff(id),
    'options.open': () => browser.runtime.openOptionsPage(),
    'hub.fetch': hubFetch,
  });

  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === SYNC_ALARM) void sync();
    if (name === OUTBOX_ALARM) void flush();
    if (name === PAUSE_ALARM) void rulesChanged();
  });
  browser.tabs.onRemoved.addListener((tabId) => void tabSessionItem(tabId).remove());
  browser.commands.onCommand.addListener((command, tab) => {
    if (command === 'toggle-panel' && tab?.id !== undefined) void toggle(tab.id, tab.windowId);
  });
  // The popup, from which the user was asked, may be closed by the question itself.
  browser.permissions.onAdded.addListener(({ origins }) => {
    listenToNews();
    void reconcileAndInject();
    void injectCore(origins);
  });
  listenToNews();
  browser.permissions.onRemoved.addListener(() => void reconcile());

  void keepSyncing();
  browser.runtime.onInstalled.addListener(({ reason }) => {
    void reconcile();
    // An update may have dropped copies of an older shape; until they are back nobody is a lead.
    void sync();
    if (reason === 'install') void beginFirstRun();
  });
  browser.runtime.onStartup.addListener(() => {
    void reconcile();
    void rulesChanged();
    void sync();
  });
  void restoreSidePanel();
  // Each wake: a browser that was closed with clicks in the outbox delivers them now.
  void flush();
});

/** Opens, folds or closes the panel, wherever the user has chosen to have it. */
async function toggle(tabId: number, windowId: number): Promise<void> {
  if (!(await toggleSidePanel(tabId, windowId))) await togglePanel(tabId);
}
