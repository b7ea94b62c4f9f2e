import fc from 'fast-check';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import { runJobs } from '../../server/jobs/jobs.ts';
import { retain } from '../../server/jobs/retain.ts';
import { CampaignList, CampaignReport } from '../../utils/contract/campaign-report.ts';
import { history, startHistory } from './support/random-history.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const DAY = 86_400_000;

async function open() {
  const opened = await hubs.open();
  const { as, rep, marketer, hub, campaign, now } = opened;
  const [asRep, asMarketer] = await Promise.all([as(rep), as(marketer)]);
  const page = async (id = campaign.id, period = '') =>
    CampaignReport.parse((await asRep('GET', `/v1/campaigns/${id}${period}`)).json);
  const list = async () => CampaignList.parse((await asRep('GET', '/v1/campaigns')).json);
  const later = (days: number) => new Date(Date.parse(now()) + days * DAY).toISOString();
  return { ...opened, asRep, asMarketer, page, list, later, jobs: () => runJobs(hub) };
}
type World = Awaited<ReturnType<typeof open>>;

async function plan({ asMarketer, lena, campaign, later }: World, days: number) {
  const id = uuid();
  const planned = { id, title: 'Invitation', channel: 'email', source: 'mail', sourceId: id };
  const answer = await asMarketer('POST', '/v1/planned-touches', {
    plannedTouches: [
      {
        ...planned,
        person: { email: lena.emails[0] },
        at: later(days),
        editableUntil: later(days - 1),
        campaign,
      },
    ],
  });
  expect(answer.status, answer.text).toBe(200);
  return id;
}

const say = (world: World, about: object, verdict: string, comment?: string) =>
  world.asRep('POST', '/v1/feedback', {
    id: uuid(),
    about,
    verdict,
    reasons: [],
    comment,
    clientTime: world.now(),
  });

describe('touches by week and kind', () => {
  const counted = async (workspaceId: string) =>
    (
      await sql`
        select w.campaign_id, w.week::text, w.kind, w.touches, w.machine from campaign_touches w
        where w.workspace_id = ${workspaceId} and w.touches <> 0
        order by w.campaign_id, w.week, w.kind`.execute(hubs.db)
    ).rows;
  const slowly = async (workspaceId: string) =>
    (
      await sql`
        select t.campaign_id, date_trunc('week', t.occurred_at at time zone 'UTC')::date::text as week, t.kind,
          count(*)::int as touches, (count(*) filter (where t.machine))::int as machine
        from touchpoints t
        where t.workspace_id = ${workspaceId} and t.campaign_id is not null
        group by 1, 2, 3 order by t.campaign_id, 2, t.kind`.execute(hubs.db)
    ).rows;

  test('equal what the touchpoints say, whatever happened', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        // These two write into the table past the hub.
        const own = steps.filter(([name]) => name !== 'machine' && name !== 'forget');
        const world = await open();
        const { take } = startHistory(hubs.db, world);
        for (const step of own) await take(step);
        await world.jobs();
        expect(await counted(world.workspace.id)).toEqual(await slowly(world.workspace.id));
      }),
      { numRuns: 8 },
    );
  });

  test('follow touchpoints that are not kept any longer', async () => {
    const { workspace, jobs, hub } = await open();
    expect(await counted(workspace.id)).not.toEqual([]);
    const years = new Date(hub.clock().getTime() + 2_000 * DAY);
    await retain(hubs.db, workspace.id, years, { touchpoints: 1, archivedPeople: 0, audit: 0 });
    await jobs();
    expect(await counted(workspace.id)).toEqual([]);
    expect(await slowly(workspace.id)).toEqual([]);
  });

  test('say up to when everything is in them', async () => {
    const world = await open();
    await world.jobs();
    const before = world.now();
    const touch = { kind: 'email.sent', channel: 'email', direction: 'outbound', machine: false };
    await world.asMarketer('POST', '/v1/touchpoints', {
      touchpoints: [
        {
          ...touch,
          id: uuid(),
          title: 'Once more',
          occurredAt: before,
          source: 'mail',
          sourceId: uuid(),
          person: { email: world.lena.emails[0] },
          campaign: world.campaign,
        },
      ],
    });
    world.pass(60_000);
    expect((await world.page()).asOf).toBe(before);
    await world.jobs();
    expect((await world.page()).asOf).toBe(world.now());
  });
});

describe('the list', () => {
  test('has every campaign, those without any figure too', async () => {
    const world = await open();
    await world.jobs();
    await world.asMarketer('POST', '/v1/planned-touches', {
      plannedTouches: [
        {
          id: uuid(),
          title: 'Fair',
          channel: 'event',
          source: 'fair',
          sourceId: 'f1',
          person: { email: world.omar.emails[0] },
          at: world.later(20),
          editableUntil: world.later(10),
          campaign: { id: uuid(), name: 'Spring fair', kind: 'trade_fair' },
        },
      ],
    });
    const { campaigns, total, asOf } = await world.list();
    expect(total).toBe(2);
    expect(asOf).toBe(world.now());
    const webinar = campaigns.find(({ campaign }) => campaign.id === world.campaign.id);
    expect(webinar).toMatchObject({ figures: { reached: 1, mql: 1 }, activity: { lastWeek: '2026-11-16' } });
    const fair = campaigns.find(({ campaign }) => campaign.name === 'Spring fair');
    expect(fair).toMatchObject({ figures: { reached: 0 }, activity: { nextAt: world.later(20) } });
    expect(fair?.activity.lastWeek).toBeUndefined();
  });
});

describe('a campaign’s page', () => {
  test('holds what it did, what came of it, what sales says and what is planned', async () => {
    const world = await open();
    const touchId = await plan(world, 3);
    await plan(world, 3);
    const { campaign, lena } = world;
    await say(
      world,
      { kind: 'campaign', campaignId: campaign.id, personId: lena.id },
      'praise',
      'Lively talks.',
    );
    await say(world, { kind: 'campaign', campaignId: campaign.id }, 'suggestion');
    const about = { kind: 'planned-touch', plannedTouchId: touchId, personId: lena.id };
    expect((await say(world, about, 'hold', 'Not before the audit.')).status).toBe(200);
    await world.jobs();
    const page = await world.page();
    expect(page.figures).toMatchObject({ reached: 1, engaged: 1, mql: 1, praise: 1 });
    expect(page.touches.reduce((sum, { touches }) => sum + touches, 0)).toBeGreaterThan(0);
    expect(page.verdicts).toEqual({ praise: 1, suggestion: 1, hold: 1, askFirst: 0 });
    expect(page.quotes.map(({ comment }) => comment).toSorted()).toEqual([
      'Lively talks.',
      'Not before the audit.',
    ]);
    expect(page.quotes[0]?.by).toEqual({ id: world.rep.id, name: world.rep.name });
    expect(page.planned).toEqual([{ day: world.later(3).slice(0, 10), touches: 2, held: 1 }]);
    // Of another period there is nothing but what is planned.
    const before = await world.page(campaign.id, '?from=2025-01&to=2025-02');
    expect(before).toMatchObject({
      touches: [],
      quotes: [],
      figures: { reached: 0 },
      verdicts: { praise: 0 },
    });
  });

  test('is none of a campaign that nobody knows, or another workspace has', async () => {
    const [world, other] = [await open(), await open()];
    expect((await world.asRep('GET', `/v1/campaigns/${uuid()}`)).status).toBe(404);
    expect((await world.asRep('GET', `/v1/campaigns/${other.campaign.id}`)).status).toBe(404);
    expect((await world.asMarketer('PATCH', `/v1/campaigns/${uuid()}`, { goal: 'x' })).status).toBe(404);
  });

  test('takes cost, goal and talking points from marketing, and only what is said changes', async () => {
    const { asMarketer, asRep, page, campaign, lena } = await open();
    const patch = (body: object) => asMarketer('PATCH', `/v1/campaigns/${campaign.id}`, body);
    const cost = { amount: 1234.56, currency: 'EUR' };
    expect((await patch({ cost, goal: 'Thirty talks' })).status).toBe(204);
    expect((await patch({ talkingPoints: 'Ask about the ramps' })).status).toBe(204);
    expect((await patch({})).status).toBe(204);
    expect((await page()).campaign).toMatchObject({
      cost,
      goal: 'Thirty talks',
      talkingPoints: 'Ask about the ramps',
    });
    const context = await asRep('POST', '/v1/context', { queries: [{ email: lena.emails[0] }] });
    expect(context.text).toContain('Ask about the ramps');
    expect((await patch({ cost: null, goal: null })).status).toBe(204);
    const { campaign: after } = await page();
    expect(after).not.toHaveProperty('cost');
    expect(after).not.toHaveProperty('goal');
    for (const wrong of [
      { amount: -1, currency: 'EUR' },
      { amount: 1.234, currency: 'EUR' },
      { amount: 1 },
    ]) {
      expect((await patch({ cost: wrong })).status).toBe(400);
    }
    expect((await asRep('PATCH', `/v1/campaigns/${campaign.id}`, { goal: 'Mine' })).status).toBe(403);
  });
});
