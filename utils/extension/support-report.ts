import { browser } from 'wxt/browser';
import { database, hasDatabase } from './database.ts';
import { listReports } from './site-reports.ts';
import { mayNotify } from './news.ts';
import {
  connectionItem,
  diagnosticsItem,
  enabledSitesItem,
  lastSyncItem,
  selectorPacksItem,
  settingsItem,
} from './storage.ts';

/**
 * What somebody who helps needs to know of this browser. No address of a person, a mailbox, a company's system or the
 * hub, no token, and nothing of any page's content: it is meant to be passed on.
 */
export async function supportReport(): Promise<Record<string, unknown>> {
  const connection = await connectionItem.get();
  const { mailboxes, never, ...settings } = await settingsItem.get();
  const enabled = await enabledSitesItem.get();
  const manifest = browser.runtime.getManifest();
  return {
    at: new Date().toISOString(),
    version: manifest.version,
    manifestVersion: manifest.manifest_version,
    browser: navigator.userAgent,
    language: browser.i18n.getUILanguage(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    hub: connection && {
      encrypted: connection.hubUrl.startsWith('https:'),
      signedIn: connection.token !== null,
      by: connection.renewal === undefined ? 'code' : 'browser',
      role: connection.me.user.role,
      team: connection.me.user.team,
      lastSync: await lastSyncItem.get(),
    },
    outbox: await waitingWrites(),
    // Addresses are counted, never listed.
    settings: { ...settings, mailboxes: mailboxes.length, never: never.length },
    sites: enabled.map(({ site, patterns, granted, picked }) => ({
      site,
      origins: patterns.length,
      granted,
      picked: picked !== undefined,
    })),
    selectorPacks: (await selectorPacksItem.get()).map(({ site, version }) => ({ site, version })),
    notificationsAllowed: await mayNotify(),
    reports: await listReports(),
    notes: await diagnosticsItem.get(),
  };
}

/** How many writes wait or were refused, of which kind and for which failure. */
async function waitingWrites(): Promise<Record<string, number>> {
  const entries = (await hasDatabase()) ? await (await database()).getAll('outbox') : [];
  const counts: Record<string, number> = {};
  for (const { state, write, failure } of entries) {
    const kind = [state, write.kind, failure?.kind].filter(Boolean).join(' ');
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}
