import type { LeadContext } from '../contract/lead-context.ts';
import { normaliseEmail } from '../domain/email.ts';
import { followAgreement } from './agreement.ts';
import { database } from './database.ts';
import type { Failure, Result } from './failure.ts';
import { hub } from './hub-fetch.ts';
import type { ContextAnswer } from './messages.ts';
import { notifyPages } from './notify.ts';
import { connectionItem } from './storage.ts';

/** An answer younger than this is shown as it is; an older one is shown while the hub is asked again. */
const FRESH_MS = 2_000;
const KEPT = 500;

const underWay = new Map<string, Promise<Result<ContextAnswer>>>();

/**
 * A lead's context: at once from what this browser has, and from the hub behind it (`context.changed`
 * follows), or from the hub when we have nothing. Only call this for an address the lead index knows.
 */
export async function getContext(address: string): Promise<Result<ContextAnswer>> {
  const email = normaliseEmail(address);
  if (email === null) return { ok: false, error: { kind: 'not-found' } };
  const cached = await (await database()).get('contexts', email);
  if (cached === undefined) return fetchContext(email);
  const { context, receivedAt } = cached;
  const signedOut = (await connectionItem.get())?.token == null;
  if (!signedOut && Date.now() - Date.parse(cached.triedAt) > FRESH_MS) void fetchContext(email);
  const failure = signedOut ? { kind: 'signed-out' as const } : cached.failure;
  return { ok: true, value: { context, receivedAt, ...(failure && { stale: failure }) } };
}

/** Asks the hub now. Two at once for one address become one request. */
export function fetchContext(email: string): Promise<Result<ContextAnswer>> {
  let request = underWay.get(email);
  if (request === undefined) {
    request = ask(email).finally(() => underWay.delete(email));
    underWay.set(email, request);
  }
  return request;
}

/** Asks again for every cached address of a person, after a write of ours changed them. */
export async function refreshPerson(personId: string): Promise<void> {
  const emails = await (await database()).getAllKeysFromIndex('contexts', 'personId', personId);
  // An answer already on its way may be older than our write.
  await Promise.all(emails.flatMap((email) => underWay.get(email) ?? []));
  await Promise.all(emails.map(fetchContext));
}

async function ask(email: string): Promise<Result<ContextAnswer>> {
  const answer = await hub.context({ body: { queries: [{ email }] } });
  if (!answer.ok) return keepLastKnown(email, answer.error);
  const context = answer.value.contexts[0] ?? null;
  if (context === null) {
    const gone = await (await database()).get('contexts', email);
    await (await database()).delete('contexts', email);
    if (gone !== undefined) notifyPages({ notice: 'context.changed', personId: gone.personId });
    return { ok: false, error: { kind: 'not-found' } };
  }
  return store(email, context);
}

async function store(email: string, context: LeadContext): Promise<Result<ContextAnswer>> {
  const receivedAt = new Date().toISOString();
  const personId = context.person.id;
  await (await database()).put('contexts', { email, personId, context, receivedAt, triedAt: receivedAt });
  void dropOldest();
  void followAgreement(context.agreement.version);
  notifyPages({ notice: 'context.changed', personId });
  return { ok: true, value: { context, receivedAt } };
}

async function keepLastKnown(email: string, failure: Failure): Promise<Result<ContextAnswer>> {
  const db = await database();
  const cached = await db.get('contexts', email);
  if (cached === undefined) return { ok: false, error: failure };
  await db.put('contexts', { ...cached, failure, triedAt: new Date().toISOString() });
  notifyPages({ notice: 'context.changed', personId: cached.personId });
  return { ok: true, value: { context: cached.context, receivedAt: cached.receivedAt, stale: failure } };
}

async function dropOldest(): Promise<void> {
  const db = await database();
  const surplus = (await db.count('contexts')) - KEPT;
  if (surplus <= 0) return;
  const oldest = await db.getAllKeysFromIndex('contexts', 'receivedAt', undefined, surplus);
  await Promise.all(oldest.map((key) => db.delete('contexts', key)));
}
