import fc from 'fast-check';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import { ClosedLoopReport } from '../../utils/contract/closed-loop.ts';
import type { User } from '../../utils/contract/session.ts';
import { runJobs } from '../../server/jobs/jobs.ts';
import { repairNightly } from '../../server/jobs/repair-nightly.ts';
import { countDue } from '../../server/reports/count-due.ts';
import { repairReports } from '../../server/reports/repair-reports.ts';
import type { Database } from '../../server/store/database.ts';
import { countSlowly } from './support/count-slowly.ts';
import { history, startHistory } from './support/random-history.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const EVER = { from: '2000-01', to: '2099-12' };
const PERIODS = [EVER, { from: '2026-09', to: '2026-10' }, { from: '2026-11', to: '2026-11' }];
const NOTHING_WRONG = { pairs: 0, counters: [], figures: 0 };

async function open() {
  const small = await hubs.open();
  const { workspace, hub, now, campaign } = small;
  const report = async (period: Record<string, string> = EVER, user: User = small.marketer) => {
    const path = `/v1/reports/closed-loop?${new URLSearchParams(period).toString()}`;
    const answer = await (await small.as(user))('GET', path);
    expect(answer.status).toBe(200);
    return ClosedLoopReport.parse(answer.json);
  };
  return {
    ...small,
    report,
    jobs: () => runJobs(hub),
    repair: () => repairReports(hubs.db, workspace.id, () => new Date(now())),
    figures: async () => (await report()).campaigns.find((row) => row.campaign.id === campaign.id)?.figures,
    expectExact: async () => {
      const token = await small.as(small.marketer);
      for (const period of PERIODS) {
        const answer = await token(
          'GET',
          `/v1/reports/closed-loop?${new URLSearchParams(period).toString()}`,
        );
        const { campaigns, totals, asOf } = ClosedLoopReport.parse(answer.json);
        const slow = await countSlowly(hubs.db, workspace.id, period, new Date(now()));
        const found = Object.fromEntries(campaigns.map((row) => [row.campaign.id, row.figures]));
        expect(found).toEqual(slow);
        expect(totals.reached).toBe(Object.values(slow).reduce((sum, { reached }) => sum + reached, 0));
        expect(asOf).toBe(now());
      }
    },
  };
}

/** The database as a process sees it that is killed at the n-th query from now on. */
function dyingAt(n: number): Database {
  let left = n;
  return hubs.db.withPlugin({
    transformQuery: ({ node }) => {
      if (left-- <= 0) throw new Error('killed');
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
}

describe('the counters equal what is read off the raw rows', () => {
  test('after every run of the jobs, whatever happened, and nothing is left to repair', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(history, { minLength: 1, maxLength: 3 }), async (histories) => {
        const world = await open();
        const { take } = startHistory(hubs.db, world);
        for (const steps of histories) {
          for (const step of steps) await take(step);
          await world.jobs();
          await world.expectExact();
        }
        expect(await world.repair()).toEqual(NOTHING_WRONG);
        await world.expectExact();
      }),
      { numRuns: 8 },
    );
  });

  test('with several hubs counting at once, one of them killed again and again, and a repair beside them', async () => {
    await fc.assert(
      fc.asyncProperty(
        history,
        fc.array(fc.nat(9), { minLength: 3, maxLength: 3 }),
        async (steps, deaths) => {
          const world = await open();
          const { take } = startHistory(hubs.db, world);
          const id = world.workspace.id;
          const counting = async (db: Database) => {
            for (let turn = 0; turn < 5; turn++) await countDue(db, id, new Date(world.now()));
          };
          const [repair] = await Promise.all([
            world.repair(),
            ...deaths.map((n) => expect(counting(dyingAt(n))).rejects.toThrow('killed')),
            counting(hubs.db),
            counting(hubs.db),
            (async () => {
              for (const step of steps) await take(step);
            })(),
          ]);
          expect(repair).toEqual(NOTHING_WRONG);
          await world.jobs();
          await world.expectExact();
          expect(await world.repair()).toEqual(NOTHING_WRONG);
        },
      ),
      { numRuns: 8 },
    );
  });
});

describe('a repair', () => {
  /** As only a bug or a hand in the database could leave it. */
  const spoil = async (workspaceId: string) => {
    await sql`update campaign_counters set mql = mql + 7 where workspace_id = ${workspaceId}`.execute(
      hubs.db,
    );
    await sql`delete from person_campaigns where workspace_id = ${workspaceId}`.execute(hubs.db);
  };

  test('mends what is wrong and says what it was', async () => {
    const { jobs, repair, expectExact, workspace, campaign } = await open();
    await jobs();
    await spoil(workspace.id);
    expect(await repair()).toEqual({
      pairs: 1,
      // The pair that was missing made the counter due; that it was wrong by itself nobody can tell any more.
      counters: [],
      figures: 0,
    });
    await jobs();
    await expectExact();
    await sql`update campaign_counters set mql = 9 where workspace_id = ${workspace.id}`.execute(hubs.db);
    expect(await repair()).toEqual({
      pairs: 0,
      counters: [{ campaignId: campaign.id, month: '2026-11-01' }],
      figures: 0,
    });
    await expectExact();
  });

  test('takes place every night, a step at a time, and what was wrong is said', async () => {
    const { jobs, expectExact, workspace, hub, pass } = await open();
    await jobs();
    await spoil(workspace.id);
    const night = async () => {
      for (let step = 0; step < 10; step++) await repairNightly(hubs.db, workspace.id, hub.clock());
    };
    await night();
    await expect(expectExact()).rejects.toThrow();
    pass(24 * 3_600_000);
    await expect(night()).rejects.toThrow(/1 figures .* wrong/);
    await jobs();
    await expectExact();
    pass(24 * 3_600_000);
    await night();
    await expectExact();
  });
});

describe('the report', () => {
  test('is open to everybody of the workspace, and to nobody else', async () => {
    const { report, rep, marketer, salesManager, admin, call, campaign, jobs } = await open();
    await jobs();
    for (const user of [rep, marketer, salesManager, admin]) {
      expect((await report(EVER, user)).campaigns.map((row) => row.campaign)).toEqual([campaign]);
    }
    expect((await call('GET', '/v1/reports/closed-loop')).status).toBe(401);
  });

  test('covers the last twelve months by default, and refuses what is no period', async () => {
    const { report, as, rep } = await open();
    expect(await report({})).toMatchObject({ from: '2025-12', to: '2026-11' });
    expect(await report({ to: '2026-03' })).toMatchObject({ from: '2025-04', to: '2026-03' });
    expect(await report({ from: '2026-10' })).toMatchObject({ from: '2026-10', to: '2026-11' });
    expect(await report({ from: '2027-01' })).toMatchObject({ from: '2027-01', to: '2027-01' });
    const call = await as(rep);
    for (const wrong of ['from=2026-13', 'to=yesterday', 'from=2026-05&to=2026-04']) {
      expect((await call('GET', `/v1/reports/closed-loop?${wrong}`)).status).toBe(400);
    }
  });

  test('follows a lead from the first touch to the rep’s verdict, and back when it is withdrawn', async () => {
    const { figures, jobs, as, rep, lena, now } = await open();
    await jobs();
    expect(await figures()).toMatchObject({ reached: 1, engaged: 1, mql: 1, accepted: 0, returned: 0 });
    const call = await as(rep);
    const [id, clientTime] = [uuid(), now()];
    const about = { kind: 'lead', personId: lena.id };
    await call('POST', '/v1/feedback', {
      id,
      about,
      verdict: 'returned',
      reasons: ['no-budget'],
      clientTime,
    });
    await jobs();
    expect(await figures()).toMatchObject({ mql: 1, returned: 1, returnedByReason: { 'no-budget': 1 } });
    await call('PATCH', `/v1/feedback/${id}`, { state: 'withdrawn', clientTime });
    await jobs();
    expect(await figures()).toMatchObject({ mql: 1, returned: 0, returnedByReason: {} });
  });

  test('says up to when everything is in it', async () => {
    const { report, jobs, now, pass, as, rep, campaign } = await open();
    await jobs();
    const before = now();
    const about = { kind: 'campaign', campaignId: campaign.id };
    const praise = { id: uuid(), about, verdict: 'praise', reasons: [], clientTime: before };
    await (
      await as(rep)
    )('POST', '/v1/feedback', praise);
    pass(60_000);
    expect(await report()).toMatchObject({ asOf: before, totals: { praise: 0 } });
    await jobs();
    expect(await report()).toMatchObject({ asOf: now(), totals: { praise: 1 } });
  });
});
