import { browser } from 'wxt/browser';
import type { Feedback } from '../contract/feedback.ts';
import { database, hasDatabase } from './database.ts';
import type { Failure, Result } from './failure.ts';
import { hub } from './hub-fetch.ts';
import { notifyPages } from './notify.ts';
import type { NewEntry, OutboxEntry, Receipt } from './outbox-entry.ts';
import { connectionItem } from './storage.ts';

/** The alarm that tries again; alarms survive the background's sleep. */
export const OUTBOX_ALARM = 'outbox';
const FIRST_RETRY_MS = 5_000;
const LAST_RETRY_MS = 15 * 60_000;
const KEPT_RECEIPTS = 200;

/** Failures that time or a sign-in mends; everything else would be refused again. */
const PASSING: readonly Failure['kind'][] = ['offline', 'hub-error', 'too-many-requests', 'signed-out'];

/** Stores a write. When this resolves the click is safe: it survives crash, restart and a missing hub. */
export async function addToOutbox(entry: NewEntry): Promise<void> {
  const connection = await connectionItem.get();
  if (connection === null) throw new Error('Nobody has ever signed in');
  await (
    await database()
  ).put('outbox', {
    ...entry,
    userId: connection.me.user.id,
    savedAt: new Date().toISOString(),
    attempts: 0,
    state: 'waiting',
  });
  notifyPages({ notice: 'outbox.changed' });
}

/**
 * Delivers what waits, oldest first, and stops at the first failure that time may mend; an alarm then
 * tries again. Calls `settled` with the people whose context changed, or is another than the user saw.
 * One flush runs at a time.
 */
export async function flushOutbox(settled: (personId: string) => unknown): Promise<void> {
  await navigator.locks.request('outbox', async () => {
    const user = (await connectionItem.get())?.me.user.id;
    if (user === undefined) return;
    const db = await database();
    for (const entry of await db.getAllFromIndex('outbox', 'savedAt')) {
      if (entry.state !== 'waiting' || entry.userId !== user) continue;
      const result = await deliver(entry);
      if (result.ok) {
        await acknowledge(entry, result.value);
        const fresh = entry.personId === undefined ? null : settled(entry.personId);
        // Feedback has its receipt to show. Anything else looks pending until the context tells of it.
        if (result.value === null) await fresh;
      } else if (PASSING.includes(result.error.kind)) {
        await db.put('outbox', { ...entry, attempts: entry.attempts + 1, failure: result.error });
        await retryLater(entry.attempts);
        break;
      } else if (isNoticed(entry)) {
        await db.delete('outbox', entry.id);
      } else {
        await db.put('outbox', { ...entry, state: 'refused', failure: result.error });
        if (entry.personId !== undefined) settled(entry.personId);
      }
      notifyPages({ notice: 'outbox.changed' });
    }
  });
}

/** What waits or was refused, and what was delivered lately. */
export async function listOutbox(): Promise<{ entries: OutboxEntry[]; receipts: Receipt[] }> {
  if (!(await hasDatabase())) return { entries: [], receipts: [] };
  const db = await database();
  const [entries, receipts] = await Promise.all([
    db.getAllFromIndex('outbox', 'savedAt'),
    db.getAllFromIndex('receipts', 'deliveredAt'),
  ]);
  return { entries, receipts: receipts.reverse() };
}

/** Drops a write the hub refused. One that still waits stays: it may be on its way. */
export async function discardRefused(id: string): Promise<void> {
  const db = await database();
  if ((await db.get('outbox', id))?.state === 'refused') await db.delete('outbox', id);
  notifyPages({ notice: 'outbox.changed' });
}

/** Nobody clicked for it, so nobody needs to hear that the hub did not want it. */
const isNoticed = ({ write }: OutboxEntry) => write.kind === 'follow-up' && write.body.seen !== 'click';

/** The stored feedback, or null for a write of another kind. */
async function deliver({
  id: idempotencyKey,
  feedbackId,
  write,
}: OutboxEntry): Promise<Result<Feedback | null>> {
  switch (write.kind) {
    case 'create':
      return hub.createFeedback({ body: write.body, idempotencyKey });
    case 'patch':
      return hub.patchFeedback({ params: { id: feedbackId! }, body: write.body, idempotencyKey });
    case 'reply':
      return hub.replyToFeedback({ params: { id: feedbackId! }, body: write.body, idempotencyKey });
    case 'stage-change':
      return withoutValue(await hub.createStageChange({ body: write.body, idempotencyKey }));
    case 'follow-up':
      return withoutValue(await hub.createFollowUp({ body: write.body, idempotencyKey }));
    case 'confirmation':
      return withoutValue(await hub.createConfirmation({ body: write.body, idempotencyKey }));
    case 'hand-over':
      return withoutValue(
        await hub.patchHandOver({ params: { id: write.handOverId }, body: write.body, idempotencyKey }),
      );
  }
}

const withoutValue = (result: Result<unknown>): Result<null> =>
  result.ok ? { ok: true, value: null } : result;

/** Entry and receipt change places in one transaction: a crash between them would send the write twice. */
async function acknowledge(entry: OutboxEntry, feedback: Feedback | null): Promise<void> {
  const transaction = (await database()).transaction(['outbox', 'receipts'], 'readwrite');
  const receipts = transaction.objectStore('receipts');
  await Promise.all([
    transaction.objectStore('outbox').delete(entry.id),
    feedback &&
      receipts.put({
        id: entry.id,
        feedbackId: feedback.id,
        deliveredAt: new Date().toISOString(),
        feedback,
      }),
  ]);
  const surplus = (await receipts.count()) - KEPT_RECEIPTS;
  if (surplus > 0) {
    const oldest = await receipts.index('deliveredAt').getAllKeys(undefined, surplus);
    await Promise.all(oldest.map((key) => receipts.delete(key)));
  }
  await transaction.done;
}

/** Doubles the wait with each attempt; a random part keeps a team from knocking in step. */
async function retryLater(attempts: number): Promise<void> {
  const wait = Math.min(FIRST_RETRY_MS * 2 ** attempts, LAST_RETRY_MS) * (0.75 + Math.random() / 2);
  await browser.alarms.create(OUTBOX_ALARM, { when: Date.now() + wait });
}
