import type { ExternalId } from '../../utils/contract/primitives.ts';
import { packState } from '../../utils/domain/index-state.ts';
import { emailIndexText, importLeadKey, leadHash, recordIndexText } from '../../utils/domain/lead-hash.ts';
import { database } from '../../utils/extension/database.ts';
import { emptyTable, mergeEntries } from '../../utils/extension/hash-table.ts';
import { writeIndex } from '../../utils/extension/index-store.ts';
import { forgetIndex } from '../../utils/extension/lead-index.ts';
import { connectionItem, forgetItems } from '../../utils/extension/storage.ts';

export const USER_ID = '01990000-0000-7000-8000-000000000001';
export const HUB_URL = 'http://hub.test';

/** A signed-in extension whose index knows these addresses and records, all as MQLs. */
export async function signedIn(...leads: (string | ExternalId)[]): Promise<void> {
  await connectionItem.set({
    hubUrl: HUB_URL,
    token: 'tdm_test',
    me: {
      user: {
        id: USER_ID,
        name: 'Alex Winter',
        email: 'alex.winter@nordlicht.example',
        role: 'rep',
        team: 'sales',
      },
      workspace: { id: USER_ID, name: 'Nordlicht', domains: ['nordlicht.example'] },
    },
  });
  const raw = new Uint8Array(32).fill(7);
  const key = await importLeadKey(raw);
  const hashes = await Promise.all(leads.map((lead) => leadHash(key, indexText(lead))));
  hashes.sort((a, b) => Buffer.compare(a, b));
  const state = packState({ stage: 'mql', doNotContact: false, clock: 'none' });
  const entries = Uint8Array.from(hashes.flatMap((hash) => [...hash, state]));
  const table = await mergeEntries(emptyTable(), entries, new Uint8Array());
  await writeIndex({ keyId: 'k', key: raw, cursor: 1, table }, undefined);
  forgetIndex();
}

const indexText = (lead: string | ExternalId) =>
  typeof lead === 'string' ? emailIndexText(lead) : (recordIndexText(lead) ?? '');

/** Forgets everything between tests. */
export async function emptyDatabase(): Promise<void> {
  const db = await database();
  await Promise.all(
    ['contexts', 'outbox', 'receipts', 'single', 'index-parts'].map((store) => db.clear(store as 'contexts')),
  );
  forgetIndex();
  forgetItems();
}
