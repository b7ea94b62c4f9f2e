import fc from 'fast-check';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import type { User } from '../../utils/contract/session.ts';
import { AttributionModelId, AttributionReport, FiguresReport } from '../../utils/contract/figures.ts';
import { attributionModels } from '../../utils/domain/attribution.ts';
import { runJobs } from '../../server/jobs/jobs.ts';
import { repairReports } from '../../server/reports/repair-reports.ts';
import { creditsSlowly, figuresSlowly, readRows, type SlowFilter } from './support/figures-slowly.ts';
import { busyHistory, startHistory } from './support/random-history.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const NOTHING_WRONG = { pairs: 0, counters: [], figures: 0 };
const PERIODS = [
  { from: '2026-09', to: '2027-06' },
  { from: '2026-11', to: '2026-11' },
];

async function open() {
  const small = await hubs.open();
  const { workspace, hub, now, rep, otherRep, marketer } = small;
  const call = await small.as(marketer);
  const ask = async (path: string, query: Record<string, string>) => {
    const answer = await call('GET', `/v1/reports/${path}?${new URLSearchParams(query).toString()}`);
    expect(answer.status, answer.text).toBe(200);
    return answer.json;
  };
  const figures = async (query: Record<string, string> = {}) =>
    FiguresReport.parse(await ask('figures', query));
  const attribution = async (query: Record<string, string> = {}) =>
    AttributionReport.parse(await ask('attribution', query));

  const expectFigures = async (period: { from: string; to: string }, filter: SlowFilter) => {
    const found = await figures({ ...period, ...filter });
    const rows = await readRows(hubs.db, workspace.id);
    const slow = figuresSlowly(rows, period, filter, now());
    expect(Object.fromEntries(found.figures.map(({ id, value, cases }) => [id, { value, cases }]))).toEqual(
      slow.figures,
    );
    expect(
      Object.fromEntries(found.figures.filter(({ open }) => open > 0).map(({ id, open }) => [id, open])),
    ).toEqual(Object.fromEntries(Object.entries(slow.open).filter(([, open]) => open > 0)));
    for (const { id, months } of found.figures) {
      for (const { month, ...value } of months) {
        const alone = figuresSlowly(rows, { from: month, to: month }, filter, now());
        expect([id, month, value]).toEqual([id, month, alone.figures[id]]);
      }
    }
    expect(found.returnReasons).toEqual(slow.returnReasons);
    expect(found.funnel.map(({ leads }) => leads)).toEqual(slow.funnel);
    for (const { month, size, reached } of found.cohorts) {
      expect({ size, reached: reached.map(({ leads }) => leads) }).toEqual(slow.cohort(month));
    }
    expect(found.fitOfWins).toEqual(slow.fitOfWins);
    expect(found.asOf).toBe(now());
    expect(found.asOf).toBe(now());
  };
  const expectAttribution = async (period: { from: string; to: string }, model: AttributionModelId) => {
    const { campaigns, wins, unattributed } = await attribution({ ...period, model });
    const { weights } = attributionModels.find(({ id }) => id === model)!;
    const slow = creditsSlowly(await readRows(hubs.db, workspace.id), period, (path) =>
      weights(path.map(({ at, parts }) => ({ at: new Date(at).toISOString(), parts: parts as [] }))),
    );
    expect({
      wins,
      unattributed,
      credits: Object.fromEntries(
        campaigns.map(({ campaign, credit, wins }) => [campaign.id, { credit, wins }]),
      ),
    }).toEqual(slow);
    expect(campaigns.reduce((sum, { credit }) => sum + credit, unattributed)).toBe(wins * 1_000_000);
  };

  const nora = {
    id: uuid(),
    name: 'Nora',
    emails: ['nora@reederei.example'],
    externalIds: [],
    country: 'AT',
  };
  const send = async (user: User, path: string, body: unknown) => {
    const answer = await (await small.as(user))('POST', path, body);
    expect(answer.status, answer.text).toBeLessThan(300);
    return answer.json;
  };

  /** What a manager sends when Nora has become a customer. */
  const won = async () => {
    const { rows } = await sql<{ eventId: string }>`
      select stage_event_id as "eventId" from people
      where workspace_id = ${workspace.id} and id = ${nora.id}`.execute(hubs.db);
    return { id: uuid(), personId: nora.id, to: 'customer', basedOn: rows[0]!.eventId, clientTime: now() };
  };

  return {
    ...small,
    nora,
    won,
    send,
    /** A new lead comes to sales. */
    handOver: () =>
      send(marketer, '/v1/people', { people: [{ ...nora, stage: 'mql', ownerEmail: rep.email }] }),
    figures,
    attribution,
    jobs: () => runJobs(hub),
    repair: () => repairReports(hubs.db, workspace.id, () => new Date(now())),
    expectExact: async () => {
      const campaigns = await sql<{ id: string }>`
        select id from campaigns where workspace_id = ${workspace.id} order by id`.execute(hubs.db);
      const filters: SlowFilter[] = [
        {},
        { ownerId: rep.id },
        { ownerId: otherRep.id, country: 'DE' },
        { country: 'AT' },
        { rule: 'standard' },
        ...campaigns.rows.map(({ id }) => ({ campaignId: id })),
        { campaignId: campaigns.rows[0]!.id, country: 'DE', rule: 'standard' },
      ];
      for (const period of PERIODS) {
        for (const filter of filters) await expectFigures(period, filter);
        for (const model of AttributionModelId.options) await expectAttribution(period, model);
      }
    },
  };
}

/** Whole histories, each counted twice over with every filter and model. */
const PATIENCE = { timeout: 600_000 };

describe('every figure equals what is read off the raw rows', () => {
  test(
    'after every run of the jobs, whatever happened, and nothing is left to repair',
    PATIENCE,
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(busyHistory, { minLength: 1, maxLength: 3 }), async (histories) => {
          const world = await open();
          const { take } = startHistory(hubs.db, world);
          for (const steps of histories) {
            for (const step of steps) await take(step);
            await world.jobs();
            await world.expectExact();
          }
          expect(await world.repair()).toEqual(NOTHING_WRONG);
          await world.jobs();
          await world.expectExact();
        }),
        { numRuns: 12 },
      );
    },
  );
});

describe('a repair', () => {
  test('mends what is wrong', async () => {
    const { jobs, repair, expectExact, handOver, workspace } = await open();
    await handOver();
    await jobs();
    await sql`update figure_counts set n = n + 7 where workspace_id = ${workspace.id}`.execute(hubs.db);
    await sql`delete from wins where workspace_id = ${workspace.id}`.execute(hubs.db);
    await expect(expectExact()).rejects.toThrow();
    expect(await repair()).toMatchObject({ figures: 2 });
    await jobs();
    await expectExact();
    expect(await repair()).toEqual(NOTHING_WRONG);
  });
});

describe('the figures', () => {
  test('are those of the agreement, with its targets and how long they are good for', async () => {
    const { figures, jobs, now } = await open();
    await jobs();
    const report = await figures();
    expect(report).toMatchObject({ from: '2025-12', to: '2026-11', minimumCases: 5, asOf: now() });
    expect(report.validUntil).toBe(new Date(Date.parse(now()) + 31 * 86_400_000).toISOString());
    expect(report.figures.map(({ id, targets }) => [id, targets.map(({ kept }) => kept)])).toEqual([
      ['leads-handed-over', []],
      // Too few cases to say.
      ['acceptance-rate', [null]],
      ['reasons-given', [null]],
      ['time-to-assignment', []],
      ['time-to-follow-up', []],
      ['assigned-in-time', []],
      ['responded-in-time', [null]],
      ['feedback-answered-in-time', [null]],
      ['mql-to-won', []],
      ['wins-within-profile', []],
    ]);
    expect(report.figures.every(({ months }) => months.length === 12)).toBe(true);
  });

  test('follow a lead from its hand-over to the win, and back when the win is undone', async () => {
    const { figures, attribution, jobs, send, handOver, nora, ...rest } = await open();
    const { salesManager, marketer, now, pass, campaign, won } = rest;
    await handOver();
    const touch = { channel: 'web', direction: 'inbound', title: 'x', machine: false, source: 'web' };
    await send(marketer, '/v1/touchpoints', {
      touchpoints: [
        {
          ...touch,
          id: uuid(),
          sourceId: '1',
          kind: 'form.submitted',
          occurredAt: now(),
          campaign,
          person: { email: nora.emails[0] },
        },
      ],
    });
    await jobs();
    const of = async (id: string) => (await figures({ country: 'AT' })).figures.find((one) => one.id === id);
    expect(await of('leads-handed-over')).toMatchObject({
      value: 1,
      months: Array(11).fill({}).concat({ value: 1 }) as object[],
    });
    expect(await of('mql-to-won')).toMatchObject({ value: 0, cases: 1, open: 1 });
    expect(await of('time-to-assignment')).toMatchObject({ value: 0, cases: 1 });

    pass(60_000);
    const body = await won();
    const before = await attribution();
    await send(salesManager, '/v1/stage-changes', body);
    await jobs();
    expect(await of('mql-to-won')).toMatchObject({ value: 100, cases: 1, part: 1, open: 0 });
    expect(await of('acceptance-rate')).toMatchObject({ value: 100 });
    expect(await attribution()).toMatchObject({
      wins: before.wins + 1,
      campaigns: [{ campaign, credit: 1_000_000, wins: 1 }],
    });
    await send(salesManager, '/v1/stage-changes', {
      ...body,
      id: uuid(),
      to: 'mql',
      basedOn: body.id,
      undoes: body.id,
    });
    await jobs();
    expect(await of('mql-to-won')).toMatchObject({ value: 0, open: 1 });
    expect(await attribution()).toMatchObject({ wins: before.wins, campaigns: [] });
  });

  test('say how well whom was won fits today, also when only that has changed', async () => {
    const { won, send, figures, jobs, repair, handOver, nora, marketer, salesManager, expectExact } =
      await open();
    await handOver();
    await jobs();
    await send(salesManager, '/v1/stage-changes', await won());
    await jobs();
    const tiers = async () => (await figures({ country: 'AT' })).fitOfWins;
    const before = await tiers();
    expect(before).toEqual([{ tier: 1, wins: 1 }]);

    const attributes = { industry: 'logistics', employees: 400 };
    await send(marketer, '/v1/people', { people: [{ ...nora, title: 'Head of sales', attributes }] });
    await jobs();
    expect(await tiers()).not.toEqual(before);
    await expectExact();
    expect(await repair()).toEqual(NOTHING_WRONG);
  });

  test('stay what they were when somebody is erased, and nothing is left to repair', async () => {
    const { won, figures, attribution, jobs, repair, handOver, as, admin, nora, omar } = await open();
    await handOver();
    const send = await as(admin);
    expect((await send('POST', '/v1/stage-changes', await won())).status).toBe(200);
    await jobs();
    const before = [await figures(), await attribution()] as const;
    expect(before[0].fitOfWins).toEqual([{ tier: expect.any(Number) as number, wins: 1 }]);
    const call = await as(admin);
    for (const { id } of [nora, omar]) expect((await call('DELETE', `/v1/people/${id}`)).status).toBe(204);
    await jobs();
    const after = [await figures(), await attribution()] as const;
    expect(after[1]).toEqual(before[1]);
    expect(after[0].funnel).toEqual(before[0].funnel);
    expect(after[0].fitOfWins).toEqual(before[0].fitOfWins);
    expect(after[0].figures.map(({ id, value, cases }) => ({ id, value, cases }))).toEqual(
      before[0].figures.map(({ id, value, cases }) => ({ id, value, cases })),
    );
    // Nobody waits for who is gone.
    expect(after[0].figures.reduce((sum, { open }) => sum + open, 0)).toBe(0);
    expect(await repair()).toEqual(NOTHING_WRONG);
  });

  test('refuse what is no period or too long a one', async () => {
    const { as, rep } = await open();
    const call = await as(rep);
    for (const wrong of [
      'from=2026-13',
      'from=2026-05&to=2026-04',
      'from=2000-01&to=2026-01',
      'from=0000-01',
    ]) {
      for (const path of ['figures', 'attribution']) {
        expect((await call('GET', `/v1/reports/${path}?${wrong}`)).status).toBe(400);
      }
    }
    expect((await call('GET', '/v1/reports/figures?from=2000-01')).json).toMatchObject({ to: '2004-12' });
    expect((await call('GET', '/v1/reports/attribution?model=guess')).status).toBe(400);
  });
});
