import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { getAgreement } from '../utils/extension/agreement.ts';
import {
  getConnection,
  signIn,
  signOut,
  sync,
  SYNC_ALARM,
  SYNC_MINUTES,
} from '../utils/extension/connection.ts';
import { getContext, refreshPerson } from '../utils/extension/context-cache.ts';
import { handleMessages } from '../utils/extension/handle-messages.ts';
import { hubFetch } from '../utils/extension/hub-fetch.ts';
import { noteOnce } from '../utils/extension/log.ts';
import {
  addToOutbox,
  discardRefused,
  flushOutbox,
  listOutbox,
  OUTBOX_ALARM,
} from '../utils/extension/outbox.ts';
import { noteSentMail } from '../utils/extension/sent-mail.ts';
import { diagnosticsItem, settingsItem, tabSessionItem } from '../utils/extension/storage.ts';
import { changeSession, noteDrawn, takeReading } from '../utils/extension/tab-session.ts';
import { siteFor } from '../utils/sites/index.ts';

export default defineBackground(() => {
  const flush = () => flushOutbox(refreshPerson);

  handleMessages({
    'page.read': async (reading, { tabId, url }) => {
      const dock = await takeReading(tabId!, siteFor(url)!.id, reading);
      const session = await tabSessionItem(tabId!).get();
      const chosen = session?.leads.find((lead) => lead.key === session.chosen);
      // The look-up starts while the page is still docking the panel that will ask for it.
      if (chosen !== undefined) void getContext(chosen.email);
      return dock;
    },
    'page.unreadable': ({ site, skeleton }) =>
      noteOnce(site, `Nobody found where people should be:\n${skeleton}`),
    'page.sent': async (sent) => {
      await noteSentMail(sent);
      void flush();
    },
    'panel.session': async (_, { tabId }) => (tabId === null ? null : tabSessionItem(tabId).get()),
    'panel.choose': ({ key }, { tabId }) =>
      changeSession(tabId!, (session) => ({
        ...session,
        chosen: session.leads.some((lead) => lead.key === key) ? key : session.chosen,
      })),
    'panel.dock': (change, { tabId }) =>
      changeSession(tabId!, (session) => ({ ...session, dock: { ...session.dock, ...change } })),
    'panel.drawn': ({ revision }, { tabId }) => noteDrawn(tabId!, revision),
    'context.get': async ({ key }, { tabId }) => {
      const session = tabId === null ? null : await tabSessionItem(tabId).get();
      const lead = session?.leads.find((candidate) => candidate.key === key);
      if (lead === undefined) return { ok: false, error: { kind: 'not-found' } };
      const answer = await getContext(lead.email);
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
    'connection.get': getConnection,
    'connection.sign-in': async ({ hubUrl, code }) => {
      const answer = await signIn(hubUrl, code);
      if (answer.ok) void flush();
      return answer;
    },
    'connection.sign-out': signOut,
    'settings.get': settingsItem.get,
    'settings.set': settingsItem.set,
    'diagnostics.list': diagnosticsItem.get,
    'options.open': () => browser.runtime.openOptionsPage(),
    'hub.fetch': hubFetch,
  });

  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === SYNC_ALARM) void sync();
    if (name === OUTBOX_ALARM) void flush();
  });
  browser.tabs.onRemoved.addListener((tabId) => void tabSessionItem(tabId).remove());
  browser.commands.onCommand.addListener((command, tab) => {
    if (command === 'toggle-panel' && tab?.id !== undefined) void togglePanel(tab.id);
  });
  browser.action.onClicked.addListener((tab) => void openFromToolbar(tab.id));

  void browser.alarms.create(SYNC_ALARM, { periodInMinutes: SYNC_MINUTES });
  browser.runtime.onStartup.addListener(() => void sync());
  // Each wake: a browser that was closed with clicks in the outbox delivers them now.
  void flush();
});

/** Folds the panel to its tab, or unfolds it and gives it the keyboard. */
function togglePanel(tabId: number): Promise<void> {
  return changeSession(tabId, (session) => ({
    ...session,
    dock: {
      ...session.dock,
      collapsed: !session.dock.collapsed,
      focusRequests: session.dock.focusRequests + (session.dock.collapsed ? 1 : 0),
    },
  }));
}

async function openFromToolbar(tabId: number | undefined): Promise<void> {
  const session = tabId === undefined ? null : await tabSessionItem(tabId).get();
  if (session?.dock.open === true && (await getConnection()) !== null) return togglePanel(session.tabId);
  return browser.runtime.openOptionsPage();
}
