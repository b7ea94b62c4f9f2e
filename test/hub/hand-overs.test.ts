import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import { followStage } from '../../server/hand-overs/follow-stage.ts';
import { handOverJson } from '../../server/hand-overs/store.ts';
import { escalateNext } from '../../server/jobs/escalate.ts';
import { runJobs } from '../../server/jobs/jobs.ts';
import type { Database } from '../../server/store/database.ts';
import { lockStage, moveStage } from '../../server/store/stages.ts';
import { HandOver } from '../../utils/contract/hand-over.ts';
import { ContextResponse } from '../../utils/contract/lead-context.ts';
import type { User } from '../../utils/contract/session.ts';
import type { Stage, StageEvent } from '../../utils/contract/stage.ts';
import { clockState, isLate } from '../../utils/domain/clock-state.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/*
 * The small workspace begins on Friday, 20 November 2026, at ten in Berlin. The shipped agreement gives two
 * working hours to assign a lead and eight to respond, in offices that are open from nine to five; then it tells
 * the owner, after four hours the manager, and after eight somebody else gets the lead.
 */
async function open(owner: 'rep' | 'nobody' = 'rep', stage: Stage = 'mql') {
  const hub = await hubs.open();
  const workspaceId = hub.workspace.id;
  const { db } = hubs;
  const nils = {
    id: uuid(),
    name: 'Nils Nordmann',
    emails: ['nils@reederei.example'],
    externalIds: [],
    stage,
    ...(owner === 'rep' && { ownerEmail: hub.rep.email }),
  };
  const asMarketer = await hub.as(hub.marketer);
  const ingest = async (rest: object = {}) => {
    const answer = await asMarketer('POST', '/v1/people', { people: [{ ...nils, ...rest }] });
    expect(answer.json).toMatchObject({ stored: 1 });
  };
  await ingest();

  const now = () => new Date(hub.now());
  const stored = async () => {
    const { rows } = await sql<{ handOver: unknown }>`
      select ${handOverJson(workspaceId)} as "handOver" from people p
      where p.workspace_id = ${workspaceId} and p.id = ${nils.id}`.execute(db);
    const json = rows[0]?.handOver ?? null;
    return json === null ? null : HandOver.parse(json);
  };
  const handOver = async () => {
    const found = await stored();
    if (!found) throw new Error('There is no hand-over.');
    return found;
  };
  return {
    ...hub,
    workspaceId,
    manager: hub.salesManager,
    nils,
    ingest,
    stored,
    handOver,
    /** Goes to this moment of the wall clock in UTC. */
    goTo: (at: string) => hub.pass(Date.parse(at) - now().getTime()),
    jobs: () => runJobs(hub.hub),
    state: async () => {
      const { response, assignment, pauses } = await handOver();
      return clockState(response ?? assignment, pauses, now().getTime());
    },
    owner: async () => {
      const { rows } = await sql<{ owner: string }>`
        select p.owner_id as owner from people p
        where p.workspace_id = ${workspaceId} and p.id = ${nils.id}`.execute(db);
      return rows[0]?.owner;
    },
    move: (to: Stage, by: User, kind: StageEvent['kind'] = 'move') =>
      db.transaction().execute(async (tx) => {
        const present = await lockStage(tx, workspaceId, nils.id);
        if (!present) throw new Error('Nobody there.');
        const actor = { kind: 'person' as const, id: by.id, name: by.name };
        await moveStage(tx, workspaceId, present, { to, at: now(), by: actor, agreementVersion: 1, kind });
      }),
    followUp: async (by: User, rest: object = {}) => {
      const call = await hub.as(by);
      const body = {
        id: uuid(),
        person: { email: 'Nils@reederei.example' },
        at: hub.now(),
        seen: 'mail',
        direction: 'outbound',
        ...rest,
      };
      return call('POST', '/v1/follow-ups', body);
    },
    patch: async (by: User, change: object) => {
      const call = await hub.as(by);
      return call('PATCH', `/v1/hand-overs/${(await handOver()).id}`, change);
    },
    touch: async (kind: string, occurredAt: string) => {
      const touchpoint = {
        id: uuid(),
        kind,
        channel: 'phone',
        direction: 'outbound',
        title: 'Call',
        occurredAt,
        machine: false,
        source: 'crm',
        sourceId: uuid(),
        person: { email: nils.emails[0] },
      };
      const answer = await asMarketer('POST', '/v1/touchpoints', { touchpoints: [touchpoint] });
      expect(answer.json).toMatchObject({ stored: 1 });
    },
  };
}

describe('the life of a hand-over', () => {
  test('runs, is at risk, breaks, escalates, changes hands, and is kept by a mail', async () => {
    const hub = await open();
    const { rep, otherRep, manager } = hub;
    expect(await hub.handOver()).toMatchObject({
      at: '2026-11-20T09:00:00.000Z',
      rule: { id: 'standard' },
      agreementVersion: 1,
      to: { id: rep.id, name: rep.name },
      assignment: { stoppedAt: '2026-11-20T09:00:00.000Z', tookMinutes: 0 },
      response: {
        working: [
          { from: '2026-11-20T09:00:00.000Z', to: '2026-11-20T16:00:00.000Z' },
          { from: '2026-11-23T08:00:00.000Z', to: '2026-11-23T09:00:00.000Z' },
        ],
        atRiskAt: '2026-11-20T15:00:00.000Z',
        due: '2026-11-23T09:00:00.000Z',
      },
      escalations: [],
    });
    expect(await hub.state()).toBe('running');
    hub.goTo('2026-11-21T12:00:00.000Z');
    expect(await hub.state()).toBe('at-risk');
    await hub.jobs();
    expect((await hub.handOver()).escalations).toEqual([]);

    hub.goTo('2026-11-23T09:00:00.000Z');
    expect(await hub.state()).toBe('breached');
    await hub.jobs();
    const told = await hub.handOver();
    expect(told.escalations).toEqual([{ at: hub.now(), to: 'owner', user: { id: rep.id, name: rep.name } }]);
    await hub.jobs();
    expect(await hub.handOver()).toEqual(told);

    hub.goTo('2026-11-23T12:59:59.999Z');
    await hub.jobs();
    expect(await hub.handOver()).toEqual(told);
    hub.pass(1);
    await hub.jobs();
    expect((await hub.handOver()).escalations[1]).toMatchObject({ to: 'manager', user: { id: manager.id } });

    hub.goTo('2026-11-24T09:00:00.000Z');
    await hub.jobs();
    expect(await hub.handOver()).toMatchObject({
      to: { id: otherRep.id },
      response: { startedAt: '2026-11-24T09:00:00.000Z', due: '2026-11-25T09:00:00.000Z' },
      escalations: [{ to: 'owner' }, { to: 'manager' }, { to: 'reassign', user: { id: otherRep.id } }],
    });
    expect(await hub.owner()).toBe(otherRep.id);
    expect(await hub.state()).toBe('running');

    hub.pass(90 * MINUTE);
    const answer = await hub.followUp(otherRep);
    expect(answer).toMatchObject({ status: 200, json: { handOver: { outcome: 'followed-up' } } });
    expect(await hub.handOver()).toMatchObject({
      followUp: { at: hub.now(), seen: 'mail', by: { id: otherRep.id, name: otherRep.name } },
      response: { stoppedAt: hub.now(), tookMinutes: 90 },
    });
    expect(await hub.state()).toBe('met');
    hub.goTo('2026-12-24T09:00:00.000Z');
    await hub.jobs();
    expect((await hub.handOver()).escalations).toHaveLength(3);
  });

  test('waits for an owner first, and tells the manager when there is none', async () => {
    const hub = await open('nobody');
    const { rep, manager } = hub;
    const waiting = await hub.handOver();
    expect(waiting).toMatchObject({ assignment: { due: '2026-11-20T11:00:00.000Z' } });
    expect(waiting).not.toHaveProperty('response');
    expect(waiting).not.toHaveProperty('to');
    hub.goTo('2026-11-20T15:00:00.000Z');
    await hub.jobs();
    expect((await hub.handOver()).escalations).toEqual([
      { at: hub.now(), to: 'owner' },
      { at: hub.now(), to: 'manager', user: { id: manager.id, name: manager.name } },
    ]);

    expect(await hub.patch(rep, { change: 'assign', to: rep.id })).toMatchObject({
      status: 200,
      json: {
        to: { id: rep.id },
        assignment: { stoppedAt: hub.now(), tookMinutes: 360 },
        response: { startedAt: hub.now() },
      },
    });
    expect(await hub.owner()).toBe(rep.id);
    const { assignment } = await hub.handOver();
    expect(isLate(assignment)).toBe(true);
  });

  test('an owner whom the source names has it from then on', async () => {
    const hub = await open('nobody');
    hub.pass(HOUR);
    await hub.ingest({ ownerEmail: hub.otherRep.email });
    expect(await hub.handOver()).toMatchObject({
      to: { id: hub.otherRep.id },
      assignment: { tookMinutes: 60 },
      response: { startedAt: hub.now() },
    });
  });

  test('a source that repeats its owner does not take the lead back from whom the hub gave it to', async () => {
    const hub = await open();
    await hub.patch(hub.otherRep, { change: 'assign', to: hub.otherRep.id });
    const given = await hub.handOver();
    hub.pass(HOUR);
    await hub.ingest({ title: 'Fleet manager' });
    await hub.ingest({ title: 'Head of fleet', ownerEmail: undefined });
    await hub.ingest({ title: 'Head of purchasing', ownerEmail: 'left@kontor.example' });
    expect(await hub.handOver()).toEqual(given);
    expect(await hub.owner()).toBe(hub.otherRep.id);
    await hub.ingest({ title: 'Head of all', ownerEmail: hub.admin.email });
    expect((await hub.handOver()).to?.id).toBe(hub.admin.id);
    expect(await hub.owner()).toBe(hub.admin.id);
  });

  test('reassigning leaves the lead where it is when there is nobody else, and says so', async () => {
    const hub = await open();
    await sql`
      update users u set team = 'marketing'
      where u.workspace_id = ${hub.workspaceId} and u.id <> ${hub.rep.id}`.execute(hubs.db);
    hub.goTo('2026-12-24T09:00:00.000Z');
    await hub.jobs();
    const left = await hub.handOver();
    expect(left.to?.id).toBe(hub.rep.id);
    expect(left.escalations).toEqual([
      { at: hub.now(), to: 'owner', user: { id: hub.rep.id, name: hub.rep.name } },
      { at: hub.now(), to: 'manager' },
      { at: hub.now(), to: 'reassign' },
    ]);
    hub.goTo('2027-01-24T09:00:00.000Z');
    await hub.jobs();
    expect(await hub.handOver()).toEqual(left);
  });

  test('whoever has the fewest open hand-overs gets the next one', async () => {
    const hub = await open();
    const third = { id: uuid(), email: 'zoe@kontor.example' };
    await sql`
      insert into users (workspace_id, id, name, email, role, team)
      values (${hub.workspaceId}, ${third.id}, 'Zoe Rep', ${third.email}, 'rep', 'sales')`.execute(hubs.db);
    const busy = { ...hub.nils, id: uuid(), emails: ['b@reederei.example'], ownerEmail: hub.otherRep.email };
    await hub.ingest(busy);
    hub.goTo('2026-11-24T09:00:00.000Z');
    await sql`
      update hand_overs h set next_escalation_at = null
      where h.workspace_id = ${hub.workspaceId} and h.person_id = ${busy.id}`.execute(hubs.db);
    await hub.jobs();
    expect((await hub.handOver()).to?.id).toBe(third.id);
  });

  test('dying in the middle of a step takes the whole step back; it is still due', async () => {
    const hub = await open();
    hub.goTo('2026-11-23T09:00:00.000Z');
    const before = await hub.handOver();
    const dying = {
      transaction: () => ({
        execute: (work: (tx: unknown) => Promise<unknown>) =>
          hubs.db.transaction().execute(async (tx) => {
            await work(tx);
            throw new Error('killed');
          }),
      }),
    } as unknown as Database;
    await expect(escalateNext(dying, hub.workspaceId, new Date(hub.now()))).rejects.toThrow('killed');
    expect(await hub.handOver()).toEqual(before);
    await Promise.all([hub.jobs(), hub.jobs()]);
    // Each may have skipped what the other held at that moment.
    await hub.jobs();
    expect((await hub.handOver()).escalations).toHaveLength(1);
  });

  test('one that cannot be escalated holds up no other, and is tried again', async () => {
    const hub = await open();
    const broken = { ...hub.nils, id: uuid(), emails: ['broken@reederei.example'] };
    await hub.ingest(broken);
    const [bad] = (
      await sql<{ terms: object }>`
        update hand_overs h set terms = '{}', next_escalation_at = '2026-11-23T08:00:00.000Z'
        where h.workspace_id = ${hub.workspaceId} and h.person_id = ${broken.id}
        returning (select o.terms from hand_overs o where o.workspace_id = ${hub.workspaceId} and o.id = h.id)`.execute(
        hubs.db,
      )
    ).rows;
    hub.goTo('2026-11-23T09:00:00.000Z');
    await hub.jobs();
    expect((await hub.handOver()).escalations).toEqual([]);
    expect(hub.log.join('')).toContain('job escalate failed');
    hub.pass(1_000);
    await hub.jobs();
    expect((await hub.handOver()).escalations).toHaveLength(1);

    await sql`
      update hand_overs h set terms = ${JSON.stringify(bad?.terms)}
      where h.workspace_id = ${hub.workspaceId} and h.person_id = ${broken.id}`.execute(hubs.db);
    hub.pass(60_000);
    await hub.jobs();
    const { rows } = await sql<{ escalated: number }>`
      select h.escalated from hand_overs h
      where h.workspace_id = ${hub.workspaceId} and h.person_id = ${broken.id}`.execute(hubs.db);
    expect(rows).toEqual([{ escalated: 1 }]);
  });

  test('a job that fails is logged without what it was about, and the others run', async () => {
    const hub = await open();
    const failing = {
      transaction: () => {
        throw new Error(hub.nils.emails[0]);
      },
    } as unknown as Database;
    await runJobs({ ...hub.hub, databaseOf: () => failing });
    const log = hub.log.join('');
    expect(log).toContain('job evaluate failed');
    expect(log).toContain('job escalate failed');
    expect(log).not.toContain('reederei');
  });
});

describe('moving the lead', () => {
  test('accepting does not stop the clock, nor does going on', async () => {
    const hub = await open();
    const before = await hub.handOver();
    await hub.move('sal', hub.rep);
    await hub.move('sql', hub.rep);
    await hub.move('mql', hub.rep);
    expect(await hub.handOver()).toEqual(before);
  });

  test('returning closes it, undoing that lets the clock go on as if nothing had happened', async () => {
    const hub = await open();
    const before = await hub.handOver();
    hub.pass(HOUR);
    await hub.move('recycled', hub.rep);
    expect(await hub.handOver()).toMatchObject({
      outcome: 'returned',
      response: { stoppedAt: hub.now(), tookMinutes: 60 },
    });
    hub.goTo('2026-11-24T09:00:00.000Z');
    await hub.jobs();
    expect((await hub.handOver()).escalations).toEqual([]);
    await hub.move('mql', hub.rep, 'undo');
    expect(await hub.handOver()).toEqual({ ...before, revision: 2 });
    await hub.jobs();
    expect((await hub.handOver()).escalations).toHaveLength(3);
  });

  test('a verdict closes it, and its undo opens it again, in the context too', async () => {
    const hub = await open();
    const call = await hub.as(hub.rep);
    const shown = async () => {
      const answer = await call('POST', '/v1/context', { queries: [{ email: hub.nils.emails[0] }] });
      return ContextResponse.parse(answer.json).contexts[0]?.handOver;
    };
    const before = await shown();
    expect(before).toEqual(await hub.handOver());
    const about = { kind: 'lead', personId: hub.nils.id };
    const id = uuid();
    const verdict = { id, about, verdict: 'returned', reasons: ['no-budget'], clientTime: hub.now() };
    expect((await call('POST', '/v1/feedback', verdict)).status).toBe(200);
    expect((await shown())?.outcome).toBe('returned');
    const undo = { state: 'withdrawn', clientTime: hub.now() };
    expect((await call('PATCH', `/v1/feedback/${id}`, undo)).status).toBe(200);
    expect(await shown()).toEqual({ ...before, revision: 2 });
  });

  test('an undo opens nothing that a later step has made final', async () => {
    const hub = await open();
    await hub.move('recycled', hub.rep);
    await hub.move('lead', hub.marketer);
    await hub.move('sal', hub.rep);
    await hub.move('disqualified', hub.rep);
    await hub.move('sal', hub.rep, 'undo');
    expect((await hub.handOver()).outcome).toBe('returned');
  });

  test('what marketing takes back is withdrawn, and so is an undone hand-over', async () => {
    const hub = await open();
    await hub.move('lead', hub.marketer);
    expect((await hub.handOver()).outcome).toBe('withdrawn');
    const first = await hub.handOver();
    hub.pass(HOUR);
    await hub.move('mql', hub.marketer);
    const second = await hub.handOver();
    expect(second).toMatchObject({ at: hub.now() });
    expect(second.id).not.toBe(first.id);
    await hub.move('lead', hub.rep, 'undo');
    expect(await hub.handOver()).toMatchObject({ id: second.id, outcome: 'withdrawn' });
  });

  test('stepping back inside sales hands nothing over again', async () => {
    const hub = await open();
    await hub.followUp(hub.rep);
    const kept = await hub.handOver();
    await hub.move('sal', hub.rep);
    await hub.move('mql', hub.rep, 'correction');
    await hub.move('recycled', hub.rep);
    await hub.move('mql', hub.rep, 'undo');
    expect(await hub.handOver()).toEqual(kept);
  });

  test('the first rule that holds applies', async () => {
    const hub = await open('rep', 'lead');
    await sql`
      update source_status s set problem = null where s.workspace_id = ${hub.workspaceId}`.execute(hubs.db);
    const demo = { title: 'Demo request', channel: 'web', direction: 'inbound', kind: 'form.submitted' };
    const call = await hub.as(hub.marketer);
    await call('POST', '/v1/touchpoints', {
      touchpoints: [
        {
          ...demo,
          id: uuid(),
          occurredAt: hub.now(),
          machine: false,
          source: 'web',
          sourceId: uuid(),
          person: { email: hub.nils.emails[0] },
        },
      ],
    });
    await hub.move('mql', hub.marketer);
    expect(await hub.handOver()).toMatchObject({ rule: { id: 'asked-to-talk' }, criteria: { type: 'all' } });
  });

  test('people who are no leads of sales have none', async () => {
    const hub = await open('rep', 'lead');
    expect(await hub.stored()).toBeNull();
    await followStage(hubs.db as never, hub.workspaceId, {
      personId: hub.nils.id,
      from: 'inquiry',
      to: 'lead',
      kind: 'move',
      at: new Date(),
    });
    expect(await hub.stored()).toBeNull();
  });
});

describe('what is seen', () => {
  test('a call or a meeting since the hand-over stops the clock, one before or one to come does not', async () => {
    for (const kind of ['call', 'meeting']) {
      const hub = await open();
      await hub.touch(kind, '2026-11-20T08:59:59.999Z');
      await hub.touch('email.replied', '2026-11-20T09:10:00.000Z');
      await hub.touch(kind, '2026-11-23T10:00:00.000Z');
      expect(await hub.state()).toBe('running');
      hub.pass(HOUR);
      await hub.touch(kind, '2026-11-20T09:30:00.000Z');
      expect(await hub.handOver()).toMatchObject({
        outcome: 'followed-up',
        followUp: { at: '2026-11-20T09:30:00.000Z', seen: kind },
        response: { stoppedAt: '2026-11-20T09:30:00.000Z', tookMinutes: 30 },
      });
    }
  });

  test('an earlier follow-up heard of later counts as the first', async () => {
    const hub = await open();
    const at = hub.now();
    hub.pass(3 * HOUR);
    await hub.touch('call', hub.now());
    expect(await hub.handOver()).toMatchObject({ response: { tookMinutes: 180 } });
    await hub.followUp(hub.rep, { at });
    expect(await hub.handOver()).toMatchObject({
      followUp: { at, seen: 'mail' },
      response: { stoppedAt: at, tookMinutes: 0 },
    });
    await hub.touch('call', hub.now());
    expect((await hub.handOver()).followUp?.seen).toBe('mail');
  });

  test('a mail before the hand-over is kept, but stops nothing', async () => {
    const hub = await open('rep', 'lead');
    expect(await hub.followUp(hub.rep)).toMatchObject({ status: 200, json: { handOver: null } });
    hub.pass(HOUR);
    await hub.move('mql', hub.marketer);
    const earlier = { at: '2026-11-20T09:30:00.000Z' };
    expect((await hub.followUp(hub.rep, earlier)).json).toMatchObject({
      handOver: { id: expect.any(String) as string },
    });
    expect(await hub.state()).toBe('running');
    const { rows } = await sql`
      select 1 from follow_ups f where f.workspace_id = ${hub.workspaceId}`.execute(hubs.db);
    expect(rows).toHaveLength(2);
  });

  test("marketing's own mail stops nothing", async () => {
    const hub = await open();
    const { json } = await hub.followUp(hub.marketer);
    expect(json).toMatchObject({ handOver: { to: { id: hub.rep.id } } });
    expect(json).not.toMatchObject({ handOver: { outcome: 'followed-up' } });
    expect(await hub.state()).toBe('running');
  });

  test('the same report twice has one effect and one answer; another one under its id is refused', async () => {
    const hub = await open();
    const report = { id: uuid(), seen: 'click', person: { id: hub.nils.id }, at: hub.now() };
    const first = await hub.followUp(hub.rep, report);
    const kept = await hub.handOver();
    hub.pass(HOUR);
    expect((await hub.followUp(hub.rep, report)).json).toEqual(first.json);
    expect(await hub.handOver()).toEqual(kept);
    expect(await hub.followUp(hub.otherRep, report)).toMatchObject({ status: 409 });
  });

  test('nobody stops clocks in the future, or of people who are not there', async () => {
    const hub = await open();
    const soon = { at: '2026-11-20T09:05:00.000Z' };
    expect((await hub.followUp(hub.rep, soon)).status).toBe(200);
    const later = await hub.followUp(hub.rep, { at: '2026-11-20T09:05:00.001Z' });
    expect(later).toMatchObject({ status: 400, json: { errors: [{ pointer: '/at' }] } });
    for (const person of [{ email: 'nobody@reederei.example' }, { id: uuid() }]) {
      expect(await hub.followUp(hub.rep, { person })).toMatchObject({ status: 404 });
    }
  });
});

describe('changing it by hand', () => {
  const pause = { change: 'pause', reason: 'absent', until: '2026-11-24T09:00:00.000Z' };

  test('a pause moves what is due and what escalates, until it is resumed', async () => {
    const hub = await open();
    hub.pass(HOUR);
    expect(await hub.patch(hub.rep, { ...pause, comment: 'Holidays' })).toMatchObject({
      status: 200,
      json: {
        pauses: [
          { from: hub.now(), to: pause.until, reason: 'absent', comment: 'Holidays', by: { id: hub.rep.id } },
        ],
        response: { due: '2026-11-24T16:00:00.000Z' },
      },
    });
    expect(await hub.state()).toBe('paused');
    hub.goTo('2026-11-23T09:30:00.000Z');
    await hub.jobs();
    expect((await hub.handOver()).escalations).toEqual([]);
    expect(await hub.patch(hub.otherRep, { change: 'resume' })).toMatchObject({
      status: 200,
      json: { pauses: [{ to: hub.now() }], response: { due: '2026-11-24T08:30:00.000Z' } },
    });
    expect(await hub.state()).toBe('running');
    const resumed = await hub.handOver();
    expect((await hub.patch(hub.rep, { change: 'resume' })).json).toEqual(resumed);
    hub.pass(30 * MINUTE);
    await hub.followUp(hub.rep);
    expect((await hub.handOver()).response?.tookMinutes).toBe(90);
  });

  test('pausing again replaces the end', async () => {
    const hub = await open();
    await hub.patch(hub.rep, pause);
    hub.pass(HOUR);
    await hub.patch(hub.rep, { ...pause, reason: 'waiting-for-customer', until: '2026-11-23T09:00:00.000Z' });
    expect(await hub.handOver()).toMatchObject({
      pauses: [{ to: hub.now() }, { from: hub.now(), to: '2026-11-23T09:00:00.000Z' }],
      response: { due: '2026-11-24T09:00:00.000Z' },
    });
  });

  test('pauses end, and have a reason of the agreement', async () => {
    const hub = await open();
    const refused = async (change: object, pointer: string) =>
      expect(await hub.patch(hub.rep, { ...pause, ...change })).toMatchObject({
        status: 400,
        json: { errors: [{ pointer }] },
      });
    await refused({ reason: 'no-time' }, '/reason');
    await refused({ until: hub.now() }, '/until');
    await refused({ until: '2026-12-04T09:00:00.001Z' }, '/until');
    expect((await hub.patch(hub.rep, { ...pause, until: '2026-12-04T09:00:00.000Z' })).status).toBe(200);
  });

  test('reps take leads, managers and admins give them, to somebody of sales', async () => {
    const hub = await open();
    const { rep, otherRep, manager, admin, marketer } = hub;
    const assign = (by: User, to: { id: string }) => hub.patch(by, { change: 'assign', to: to.id });
    expect((await assign(rep, otherRep)).status).toBe(403);
    expect((await assign(marketer, otherRep)).status).toBe(403);
    expect((await hub.patch(marketer, pause)).status).toBe(403);
    for (const to of [marketer, { id: uuid() }]) {
      expect(await assign(manager, to)).toMatchObject({
        status: 400,
        json: { errors: [{ pointer: '/to' }] },
      });
    }
    const before = await hub.handOver();
    expect((await assign(admin, rep)).json).toEqual(before);
    hub.pass(HOUR);
    expect((await assign(otherRep, otherRep)).json).toMatchObject({
      to: { id: otherRep.id },
      response: { startedAt: hub.now() },
      revision: 1,
    });
    expect((await assign(manager, rep)).json).toMatchObject({ to: { id: rep.id }, revision: 2 });
    expect(await hub.owner()).toBe(rep.id);
  });

  test('what is closed or not there cannot be changed', async () => {
    const hub = await open();
    await hub.followUp(hub.rep);
    expect(await hub.patch(hub.rep, pause)).toMatchObject({ status: 409 });
    const call = await hub.as(hub.rep);
    expect((await call('PATCH', `/v1/hand-overs/${uuid()}`, { change: 'resume' })).status).toBe(404);
  });
});
