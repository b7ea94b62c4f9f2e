import { type LeadIndexResponse, STATE_DO_NOT_CONTACT } from '../contract/lead-index.ts';
import { Stage } from '../contract/stage.ts';
import { normaliseEmail, withoutTag } from '../domain/email.ts';
import { emailIndexText, importLeadKey, leadHash } from '../domain/lead-hash.ts';
import { database, type StoredIndex } from './database.ts';
import { findState, mergeEntries } from './sorted-hashes.ts';

export interface IndexHit {
  stage: Stage | null;
  doNotContact: boolean;
}

interface LoadedIndex {
  stored: StoredIndex;
  key: CryptoKey;
  /** Address → what the index says. Addresses repeat from mail to mail; hashing is the dear part. */
  seen: Map<string, IndexHit | null>;
}

const SEEN_LIMIT = 20_000;
let loaded: Promise<LoadedIndex | null> | undefined;

const load = async (): Promise<LoadedIndex | null> => {
  const stored = (await (await database()).get('single', 'lead-index')) as StoredIndex | undefined;
  return stored === undefined ? null : { stored, key: await importLeadKey(stored.key), seen: new Map() };
};
const current = () => (loaded ??= load());

/** Forgets the index in memory, after it was changed or cleared in storage. */
export function forgetIndex(): void {
  loaded = undefined;
}

/**
 * What the index knows of an address: null for anybody who is no lead. Works offline and asks nobody;
 * this is what keeps other people's addresses in the browser.
 */
export async function findLead(address: string): Promise<IndexHit | null> {
  const index = await current();
  const email = normaliseEmail(address);
  if (index === null || email === null) return null;
  const known = index.seen.get(email);
  if (known !== undefined) return known;
  const hit = (await lookUp(index, email)) ?? (await lookUp(index, withoutTag(email)));
  if (index.seen.size >= SEEN_LIMIT) index.seen.clear();
  index.seen.set(email, hit);
  return hit;
}

async function lookUp({ stored, key }: LoadedIndex, email: string): Promise<IndexHit | null> {
  const state = findState(stored.entries, await leadHash(key, emailIndexText(email)));
  if (state === null) return null;
  return { stage: Stage.options[state & 0x0f] ?? null, doNotContact: (state & STATE_DO_NOT_CONTACT) !== 0 };
}

/** Fetches what changed since the last time, page by page, and stores each page before the next. */
export async function syncIndex(
  fetchPage: (since: number) => Promise<LeadIndexResponse | null>,
): Promise<boolean> {
  const db = await database();
  for (;;) {
    const stored = (await db.get('single', 'lead-index')) as StoredIndex | undefined;
    let page = await fetchPage(stored?.cursor ?? 0);
    if (page === null) return false;
    let base = stored;
    if (base !== undefined && base.keyId !== page.keyId) {
      // The workspace's key was rotated: our hashes mean nothing any more.
      base = undefined;
      page = await fetchPage(0);
      if (page === null) return false;
    }
    await db.put(
      'single',
      {
        keyId: page.keyId,
        key: bytes(page.key),
        cursor: page.cursor,
        entries: mergeEntries(base?.entries ?? new Uint8Array(), bytes(page.upserts), bytes(page.deletes)),
      },
      'lead-index',
    );
    forgetIndex();
    if (page.complete) return true;
  }
}

const bytes = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
