import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { followClocks } from '../../server/jobs/follow-clocks.ts';
import { runJobs } from '../../server/jobs/jobs.ts';
import type { HandOver } from '../../utils/contract/hand-over.ts';
import { ContextResponse } from '../../utils/contract/lead-context.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { emailIndexText } from '../../utils/domain/lead-hash.ts';
import { indexClient, overHttp } from './support/index-client.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const NILS = 'nils@reederei.example';
const MINUTE = 60_000;

/** Marketing hands a lead over on a Friday at ten; sales has eight working hours. */
async function open() {
  const hub = await hubs.open();
  const [call, ingest] = [await hub.as(hub.rep), await hub.as(hub.marketer)];
  const nils = {
    id: uuid(),
    name: 'Nils Nordmann',
    emails: [NILS],
    externalIds: [],
    ownerEmail: hub.rep.email,
  };
  const send = async (stage: Stage, rest: object = {}) => {
    const answer = await ingest('POST', '/v1/people', { people: [{ ...nils, stage, ...rest }] });
    expect(answer.json).toMatchObject({ stored: 1 });
  };
  await send('mql');
  const index = indexClient(overHttp(call));
  const handOver = async (): Promise<HandOver> => {
    const answer = await call('POST', '/v1/context', { queries: [{ email: NILS }] });
    const found = ContextResponse.parse(answer.json).contexts[0]?.handOver;
    if (!found) throw new Error('There is no hand-over.');
    return found;
  };
  return {
    ...hub,
    send,
    handOver,
    call,
    cursor: index.cursor,
    /** What a client sees after its next sync, without any job. */
    clock: async (email = NILS) => {
      await index.sync();
      return (await index.find(emailIndexText(email)))?.clock;
    },
    jobs: () => runJobs(hub.hub, { clocks: followClocks }),
    goTo: (at: string) => hub.pass(Date.parse(at) - Date.parse(hub.now())),
    patch: async (change: object) => {
      const answer = await call('PATCH', `/v1/hand-overs/${(await handOver()).id}`, change);
      expect(answer.status).toBe(200);
    },
  };
}

test('the clock changes with time alone, at its moments and not before', async () => {
  const { clock, cursor, handOver, goTo, pass, jobs } = await open();
  expect(await clock()).toBe('running');
  const { response } = await handOver();
  const { atRiskAt, due } = response!;

  goTo(atRiskAt);
  pass(-1);
  await jobs();
  expect(await clock()).toBe('running');
  pass(1);
  expect(await clock()).toBe('running');
  await jobs();
  expect(await clock()).toBe('at-risk');
  const before = cursor();
  await jobs();
  expect(await clock()).toBe('at-risk');
  expect(cursor()).toBe(before);

  goTo(due);
  await jobs();
  expect(await clock()).toBe('breached');
});

test('a pause shows at once, and ends by itself', async () => {
  const { clock, now, pass, jobs, patch } = await open();
  const until = new Date(Date.parse(now()) + 30 * MINUTE).toISOString();
  await patch({ change: 'pause', reason: 'absent', until });
  expect(await clock()).toBe('paused');
  pass(30 * MINUTE - 1);
  await jobs();
  expect(await clock()).toBe('paused');
  pass(1);
  await jobs();
  expect(await clock()).toBe('running');
});

test('a pause that is ended early leaves nothing to be done later', async () => {
  const { clock, now, pass, jobs, patch, cursor } = await open();
  const until = new Date(Date.parse(now()) + 30 * MINUTE).toISOString();
  await patch({ change: 'pause', reason: 'absent', until });
  pass(10 * MINUTE);
  await patch({ change: 'resume' });
  expect(await clock()).toBe('running');
  const before = cursor();
  pass(20 * MINUTE);
  await jobs();
  expect(await clock()).toBe('running');
  expect(cursor()).toBe(before);
});

test('a follow-up stops it, and time changes nothing after that', async () => {
  const { clock, now, pass, jobs, call } = await open();
  const followUp = { id: uuid(), person: { email: NILS }, at: now(), seen: 'call', direction: 'outbound' };
  expect((await call('POST', '/v1/follow-ups', followUp)).status).toBe(200);
  expect(await clock()).toBe('met');
  pass(30 * 24 * 60 * MINUTE);
  await jobs();
  expect(await clock()).toBe('met');
});

test('nobody waits any more for a lead that has left sales; a new address says the same as the old', async () => {
  const { clock, call, send, now, handOver } = await open();
  const added = 'nils.nordmann@reederei.example';
  await send('mql', { emails: [NILS, added] });
  expect([await clock(), await clock(added)]).toEqual(['running', 'running']);
  const { stage, person } = ContextResponse.parse(
    (await call('POST', '/v1/context', { queries: [{ email: NILS }] })).json,
  ).contexts[0]!;
  const change = {
    id: uuid(),
    personId: person.id,
    to: 'recycled',
    basedOn: stage.eventId,
    clientTime: now(),
  };
  expect((await call('POST', '/v1/stage-changes', { ...change, reason: 'no-budget' })).status).toBe(200);
  expect((await handOver()).outcome).toBe('returned');
  expect([await clock(), await clock(added)]).toEqual(['none', 'none']);
});

test('a lead that waits for somebody to have it shows that clock', async () => {
  const hub = await hubs.open();
  const ingest = await hub.as(hub.marketer);
  const person = {
    id: uuid(),
    name: 'Nora',
    emails: ['nora@reederei.example'],
    externalIds: [],
    stage: 'mql',
  };
  await ingest('POST', '/v1/people', { people: [person] });
  const index = indexClient(overHttp(await hub.as(hub.rep)));
  hub.pass(3 * 60 * MINUTE);
  await runJobs(hub.hub, { clocks: followClocks });
  await index.sync();
  expect(await index.find(emailIndexText('nora@reederei.example'))).toMatchObject({ clock: 'breached' });
});
