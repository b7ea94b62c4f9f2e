import { sql } from 'kysely';
import type { BatchResult } from '../../utils/contract/ingest.ts';
import type { PullName } from '../../utils/contract/source.ts';
import { noteChanges } from '../live/changes.ts';
import { upsertCampaigns } from '../store/campaigns.ts';
import type { WriteTransaction } from '../store/database.ts';
import { storePeople } from '../store/people.ts';
import { storePlannedTouches } from '../store/planned.ts';
import { storeTouchpoints } from '../store/touchpoints.ts';
import type { Items } from './items.ts';
import { storeSourceConsents } from './store-consents.ts';
import { type Origin, toCampaign, toPerson, toPlannedTouch, toTouchpoint } from './to-contract.ts';

/** When, and in a pull that began when. */
interface Moment {
  now: Date;
  beganAt: string;
}

type Storing = {
  [Name in PullName]: (
    tx: WriteTransaction,
    origin: Origin,
    items: readonly Items[Name][],
    moment: Moment,
  ) => Promise<BatchResult>;
};

const STORING: Storing = {
  async campaigns(tx, origin, items) {
    const campaigns = new Map(items.map((item) => [item.sourceId, toCampaign(item, origin)]));
    const stored = await upsertCampaigns(tx, origin.workspaceId, [...campaigns.values()]);
    return { stored, repeated: items.length - stored, rejected: [] };
  },

  people: (tx, origin, items, { now }) =>
    storePeople(
      tx,
      origin.workspaceId,
      // The last word of a page on somebody counts: pages go from the oldest change to the newest.
      [...new Map(items.map((item) => toPerson(item, origin)).map((person) => [person.id, person])).values()],
      now,
    ),

  consent: (tx, origin, items, { now }) => storeSourceConsents(tx, origin, items, now),

  touchpoints: (tx, origin, items, { now }) =>
    storeTouchpoints(
      tx,
      origin.workspaceId,
      items.map((item) => toTouchpoint(item, origin)),
      now,
    ),

  async planned(tx, origin, items, { beganAt }) {
    const touches = items.map((item) => toPlannedTouch(item, origin));
    const result = await storePlannedTouches(tx, origin.workspaceId, touches);
    await sql`
      update planned_touches t set seen_at = greatest(t.seen_at, ${beganAt}::timestamptz)
      where t.workspace_id = ${origin.workspaceId} and t.source = ${origin.system}
        and t.source_id = any(${items.map(({ sourceId }) => sourceId)}::text[])`.execute(tx);
    return result;
  },
};

/** Stores a page of what a source says; again it changes nothing. */
export function storeItems<Name extends PullName>(
  tx: WriteTransaction,
  name: Name,
  items: readonly Items[Name][],
  { origin, moment }: { origin: Origin; moment: Moment },
): Promise<BatchResult> {
  if (items.length === 0) return Promise.resolve({ stored: 0, repeated: 0, rejected: [] });
  return STORING[name](tx, origin, items, moment);
}

/** Cancels what a source had planned and a whole pull that began then did not name any more. */
export async function cancelUnseen(
  tx: WriteTransaction,
  { workspaceId, system }: Origin,
  beganAt: string,
): Promise<void> {
  const { rows } = await sql<{ personId: string }>`
    update planned_touches t set cancelled = true
    where t.workspace_id = ${workspaceId} and t.source = ${system} and not t.cancelled
      and (t.seen_at is null or t.seen_at < ${beganAt}::timestamptz)
    returning t.person_id as "personId"`.execute(tx);
  noteChanges(
    tx,
    'person',
    rows.map(({ personId }) => personId),
  );
}
