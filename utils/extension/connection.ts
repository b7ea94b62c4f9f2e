import { browser } from 'wxt/browser';
import { fetchAgreement } from './agreement.ts';
import { clearLeadData } from './database.ts';
import type { Result } from './failure.ts';
import { hub, hubAt } from './hub-fetch.ts';
import { forgetIndex, syncIndex } from './lead-index.ts';
import type { Connection } from './messages.ts';
import { askAllToRestart, notifyPages } from './notify.ts';
import { askForTokens } from './oauth.ts';
import { syncPacks } from './selectors.ts';
import { tellNews } from './news.ts';
import {
  connectionItem,
  lastSeenItem,
  lastSyncItem,
  newsItem,
  selectorPacksItem,
  type StoredConnection,
} from './storage.ts';
import { refreshWaiting } from './waiting.ts';

/** The alarm that keeps index and agreement fresh. */
export const SYNC_ALARM = 'sync';
const SYNC_MINUTES = 5;

/** Who is signed in; null when nobody is, or when the hub no longer accepts our token. */
export async function getConnection(): Promise<Connection | null> {
  return visible(await connectionItem.get());
}

/** Has the browser wake us for `sync` as long as there is a hub. An alarm that runs is left alone: it would start over. */
export async function keepSyncing(): Promise<void> {
  if ((await connectionItem.get()) === null) await browser.alarms.clear(SYNC_ALARM);
  else if (!(await browser.alarms.get(SYNC_ALARM)))
    await browser.alarms.create(SYNC_ALARM, { periodInMinutes: SYNC_MINUTES });
}

/** Exchanges a one-time code for a token. */
export async function signInByCode(hubUrl: string, code: string): Promise<Result<Connection>> {
  const answer = await hubAt(hubUrl).signIn({ body: { code } });
  if (!answer.ok) return answer;
  const { token, user, workspace } = answer.value;
  return connect({ hubUrl, token, me: { user, workspace } });
}

/** Has the user sign in on the hub's own page, in a window of the browser. */
export async function signInByBrowser(enteredUrl: string): Promise<Result<Connection>> {
  const granted = await askForTokens(enteredUrl);
  if (!granted.ok) return granted;
  const { hubUrl, token, renewal } = granted.value;
  const me = await hubAt(hubUrl, token).me();
  return me.ok ? connect({ hubUrl, token, renewal, me: me.value }) : me;
}

/** Keeps the connection, and fetches what every panel needs before its first look-up. */
async function connect(connection: StoredConnection): Promise<Result<Connection>> {
  const before = await connectionItem.get();
  // Another workspace's leads must not answer for this one's.
  if (before?.me.workspace.id !== connection.me.workspace.id) await forgetLeads();
  await connectionItem.set(connection);
  await keepSyncing();
  await sync();
  notifyPages({ notice: 'connection.changed' });
  return { ok: true, value: { hubUrl: connection.hubUrl, me: connection.me } };
}

/** Revokes the token and forgets all leads; undelivered clicks wait for the same user to come back. */
export async function signOut(): Promise<void> {
  await hub.signOut();
  await connectionItem.remove();
  await keepSyncing();
  await refreshWaiting();
  await forgetLeads();
  notifyPages({ notice: 'connection.changed' });
}

/** Brings the user, the lead index and the agreement up to date. Failing is fine: what we have goes on serving. */
export async function sync(): Promise<void> {
  const connection = await connectionItem.get();
  if (connection?.token == null) return;
  const me = await hub.me();
  if (me.ok && JSON.stringify(me.value) !== JSON.stringify(connection.me)) {
    // Read again: the request may have renewed the token.
    const current = (await connectionItem.get()) ?? connection;
    await connectionItem.set({ ...current, me: me.value });
    notifyPages({ notice: 'connection.changed' });
  }
  let changed = false;
  const complete = await syncIndex(async (since) => {
    const page = await hub.leadIndex({ query: { since } });
    changed ||= page.ok && page.value.cursor !== since;
    return page.ok ? page.value : null;
  });
  const repaired = await syncPacks(() => hub.selectorPacks());
  // Who is on a page now may have become a lead, be none any more, or can be read again.
  if (changed || repaired) void askAllToRestart();
  await refreshWaiting();
  await tellNews();
  const agreement = await fetchAgreement();
  if (complete && agreement.ok) await lastSyncItem.set(new Date().toISOString());
}

async function forgetLeads(): Promise<void> {
  await clearLeadData();
  await lastSyncItem.remove();
  await lastSeenItem.remove();
  await newsItem.remove();
  await selectorPacksItem.remove();
  forgetIndex();
}

const visible = (stored: StoredConnection | null): Connection | null =>
  stored?.token == null ? null : { hubUrl: stored.hubUrl, me: stored.me };
