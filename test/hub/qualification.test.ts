import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import type { LeafResult } from '../../utils/contract/qualification.ts';
import { ContextResponse } from '../../utils/contract/lead-context.ts';
import { type CriterionResult, Qualification } from '../../utils/contract/qualification.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { evaluateDue } from '../../server/qualification/evaluate-due.ts';
import { evaluatePeople } from '../../server/qualification/evaluate-people.ts';
import { markEveryoneDue } from '../../server/qualification/mark-due.ts';
import { needsEvaluation, qualificationJson } from '../../server/qualification/qualification-json.ts';
import { lockStage, moveStage } from '../../server/store/stages.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const DAY = 86_400_000;

/** Everything about one lead that the shipped agreement's rules ask for, except what happened. */
const decider = () => ({
  id: uuid(),
  name: 'Nora Nordmann',
  emails: ['nora@reederei.example'],
  title: 'Head of Procurement',
  country: 'DE',
  externalIds: [],
  stage: 'lead',
  attributes: { employees: 250, industry: 'logistics' },
  source: 'crm',
});

async function open() {
  const hub = await hubs.open();
  const call = await hub.as(hub.marketer);
  const workspaceId = hub.workspace.id;
  const send = async (path: string, body: unknown) => {
    const answer = await call('POST', path, body);
    expect(answer).toMatchObject({ status: 200, json: { rejected: [] } });
  };
  const now = () => new Date(hub.now());
  // The small workspace's mailing tool has never been connected: that is one test's matter only.
  await sql`update source_status s set problem = null where s.workspace_id = ${workspaceId}`.execute(hubs.db);

  let events = 0;
  const happened = (email: string, kind: string, rest: object = {}) => ({
    id: uuid(),
    kind,
    channel: 'web',
    direction: 'inbound',
    title: 'Ask for an offer',
    occurredAt: hub.now(),
    machine: false,
    source: 'web',
    sourceId: String((events += 1)),
    person: { email },
    ...rest,
  });
  const evaluate = async () => {
    while (await evaluateDue(hubs.db, workspaceId, now()));
  };
  return {
    ...hub,
    workspaceId,
    at: now,
    evaluate,
    happened,
    people: (...people: unknown[]) => send('/v1/people', { people }),
    touchpoints: (...touchpoints: unknown[]) => send('/v1/touchpoints', { touchpoints }),
    evaluateOne: (personId: string) =>
      hubs.db.transaction().execute((tx) => evaluatePeople(tx, workspaceId, [personId], now())),
    qualification: async (personId: string) => {
      const { rows } = await sql<{ json: string }>`
        select ${qualificationJson(workspaceId, now().toISOString())} as json from people p
        where p.workspace_id = ${workspaceId} and p.id = ${personId}`.execute(hubs.db);
      return Qualification.parse(JSON.parse(rows[0]?.json ?? 'null'));
    },
    isDue: async (personId: string) => {
      const { rows } = await sql<{ due: boolean }>`
        select ${needsEvaluation(workspaceId, now().toISOString())} as due from people p
        where p.workspace_id = ${workspaceId} and p.id = ${personId}`.execute(hubs.db);
      return rows[0]?.due;
    },
    stage: async (personId: string) => {
      const { rows } = await sql<{ stage: Stage; by: string; evidence: CriterionResult | null }>`
        select p.stage, v.by_kind as by, v.evidence from people p
        join stage_events v on v.workspace_id = ${workspaceId} and v.id = p.stage_event_id
        where p.workspace_id = ${workspaceId} and p.id = ${personId}`.execute(hubs.db);
      return rows[0];
    },
    move: (personId: string, to: Stage) =>
      hubs.db.transaction().execute(async (tx) => {
        const present = await lockStage(tx, workspaceId, personId);
        if (!present) throw new Error('no such lead');
        const by = { kind: 'person' as const, id: hub.rep.id, name: hub.rep.name };
        await moveStage(tx, workspaceId, present, { to, at: now(), by, agreementVersion: 1 });
      }),
    silence: async (system: string, kinds: string[] | null) => {
      await sql`
        update source_status s set problem = '"signed out"', kinds = ${kinds}
        where s.workspace_id = ${workspaceId} and s.system = ${system}`.execute(hubs.db);
      await hubs.db.transaction().execute((tx) => markEveryoneDue(tx, workspaceId, now()));
    },
  };
}

function leaf(result: CriterionResult | null | undefined, id: string): LeafResult | undefined {
  if (!result) return undefined;
  if (!('of' in result)) return result.id === id ? result : undefined;
  for (const part of result.of) {
    const found = leaf(part, id);
    if (found) return found;
  }
  return undefined;
}

describe('the rule', () => {
  test('moves a lead once its criteria are met, and says why', async () => {
    const { people, touchpoints, happened, evaluate, stage, qualification, isDue } = await open();
    const nora = decider();
    await people(nora);
    expect(await isDue(nora.id)).toBe(true);
    await evaluate();
    expect(await isDue(nora.id)).toBe(false);
    expect(await stage(nora.id)).toMatchObject({ stage: 'lead' });
    const before = await qualification(nora.id);
    expect(before.next).toMatchObject({ stage: 'mql', result: { state: 'not-met' } });
    expect(leaf(before.next?.result, 'asked-to-talk')).toMatchObject({
      state: 'not-met',
      found: 0,
      wanted: 1,
    });

    const asked = happened('nora@reederei.example', 'form.submitted');
    await touchpoints(asked);
    expect(await isDue(nora.id)).toBe(true);
    await evaluate();
    const moved = await stage(nora.id);
    expect(moved).toMatchObject({ stage: 'mql', by: 'rule', evidence: { state: 'met' } });
    const evidence = [{ kind: 'touchpoint', touchpointId: asked.id, at: asked.occurredAt, source: 'web' }];
    expect(leaf(moved?.evidence, 'asked-to-talk')).toMatchObject({ state: 'met', evidence });
    expect(await qualification(nora.id)).toMatchObject({
      current: { stage: 'mql', result: { state: 'met' } },
      next: { stage: 'sal' },
    });
    expect(await isDue(nora.id)).toBe(false);
  });

  test('does not move a lead again that somebody moved back, until something new happens', async () => {
    const { people, touchpoints, happened, evaluate, stage, move, pass } = await open();
    const nora = decider();
    await people(nora);
    await touchpoints(happened('nora@reederei.example', 'form.submitted'));
    await evaluate();
    expect(await stage(nora.id)).toMatchObject({ stage: 'mql' });
    pass(DAY);
    await move(nora.id, 'recycled');
    await evaluate();
    expect(await stage(nora.id)).toMatchObject({ stage: 'recycled', by: 'person' });

    pass(DAY);
    await touchpoints(happened('nora@reederei.example', 'page.visited'));
    await evaluate();
    expect(await stage(nora.id)).toMatchObject({ stage: 'recycled' });
    await touchpoints(happened('nora@reederei.example', 'form.submitted'));
    await evaluate();
    expect(await stage(nora.id)).toMatchObject({ stage: 'mql', by: 'rule' });
  });

  test('leaves a lead alone that a rep has returned, and the panel sees what would still be asked', async () => {
    const hub = await open();
    const nora = decider();
    await hub.people(nora);
    await hub.touchpoints(hub.happened('nora@reederei.example', 'form.submitted'));
    const call = await hub.as(hub.rep);
    const context = async () => {
      const answer = await call('POST', '/v1/context', { queries: [{ email: 'nora@reederei.example' }] });
      return ContextResponse.parse(answer.json).contexts[0];
    };
    // Looking evaluates, and evaluating moves: nobody sees a state that is about to change.
    const first = await context();
    expect(first).toMatchObject({
      stage: { stage: 'mql', by: { kind: 'rule', id: 'agreement' } },
      qualification: { current: { stage: 'mql', result: { state: 'met' } }, fit: { score: 1 } },
    });
    hub.pass(DAY);
    const answer = await call('POST', '/v1/feedback', {
      id: uuid(),
      about: { kind: 'lead', personId: nora.id },
      verdict: 'returned',
      reasons: ['no-budget'],
      basedOn: first?.stage.eventId,
      clientTime: hub.now(),
    });
    expect(answer.status).toBe(200);
    await hub.evaluate();
    expect(await context()).toMatchObject({
      stage: { stage: 'recycled' },
      qualification: { next: { stage: 'mql', result: { state: 'met' } } },
    });
  });

  test('moves nobody under an agreement that has expired', async () => {
    const { people, touchpoints, happened, evaluate, stage, qualification, pass, at } = await open();
    const then = new Date(at().getTime() + 366 * DAY).toISOString();
    const nora = { ...decider(), sourcedAt: then };
    await people(nora);
    await touchpoints(happened('nora@reederei.example', 'form.submitted', { occurredAt: then }));
    pass(366 * DAY);
    await evaluate();
    expect(await stage(nora.id)).toMatchObject({ stage: 'lead' });
    expect((await qualification(nora.id)).next?.result?.state).toBe('met');
  });

  test('moves on by time alone', async () => {
    const { people, touchpoints, happened, evaluate, stage, isDue, pass, at } = await open();
    const nora = decider();
    const planned = new Date(at().getTime() + DAY).toISOString();
    await people(nora);
    await touchpoints(happened('nora@reederei.example', 'form.submitted', { occurredAt: planned }));
    await evaluate();
    expect(await stage(nora.id)).toMatchObject({ stage: 'lead' });
    pass(DAY);
    expect(await isDue(nora.id)).toBe(true);
    await evaluate();
    expect(await stage(nora.id)).toMatchObject({ stage: 'mql' });
  });
});

describe('unknown', () => {
  test('is what a silent source would have delivered, and says so', async () => {
    const { people, evaluate, qualification, silence } = await open();
    const nora = decider();
    await people(nora);
    await silence('mail', ['form.submitted']);
    await evaluate();
    const silent = (await qualification(nora.id)).next?.result;
    expect(leaf(silent, 'asked-to-talk')).toMatchObject({
      state: 'unknown',
      unknownBecause: 'source-silent',
    });
    expect(leaf(silent, 'came-along')).toMatchObject({ state: 'not-met' });
    await silence('mail', null);
    await evaluate();
    expect(leaf((await qualification(nora.id)).next?.result, 'came-along')).toMatchObject({
      state: 'unknown',
    });
  });

  test('is a field nobody sent', async () => {
    const { people, evaluate, qualification } = await open();
    const nora = { ...decider(), attributes: {} };
    await people(nora);
    await evaluate();
    const { next, fit } = await qualification(nora.id);
    expect(leaf(next?.result, 'large-enough')).toMatchObject({
      state: 'unknown',
      unknownBecause: 'no-data',
      evidence: [],
    });
    expect(fit.score).toBeCloseTo(0.5);
  });

  test('is never what a long field makes of a look-up', async () => {
    const { people, evaluate, qualification } = await open();
    const nora = { ...decider(), title: `Head of ${'Löschboote 🚒'.repeat(1_500)}` };
    await people(nora);
    await evaluate();
    const title = leaf((await qualification(nora.id)).next?.result, 'decides')?.evidence[0];
    expect(title).toMatchObject({ kind: 'field', attribute: 'title' });
    expect(title?.kind === 'field' && String(title.value).length).toBe(2_000);
  });

  test('is a field that has expired: fit says so, too', async () => {
    const { people, evaluateOne, qualification, isDue, pass } = await open();
    const nora = decider();
    await people(nora);
    await evaluateOne(nora.id);
    expect(await qualification(nora.id)).toMatchObject({ fit: { score: 1, expired: false } });
    pass(365 * DAY);
    expect(await isDue(nora.id)).toBe(true);
    expect(await qualification(nora.id)).toMatchObject({ fit: { score: 1, expired: true } });
    await evaluateOne(nora.id);
    const { next, fit } = await qualification(nora.id);
    expect(leaf(next?.result, 'large-enough')).toMatchObject({
      state: 'unknown',
      unknownBecause: 'expired',
      evidence: [{ kind: 'field', attribute: 'employees', value: 250, source: 'crm' }],
    });
    expect(fit).toMatchObject({ score: 0, expired: true, momentum: 'falling' });
  });
});

describe('confirmations', () => {
  async function withSal() {
    const hub = await open();
    const nora = { ...decider(), stage: 'sal' };
    await hub.people(nora);
    const call = await hub.as(hub.rep);
    return {
      ...hub,
      nora,
      confirm: (subject: string, confirmed: boolean | null, rest: object = {}) =>
        call('POST', '/v1/confirmations', {
          id: uuid(),
          personId: nora.id,
          subject,
          confirmed,
          clientTime: hub.now(),
          ...rest,
        }),
      states: async () => {
        const { next } = await hub.qualification(nora.id);
        return Object.fromEntries(
          ['budget', 'authority', 'need', 'timing'].map((id) => [id, leaf(next?.result, id)?.state]),
        );
      },
    };
  }

  test('count at once, with who said so', async () => {
    const { confirm, states, qualification, isDue, nora, rep, now } = await withSal();
    for (const subject of ['budget', 'need']) expect((await confirm(subject, true)).status).toBe(204);
    await confirm('timing', false);
    expect(await isDue(nora.id)).toBe(false);
    expect(await states()).toEqual({ budget: 'met', authority: 'unknown', need: 'met', timing: 'not-met' });
    const { next } = await qualification(nora.id);
    expect(next?.result?.state).toBe('unknown');
    expect(leaf(next?.result, 'budget')?.evidence).toEqual([
      {
        kind: 'confirmation',
        subject: 'budget',
        confirmed: true,
        by: { id: rep.id, name: rep.name },
        at: now(),
      },
    ]);
    await confirm('authority', true);
    expect((await qualification(nora.id)).next?.result?.state).toBe('met');
  });

  test('of one subject the latest click counts, in whatever order they arrive; null takes it back', async () => {
    const { confirm, states, at, pass } = await withSal();
    pass(60_000);
    const earlier = new Date(at().getTime() - 30_000).toISOString();
    await confirm('budget', true);
    await confirm('budget', false, { clientTime: earlier });
    expect(await states()).toMatchObject({ budget: 'met' });
    pass(60_000);
    await confirm('budget', null);
    expect(await states()).toMatchObject({ budget: 'unknown' });
  });

  test('a clock that is ahead does not win for ever', async () => {
    const { confirm, states, at, pass } = await withSal();
    await confirm('budget', true, { clientTime: new Date(at().getTime() + 30 * DAY).toISOString() });
    pass(60_000);
    await confirm('budget', false);
    expect(await states()).toMatchObject({ budget: 'not-met' });
  });

  test('the same again changes nothing; something else under its id is a conflict', async () => {
    const { confirm, states } = await withSal();
    const id = uuid();
    expect((await confirm('budget', true, { id })).status).toBe(204);
    expect((await confirm('budget', true, { id })).status).toBe(204);
    expect((await confirm('budget', false, { id })).status).toBe(409);
    expect((await confirm('need', true, { id: uuid(), personId: uuid() })).status).toBe(404);
    expect(await states()).toMatchObject({ budget: 'met', need: 'unknown' });
  });

  test('what was confirmed too long ago is unknown, and says since when', async () => {
    const { confirm, qualification, evaluateOne, isDue, nora, pass, at } = await withSal();
    await confirm('budget', true);
    const until = new Date(at().getTime() + 90 * DAY).toISOString();
    expect(leaf((await qualification(nora.id)).next?.result, 'budget')?.validUntil).toBe(until);
    pass(90 * DAY);
    expect(await isDue(nora.id)).toBe(true);
    await evaluateOne(nora.id);
    expect(leaf((await qualification(nora.id)).next?.result, 'budget')).toMatchObject({
      state: 'unknown',
      unknownBecause: 'expired',
      evidence: [{ confirmed: true, expiredAt: until }],
    });
  });
});

describe('machines', () => {
  const campaign = { id: uuid(), name: 'Spring mailing', kind: 'mail' as const };

  test('are told by their user agent when an event comes in; the agent is not kept', async () => {
    const { people, touchpoints, happened, evaluate, qualification } = await open();
    const nora = decider();
    await people(nora);
    const userAgent =
      'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)';
    await touchpoints(
      happened('nora@reederei.example', 'email.opened', { userAgent }),
      happened('nora@reederei.example', 'email.clicked', { userAgent: 'Barracuda Sentinel (EE)' }),
      happened('nora@reederei.example', 'email.opened', { machine: true }),
      happened('nora@reederei.example', 'email.clicked', {
        userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0',
      }),
    );
    await evaluate();
    const { engagement } = await qualification(nora.id);
    expect(engagement.score).toBe(4);
    expect(engagement.excluded).toHaveLength(3);
    expect(engagement.excluded).toEqual(
      expect.arrayContaining(['proxy', 'scanner', 'source'].map((reason) => ({ reason, count: 1 }))),
    );
    const { rows } = await sql<{ text: string }>`
      select coalesce(string_agg(t::text, ''), '') as text from touchpoints t
      where t.workspace_id = ${'00000000-0000-0000-0000-000000000000'} or t.person_id = ${nora.id}`.execute(
      hubs.db,
    );
    expect(rows[0]?.text).not.toMatch(/GoogleImageProxy|Sentinel/);
  });

  test('are told by how soon they came after the mail, whichever is reported first', async () => {
    const { people, touchpoints, happened, evaluate, qualification, at } = await open();
    const nora = decider();
    await people(nora);
    const after = (seconds: number) => new Date(at().getTime() - DAY + seconds * 1000).toISOString();
    const mail = (kind: string, seconds: number) =>
      happened('nora@reederei.example', kind, { campaign, occurredAt: after(seconds) });
    await touchpoints(mail('email.clicked', 5), mail('email.clicked', 3600));
    await evaluate();
    const before = (await qualification(nora.id)).engagement.score;
    await touchpoints(mail('email.delivered', 0));
    await evaluate();
    const { engagement } = await qualification(nora.id);
    expect(engagement.score).toBeCloseTo(before / 2, 1);
    expect(engagement.excluded).toEqual([{ reason: 'too-fast', count: 1 }]);
  });

  test('are told by opening for a whole company at once, also for those who were judged before', async () => {
    const { people, touchpoints, happened, evaluate, qualification, at } = await open();
    const crowd = [1, 2, 3].map((n) => ({ ...decider(), emails: [`p${n}@reederei.example`] }));
    await people(...crowd);
    const opened = (index: number, milliseconds: number) =>
      happened(`p${index}@reederei.example`, 'email.opened', {
        campaign,
        occurredAt: new Date(at().getTime() - DAY + milliseconds).toISOString(),
      });
    await touchpoints(opened(1, 0), opened(2, 900));
    await evaluate();
    for (const { id } of crowd.slice(0, 2)) {
      expect((await qualification(id)).engagement.excluded).toEqual([]);
    }
    await touchpoints(opened(3, 1_900));
    await evaluate();
    for (const { id } of crowd) {
      expect((await qualification(id)).engagement).toMatchObject({
        score: 0,
        excluded: [{ reason: 'at-once', count: 1 }],
      });
    }
  });
});

describe('engagement', () => {
  test('decays with time without being evaluated again, and its tier stays', async () => {
    const { people, touchpoints, happened, evaluate, qualification, pass } = await open();
    const nora = decider();
    await people(nora);
    await touchpoints(happened('nora@reederei.example', 'form.submitted'));
    await evaluate();
    pass(61_000);
    await evaluate();
    expect((await qualification(nora.id)).engagement).toMatchObject({
      score: 20,
      momentum: 'rising',
      tier: 3,
    });
    pass(14 * DAY - 61_000);
    const { engagement } = await qualification(nora.id);
    expect(engagement).toMatchObject({ score: 10, tier: 3, expired: true });
    expect(engagement.parts).toMatchObject([{ touchpointKind: 'form.submitted', points: 10 }]);
  });

  test('a leads without any has none, in tier 0', async () => {
    const { omar, evaluate, qualification } = await open();
    await evaluate();
    expect((await qualification(omar.id)).engagement).toMatchObject({
      score: 0,
      tier: 0,
      parts: [],
      excluded: [],
      expired: false,
    });
  });
});

test('tiers are by rank, and are made anew at most once a minute', async () => {
  const { people, touchpoints, happened, evaluate, qualification, pass } = await open();
  const crowd = Array.from({ length: 10 }, (_, index) => ({
    ...decider(),
    emails: [`q${index}@werk.example`],
  }));
  await people(...crowd);
  const visits = crowd.flatMap((_, index) =>
    Array.from({ length: index }, () => happened(`q${index}@werk.example`, 'page.visited')),
  );
  await touchpoints(...visits);
  pass(61_000);
  await evaluate();
  const tiers = async () =>
    Promise.all(crowd.map(async ({ id }) => (await qualification(id)).engagement.tier));
  // Twelve leads, one of the two others has some points: 1 is best, 3 in a quarter, 6 in the better half.
  expect((await tiers()).toSorted()).toEqual((await tiers()).toSorted((a, b) => a - b));
  expect((await tiers()).at(-1)).toBe(3);
  expect((await tiers())[0]).toBe(0);

  await touchpoints(...Array.from({ length: 30 }, () => happened('q0@werk.example', 'page.visited')));
  await evaluate();
  const { rows } = await sql<{ population: number }>`
    select k.population from tier_cutoffs k join people p on p.workspace_id = k.workspace_id
    where p.id = ${crowd[0]?.id}`.execute(hubs.db);
  expect(rows[0]?.population).toBe(12);
});

test('everything is evaluated in batches until nothing is left', async () => {
  const { people, workspaceId, at, isDue } = await open();
  const crowd = Array.from({ length: 250 }, (_, index) => ({
    ...decider(),
    emails: [`r${index}@werk.example`],
  }));
  await people(...crowd);
  let batches = 1;
  while (await evaluateDue(hubs.db, workspaceId, at())) batches += 1;
  expect(batches).toBe(6);
  expect(await isDue(crowd.at(-1)?.id ?? '')).toBe(false);
});

test('somebody who cannot be evaluated waits and holds up no other', async () => {
  const hub = await open();
  const broken = decider();
  const sound = { ...decider(), emails: ['sven@reederei.example'] };
  await hub.people(broken, sound);
  await hub.evaluate();
  // What only a hand in the database can write.
  const breakIt = (changes: string) =>
    sql`
    update qualifications q set fit_changes = ${changes}::text::json
    where q.workspace_id = ${hub.workspaceId} and q.person_id = ${broken.id}`.execute(hubs.db);
  await breakIt('"none"');
  await hub.touchpoints(
    hub.happened('nora@reederei.example', 'form.submitted'),
    hub.happened('sven@reederei.example', 'form.submitted'),
  );

  await expect(hub.evaluate()).rejects.toThrow();
  expect(await hub.stage(sound.id)).toMatchObject({ stage: 'mql', by: 'rule' });
  expect(await hub.isDue(broken.id)).toBe(true);
  await hub.evaluate();

  await breakIt('[]');
  hub.pass(60_000);
  await hub.evaluate();
  expect(await hub.stage(broken.id)).toMatchObject({ stage: 'mql', by: 'rule' });
});
