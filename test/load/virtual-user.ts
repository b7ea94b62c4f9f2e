import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuid } from 'uuid';
import type { BatchResult } from '../../utils/contract/ingest.ts';
import type { Ledger } from './ledger.ts';
import type { LoadAnswer, LoadClient, LoadRequest } from './load-client.ts';

export interface LoadPerson {
  id: string;
  email: string;
}

interface Setting {
  client: LoadClient;
  ledger: Ledger;
  /** Whom everybody looks up. */
  people: readonly LoadPerson[];
  /** Whose stage this user moves, and nobody else by hand. */
  own: LoadPerson;
  /** Longest pause between two requests, in milliseconds. */
  pauseMs: number;
}

/** Where a rep may move a lead by the agreement that the hub ships. */
const STAGES = ['sal', 'sql', 'opportunity', 'recycled'] as const;
export const LOAD_SOURCE = 'load';

const below = (limit: number) => Math.floor(Math.random() * limit);
const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
const now = () => new Date().toISOString();

/** Works with the hub until the time is over: mostly reads, some clicks, some batches. Ends when all is answered. */
export async function virtualUser(setting: Setting, until: number): Promise<void> {
  const { client, ledger, people, own, pauseMs } = setting;
  const campaign = { id: uuid(), name: `Campaign of ${own.email}`, kind: 'mail' };
  const given: string[] = [];
  const sourceIds: { email: string; sourceId: string }[] = [];
  let seenEvent: string | undefined;

  /** Stops at the first answer that is no failure; it counts, whatever it says. */
  async function write(
    table: string,
    ids: readonly string[],
    request: Omit<LoadRequest, 'method'>,
  ): Promise<LoadAnswer> {
    const keyed = { method: 'POST' as const, ...request, key: uuid() };
    const answer = await client.ask(keyed);
    ledger.note({ request: keyed, status: answer.status, body: answer.body }, table, ids);
    return answer;
  }

  const actions: Record<string, () => Promise<unknown>> = {
    lookUp: () => {
      const queries = Array.from({ length: 1 + below(pick([1, 5, 50])) }, () => ({
        email: pick(people).email,
      }));
      return client.ask({ kind: 'context', method: 'POST', path: '/v1/context', body: { queries } });
    },
    feedback: async () => {
      const id = uuid();
      const about = { kind: 'lead', personId: pick(people).id };
      const verdict = pick(['accepted', 'returned']);
      const body = { id, about, verdict, reasons: [], comment: `load ${id}`, clientTime: now() };
      const { status } = await write('feedback', [id], { kind: 'feedback', path: '/v1/feedback', body });
      if (status === 200) given.push(id);
    },
    reply: async () => {
      const about = given.at(-1);
      if (about === undefined) return;
      const id = uuid();
      const path = `/v1/feedback/${about}/replies`;
      await write('feedback_replies', [id], { kind: 'reply', path, body: { id, text: `load ${id}` } });
    },
    stageChange: async () => {
      if (seenEvent === undefined) {
        const body = { queries: [{ email: own.email }] };
        const { body: found } = await client.ask({
          kind: 'context',
          method: 'POST',
          path: '/v1/context',
          body,
        });
        const { contexts } = found as { contexts: { stage: { eventId: string } }[] };
        seenEvent = contexts[0]?.stage.eventId;
      }
      const id = uuid();
      const change = { id, personId: own.id, to: pick(STAGES), basedOn: seenEvent, clientTime: now() };
      const request = { kind: 'stage change', path: '/v1/stage-changes', body: change };
      const { status } = await write('stage_events', [id], request);
      // Somebody's verdict may have moved the lead; the next look tells.
      seenEvent = status === 200 ? id : undefined;
    },
    followUp: async () => {
      const id = uuid();
      const body = { id, person: { id: pick(people).id }, at: now(), seen: 'click', direction: 'outbound' };
      await write('follow_ups', [id], { kind: 'follow-up', path: '/v1/follow-ups', body });
    },
    touchpoints: async () => {
      // Some are sent again in another batch, as sources do.
      const again = sourceIds.filter(() => Math.random() < 0.1).slice(0, 5);
      const fresh = Array.from({ length: 5 + below(15) }, () => ({
        email: pick(people).email,
        sourceId: uuid(),
      }));
      const touchpoints = [...fresh, ...again].map(({ email, sourceId }) => ({
        id: uuid(),
        kind: 'page.visited',
        channel: 'web',
        direction: 'inbound',
        title: `load ${sourceId}`,
        occurredAt: now(),
        machine: false,
        source: LOAD_SOURCE,
        sourceId,
        person: { email },
        campaign,
      }));
      const ids = fresh.map(({ sourceId }) => sourceId);
      const request = { kind: 'touchpoints', path: '/v1/touchpoints', body: { touchpoints } };
      const { status, body } = await write('touchpoints', ids, request);
      if (status !== 200) return;
      ledger.touchpointsStored += (body as BatchResult).stored;
      sourceIds.push(...fresh);
      for (const { email, sourceId } of fresh) ledger.noteTouch(email, sourceId);
    },
    people: async () => {
      const batch = Array.from({ length: 1 + below(10) }, () => newPerson());
      const ids = batch.map(({ id }) => id);
      const { status, body } = await write('people', ids, {
        kind: 'people',
        path: '/v1/people',
        body: { people: batch },
      });
      if (status === 200) ledger.peopleStored += (body as BatchResult).stored;
    },
    list: () => client.ask({ kind: 'list', method: 'GET', path: '/v1/feedback?limit=20' }),
  };
  const deck = Object.entries(SHARES).flatMap(([name, share]) => Array.from({ length: share }, () => name));
  while (performance.now() < until) {
    await actions[pick(deck)]?.();
    await sleep(Math.random() * pauseMs);
  }
}

/** Of twenty requests. */
const SHARES = {
  lookUp: 9,
  feedback: 2,
  reply: 1,
  stageChange: 2,
  followUp: 1,
  touchpoints: 3,
  people: 1,
  list: 1,
};

/** Somebody nobody has heard of yet. */
export function newPerson() {
  const id = uuid();
  return { id, name: `Load ${id}`, emails: [`${id}@load.example`], externalIds: [], stage: 'mql' };
}
