import type { ContextQuery, LeadContext } from '../contract/lead-context.ts';
import type { PersonOnPage } from '../contract/page-reading.ts';
import { normaliseEmail } from '../domain/email.ts';
import { emailIndexText, recordIndexText } from '../domain/lead-hash.ts';
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

/** Of whom the hub knows something newer than what is cached here, and since when: until somebody looks at them. */
const outdated = new Map<string, number>();

const underWay = new Map<string, Promise<Result<ContextAnswer>>>();

/** How the hub is asked for somebody; `text` is what the lead index knows them by. */
interface LookUp {
  text: string;
  query: ContextQuery;
}

/** By the record where there is one, else by the address; null for somebody who has neither. */
function lookUpOf({ email: address, record }: Pick<PersonOnPage, 'email' | 'record'>): LookUp | null {
  const ofRecord = record && recordIndexText(record);
  if (record && ofRecord) return { text: ofRecord, query: { record } };
  const email = address === undefined ? null : normaliseEmail(address);
  return email === null ? null : { text: emailIndexText(email), query: { email } };
}

/**
 * A lead's context: at once from what this browser has, and from the hub behind it (`context.changed`
 * follows), or from the hub when we have nothing. Only call this with what the lead index knows.
 */
export async function getContext(
  lead: Pick<PersonOnPage, 'email' | 'record'>,
): Promise<Result<ContextAnswer>> {
  const lookUp = lookUpOf(lead);
  if (lookUp === null) return { ok: false, error: { kind: 'not-found' } };
  const cached = await (await database()).get('contexts', lookUp.text);
  if (cached === undefined) return fetchContext(lookUp);
  const { context, receivedAt } = cached;
  const signedOut = (await connectionItem.get())?.token == null;
  const isOld = Date.now() - Date.parse(cached.triedAt) > FRESH_MS || outdated.has(cached.personId);
  if (!signedOut && isOld) void fetchContext(lookUp);
  const failure = signedOut ? { kind: 'signed-out' as const } : cached.failure;
  return { ok: true, value: { context, receivedAt, ...(failure && { stale: failure }) } };
}

/** Asks the hub now. Two at once for one lead become one request. */
function fetchContext(lookUp: LookUp): Promise<Result<ContextAnswer>> {
  let request = underWay.get(lookUp.text);
  if (request === undefined) {
    request = ask(lookUp).finally(() => underWay.delete(lookUp.text));
    underWay.set(lookUp.text, request);
  }
  return request;
}

/** Asks again for every cached answer about a person, after a write of ours changed them. */
export async function refreshPerson(personId: string): Promise<void> {
  const cached = await (await database()).getAllFromIndex('contexts', 'personId', personId);
  // An answer already on its way may be older than our write.
  await Promise.all(cached.flatMap(({ text }) => underWay.get(text) ?? []));
  await Promise.all(cached.map(fetchContext));
}

/** The hub has something else to say of these people now. Who is on the screen is asked for at once, the others when they are. */
export async function outdate(personIds: readonly string[] | 'everybody'): Promise<void> {
  const now = Date.now();
  const known = await knownPeople();
  for (const personId of personIds === 'everybody' ? known : personIds) {
    if (!known.has(personId)) continue;
    outdated.set(personId, now);
    notifyPages({ notice: 'context.changed', personId });
  }
}

async function knownPeople(): Promise<Set<string>> {
  const people = new Set<string>();
  const { store } = (await database()).transaction('contexts');
  for (let at = await store.index('personId').openKeyCursor(); at; at = await at.continue())
    people.add(at.key);
  return people;
}

/** What was asked for since somebody became outdated is what they were outdated by; a failure shows as such. */
function brought(personId: string, askedAt: number): void {
  if ((outdated.get(personId) ?? Infinity) < askedAt) outdated.delete(personId);
}

async function ask({ text, query }: LookUp): Promise<Result<ContextAnswer>> {
  const askedAt = Date.now();
  const answer = await hub.context({ body: { queries: [query] } });
  const personId = answer.ok
    ? answer.value.contexts[0]?.person.id
    : (await (await database()).get('contexts', text))?.personId;
  if (personId !== undefined) brought(personId, askedAt);
  if (!answer.ok) return keepLastKnown(text, answer.error);
  const context = answer.value.contexts[0] ?? null;
  if (context === null) {
    const gone = await (await database()).get('contexts', text);
    await (await database()).delete('contexts', text);
    if (gone !== undefined) notifyPages({ notice: 'context.changed', personId: gone.personId });
    return { ok: false, error: { kind: 'not-found' } };
  }
  return store({ text, query }, context);
}

async function store(lookUp: LookUp, context: LeadContext): Promise<Result<ContextAnswer>> {
  // Whoever has signed out in the meantime wants nobody kept here.
  if ((await connectionItem.get())?.token == null) return { ok: false, error: { kind: 'signed-out' } };
  const receivedAt = new Date().toISOString();
  const personId = context.person.id;
  await (await database()).put('contexts', { ...lookUp, personId, context, receivedAt, triedAt: receivedAt });
  void dropOldest();
  void followAgreement(context.agreement.version);
  notifyPages({ notice: 'context.changed', personId });
  return { ok: true, value: { context, receivedAt } };
}

async function keepLastKnown(text: string, failure: Failure): Promise<Result<ContextAnswer>> {
  const db = await database();
  const cached = await db.get('contexts', text);
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
