import fc from 'fast-check';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { expect } from 'vitest';
import type { User } from '../../../utils/contract/session.ts';
import { Stage } from '../../../utils/contract/stage.ts';
import { TouchpointKind } from '../../../utils/contract/touchpoint.ts';
import { refreshPairs } from '../../../server/reports/pairs.ts';
import type { Database } from '../../../server/store/database.ts';
import type { Answered, useTestHub } from './test-hub.ts';

type TestHub = Awaited<ReturnType<ReturnType<typeof useTestHub>['open']>>;

const MOMENTS = [
  '2026-08-31T23:59:59.999Z',
  '2026-09-01T00:00:00.000Z',
  '2026-10-15T12:00:00.000Z',
  '2026-11-19T08:00:00.000Z',
];
const REASONS = ['no-budget', 'wrong-data', 'junk'];
const HOURS = [0.001, 1, 5, 30, 300];

/** What may happen in a workspace, each with three numbers to choose by. */
const STEPS = [
  'touch',
  'move',
  'mend',
  'judge',
  'say',
  'withdraw',
  'answer',
  'merge',
  'followUp',
  'source',
  'machine',
  'forget',
  'pass',
] as const;
/** Those that the rest needs most come most often. */
const names = [...STEPS, 'touch', 'touch', 'touch', 'move', 'judge', 'source', 'say'] as const;

/** The same where much comes to sales and goes on. */
const busy = [
  ...names,
  ...(['source', 'source', 'source', 'move', 'move', 'judge', 'followUp', 'pass', 'answer'] as const),
];

type Step = readonly [(typeof STEPS)[number], number, number, number];
const steps = (of: readonly Step[0][], minLength: number, maxLength: number) =>
  fc.array(fc.tuple(fc.constantFrom(...of), fc.nat(99), fc.nat(99), fc.nat(99)), { minLength, maxLength });
export const history = steps(names, 1, 40);
export const busyHistory = steps(busy, 40, 70);

/** A workspace in which steps are taken as its users and sources would; what the hub refuses changes nothing. */
export function startHistory(db: Database, hub: TestHub) {
  const { workspace, lena, omar, marketer, now } = hub;
  const sourced = ['nora', 'emil', 'ada'].map((name) => ({
    id: uuid(),
    emails: [`${name}@reederei.example`],
  }));
  const people = [...sourced, lena, omar];
  const campaigns = [1, 2, 3].map((number) => ({ id: uuid(), name: `Campaign ${number}`, kind: 'mail' }));
  const users = [hub.rep, hub.otherRep, marketer, hub.salesManager, hub.admin];
  const given: { id: string; user: User; clientTime: string }[] = [];
  const calls = new Map<User, ReturnType<TestHub['as']>>();

  const send = async (user: User, path: string, body: unknown, method = 'POST'): Promise<Answered> => {
    const call = calls.get(user) ?? hub.as(user);
    calls.set(user, call);
    const answer = await (await call)(method, path, body);
    expect(answer.status).toBeLessThan(500);
    return answer;
  };
  const present = async (personId: string) => {
    const { rows } = await sql<{ eventId: string; before: Stage | null }>`
      select v.id as "eventId", v.from_stage as before from people p
      join stage_events v on v.workspace_id = p.workspace_id and v.id = p.stage_event_id
      where p.workspace_id = ${workspace.id} and p.id = ${personId}`.execute(db);
    return rows[0];
  };
  const judge = async (user: User, feedback: object) => {
    const [id, clientTime] = [uuid(), now()];
    const { status } = await send(user, '/v1/feedback', { id, clientTime, reasons: [], ...feedback });
    if (status === 200) given.push({ id, user, clientTime });
  };
  const move = async (
    personId: string,
    user: User,
    how: (last: { eventId: string; before: Stage | null }) => object,
  ) => {
    const last = await present(personId);
    if (!last) return;
    const body = {
      id: uuid(),
      personId,
      basedOn: last.eventId,
      reason: REASONS[0],
      clientTime: now(),
      ...how(last),
    };
    await send(user, '/v1/stage-changes', body);
  };

  return {
    take: async ([name, a, b, c]: Step): Promise<void> => {
      const of = <Value>(values: readonly Value[], number: number) => values[number % values.length]!;
      const person = of(people, a);
      const user = of(users, b);
      const to = of(Stage.options, c);
      switch (name) {
        case 'touch': {
          const touchpoint = {
            id: uuid(),
            kind: of(TouchpointKind.options, c),
            channel: 'other',
            direction: 'inbound',
            title: 'Something',
            occurredAt: of(MOMENTS, b),
            machine: c % 3 === 0,
            source: 'test',
            sourceId: String(c % 20),
            person: { email: person.emails[0] },
            ...(b % 5 > 0 && { campaign: of(campaigns, b + c) }),
          };
          await send(marketer, '/v1/touchpoints', { touchpoints: [touchpoint] });
          return;
        }
        case 'move':
          return move(person.id, user, () => ({ to }));
        case 'mend':
          return move(person.id, user, ({ eventId, before }) =>
            c % 2 === 0 ? { to: before ?? to, undoes: eventId } : { to, corrects: eventId },
          );
        case 'judge':
          return judge(user, {
            about: { kind: 'lead', personId: person.id },
            verdict: of(['accepted', 'returned'], c),
            reasons: c % 2 === 0 ? [] : [of(REASONS, c)],
          });
        case 'say':
          return judge(user, {
            about: { kind: 'campaign', campaignId: of(campaigns, a).id },
            verdict: of(['praise', 'suggestion'], c),
          });
        case 'withdraw': {
          const last = given.pop();
          if (!last) return;
          const patch = { state: 'withdrawn', clientTime: last.clientTime };
          await send(last.user, `/v1/feedback/${last.id}`, patch, 'PATCH');
          return;
        }
        case 'answer': {
          const last = given.at(-1);
          if (last) await send(user, `/v1/feedback/${last.id}/replies`, { id: uuid(), text: 'Thank you.' });
          return;
        }
        case 'merge': {
          if (b % 3 > 0) return;
          const merges = `/v1/people/${person.id}/merges`;
          const known = await send(marketer, merges, undefined, 'GET');
          const last = (known.json as { merges?: { id: string; undoneAt?: string }[] } | null)?.merges?.find(
            ({ undoneAt }) => undoneAt === undefined,
          );
          if (last) await send(marketer, `/v1/merges/${last.id}/undo`, {});
          else await send(marketer, merges, { otherId: of(people, a + 1 + (c % 2)).id });
          return;
        }
        case 'followUp': {
          const report = {
            id: uuid(),
            person: { id: person.id },
            at: now(),
            seen: 'call',
            direction: 'outbound',
          };
          await send(user, '/v1/follow-ups', report);
          return;
        }
        case 'source': {
          const row = {
            ...of(sourced, a),
            name: 'Somebody',
            externalIds: [],
            stage: to,
            country: of(['DE', 'AT'], b),
          };
          await send(marketer, '/v1/people', { people: [row] });
          return;
        }
        case 'machine':
          await db.transaction().execute(async (tx) => {
            await sql`update touchpoints set machine = true
              where workspace_id = ${workspace.id} and person_id = ${person.id} and source_id = ${String(c % 20)}`.execute(
              tx,
            );
            await refreshPairs(tx, workspace.id, [person.id], new Date(now()));
          });
          return;
        case 'forget':
          await db.transaction().execute(async (tx) => {
            if (c % 4 > 0) {
              await sql`delete from touchpoints
                where workspace_id = ${workspace.id} and person_id = ${person.id} and source_id = ${String(c % 20)}`.execute(
                tx,
              );
            } else {
              await sql`update people set archived_at = ${c % 8 === 0 ? now() : null}
                where workspace_id = ${workspace.id} and id = ${person.id}`.execute(tx);
            }
            await refreshPairs(tx, workspace.id, [person.id], new Date(now()));
          });
          return;
        case 'pass':
          hub.pass(of(HOURS, c) * 3_600_000);
          return;
      }
    },
  };
}
