import type { PullName } from '../../utils/contract/source.ts';
import type { WriteTransaction } from '../store/database.ts';
import { ITEMS, type Items } from './items.ts';
import { syncNow } from './source-store.ts';
import { storeItems } from './store-items.ts';
import type { Origin } from './to-contract.ts';
import type { WebhookNews } from './webhook.ts';

/** Stores what a webhook has brought, as a pull would; what it only tells of is pulled at once. */
export async function storeNews(
  tx: WriteTransaction,
  origin: Origin,
  { people = [], touchpoints = [], consents = [], pull = [] }: WebhookNews,
  now: Date,
): Promise<void> {
  const store = <Name extends PullName>(name: Name, items: readonly unknown[]) => {
    // What is not as it must be is left to the next pull, which says so.
    const good = items.flatMap((item) => ITEMS[name].safeParse(item).data ?? []) as Items[Name][];
    return storeItems(tx, name, good, { origin, moment: { now, beganAt: now.toISOString() } });
  };
  // In the order of the pulls: touchpoints name people.
  await store('people', people);
  await store('consent', consents);
  await store('touchpoints', touchpoints);
  if (pull.length > 0) await syncNow(tx, origin.workspaceId, origin.system, now);
}
