import { sql } from 'kysely';
import type { PullName } from '../../utils/contract/source.ts';
import type { Hub } from '../hub.ts';
import type { WriteTransaction } from '../store/database.ts';
import { sqlState } from '../store/sql-state.ts';
import type { Items } from './items.ts';
import { type ClaimedSource, saveSuccess } from './lease.ts';
import { afterPeople } from './plan-pulls.ts';
import { beginPulls, readPulls, savePage, type StoredPull } from './pull-store.ts';
import type { ReadPage } from './read-page.ts';
import { addKinds, writeStatus } from './source-status.ts';
import { cancelUnseen, storeItems } from './store-items.ts';
import type { Origin } from './to-contract.ts';

/** Stores a page and where its pull goes on, in a transaction that holds the source. */
export async function storePage<Name extends PullName>(
  tx: WriteTransaction,
  { hub, claimed, origin, pull }: { hub: Hub; claimed: ClaimedSource; origin: Origin; pull: StoredPull },
  { items, next, ...page }: ReadPage<Name>,
  now: Date,
): Promise<void> {
  const { workspaceId, system } = origin;
  const moment = { now, beganAt: pull.beganAt };
  const name = pull.pull as Name;
  const rejected = await storeHalving(tx, items, async (some) => {
    const result = await storeItems(tx, name, some, { origin, moment });
    hub.metrics.ingested(name, result);
    return result.rejected.map(({ reason }) => reason);
  });
  const ends = next === null;
  await savePage(tx, workspaceId, system, pull, {
    step: {
      cursor: next,
      items: items.length + page.skipped,
      skipped: page.skipped + rejected.length,
      lastProblem: rejected.at(-1) ?? page.lastProblem,
      total: page.total,
    },
    now,
  });
  if (name === 'touchpoints') {
    const kinds = (items as readonly Items['touchpoints'][]).map(({ kind }) => kind);
    await addKinds(tx, workspaceId, system, kinds);
  }
  if (ends) await finish(tx, origin, pull, now);
  await saveSuccess(tx, workspaceId, claimed, ends ? now : null);
  // Only these change what is seen of the source.
  if (ends || claimed.source.failure !== null || pull.failure !== null)
    await writeStatus(tx, workspaceId, system, now);
  Object.assign(claimed.source, { failure: null, failures: 0 });
}

/** What follows from a pull that has come to its end. */
async function finish(
  tx: WriteTransaction,
  origin: Origin,
  { pull, lane, beganAt }: StoredPull,
  now: Date,
): Promise<void> {
  const { workspaceId, system } = origin;
  if (pull === 'planned') await cancelUnseen(tx, origin, beganAt);
  if (pull === 'people' && lane === 'history') {
    const again = afterPeople(await readPulls(tx, workspaceId, system));
    if (again.length > 0) await beginPulls(tx, workspaceId, system, again, now);
  }
}

/**
 * Stores items; where the database refuses a value nobody has thought of, they are halved until the one with it is
 * alone, so that the others go in.
 *
 * @returns why items were not stored, one text for each.
 */
async function storeHalving<T>(
  tx: WriteTransaction,
  items: readonly T[],
  store: (items: readonly T[]) => Promise<string[]>,
): Promise<string[]> {
  await sql`savepoint source_items`.execute(tx);
  try {
    const rejected = await store(items);
    await sql`release savepoint source_items`.execute(tx);
    return rejected;
  } catch (error) {
    if (!isOfTheData(error)) throw error;
    await sql`rollback to savepoint source_items`.execute(tx);
    if (items.length === 1) return ['the database cannot hold it'];
    const half = Math.ceil(items.length / 2);
    return [
      ...(await storeHalving(tx, items.slice(0, half), store)),
      ...(await storeHalving(tx, items.slice(half), store)),
    ];
  }
}

/** Data exceptions, and values beyond a limit of the database, such as an index row that is too long. */
function isOfTheData(error: unknown): boolean {
  const state = error instanceof Error ? sqlState(error) : undefined;
  return state !== undefined && /^(?:22|54)/u.test(state);
}
