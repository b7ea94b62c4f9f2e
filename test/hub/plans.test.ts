import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { Plan } from '../../utils/contract/plan.ts';
import { readChanges } from '../../server/live/changes.ts';
import { type Call, useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const DAY = 86_400_000;

async function open() {
  const opened = await hubs.open();
  const { as, rep, otherRep, marketer, salesManager, marketingManager, admin, now } = opened;
  const [asRep, asOtherRep, asMarketer, asSales, asMarketing, asAdmin] = await Promise.all(
    [rep, otherRep, marketer, salesManager, marketingManager, admin].map((user) => as(user)),
  );
  const later = (days: number) => new Date(Date.parse(now()) + days * DAY).toISOString();
  const draft = (change: object = {}) => ({
    id: uuid(),
    title: 'Mailing on the new ramp',
    details: 'A mail with the white paper to 400 logistics leads',
    question: 'Is November too late?',
    goesOutAt: later(10),
    opinionsUntil: later(5),
    ...change,
  });
  const plans = async (call: Call, query = '') =>
    ((await call('GET', `/v1/plans${query}`)).json as { plans: Plan[] }).plans;
  return {
    ...opened,
    asRep: asRep!,
    asOtherRep: asOtherRep!,
    asMarketer: asMarketer!,
    asSales: asSales!,
    asMarketing: asMarketing!,
    asAdmin: asAdmin!,
    draft,
    plans,
  };
}

test('sales says what it thinks in one click, marketing decides, and everybody sees both', async () => {
  const { asRep, asOtherRep, asMarketer, draft, plans, campaign, rep, now } = await open();
  const plan = draft({ campaignId: campaign.id });
  const published = await asMarketer('POST', '/v1/plans', plan);
  expect(published.status, published.text).toBe(200);
  // Two reps and their manager.
  expect(Plan.parse(published.json)).toMatchObject({ campaign, opinions: [], silent: 3 });
  const say = (call: Call, body: object) => call('PUT', `/v1/plans/${plan.id}/opinion`, body);
  await say(asRep, { opinion: 'doubts', comment: 'Two of mine are on holiday.' });
  await say(asOtherRep, { opinion: 'please-not' });
  const changed = await say(asRep, { opinion: 'good' });
  const { opinions, silent } = Plan.parse(changed.json);
  expect(silent).toBe(1);
  expect(opinions.map(({ opinion }) => opinion).toSorted()).toEqual(['good', 'please-not']);
  expect(opinions.find(({ by }) => by.id === rep.id)).toEqual({
    opinion: 'good',
    by: { id: rep.id, name: rep.name },
    at: now(),
  });
  const decision = { outcome: 'changed', text: 'We wait until January.' };
  expect((await asMarketer('PUT', `/v1/plans/${plan.id}/decision`, decision)).status).toBe(200);
  expect((await plans(asOtherRep))[0]?.decision).toMatchObject(decision);
  expect((await say(asRep, { opinion: 'doubts' })).status).toBe(409);
  expect(await plans(asRep, '?state=open')).toEqual([]);
  expect((await plans(asRep, '?state=over')).map(({ id }) => id)).toEqual([plan.id]);
});

test('after the last day nobody is asked any more', async () => {
  const { asRep, asMarketer, draft, plans, pass } = await open();
  const plan = draft();
  await asMarketer('POST', '/v1/plans', plan);
  expect(await plans(asRep, '?state=open')).toHaveLength(1);
  pass(6 * DAY);
  expect(await plans(asRep, '?state=open')).toEqual([]);
  expect((await asRep('PUT', `/v1/plans/${plan.id}/opinion`, { opinion: 'good' })).status).toBe(409);
  // The same click of somebody who was offline is answered as it was.
  expect((await asMarketer('POST', '/v1/plans', plan)).status).toBe(200);
});

test('the same plan twice is one, another one with its id is refused', async () => {
  const { asMarketer, draft, plans } = await open();
  const plan = draft();
  const [first, second] = await Promise.all([0, 1].map(() => asMarketer('POST', '/v1/plans', plan)));
  expect(second?.json).toEqual(first?.json);
  expect(await plans(asMarketer)).toHaveLength(1);
  expect((await asMarketer('POST', '/v1/plans', { ...plan, title: 'Another' })).status).toBe(409);
});

test('only marketing asks and decides, only sales is asked, and nobody of another workspace', async () => {
  const { asRep, asSales, asMarketer, asMarketing, asAdmin, draft } = await open();
  const other = await open();
  const plan = draft();
  for (const call of [asRep, asSales]) expect((await call('POST', '/v1/plans', plan)).status).toBe(403);
  await asMarketing('POST', '/v1/plans', plan);
  const opinion = (call: Call) => call('PUT', `/v1/plans/${plan.id}/opinion`, { opinion: 'good' });
  expect((await opinion(asMarketer)).status).toBe(403);
  expect((await opinion(asSales)).status).toBe(200);
  expect((await opinion(other.asRep)).status).toBe(404);
  const decide = (call: Call) =>
    call('PUT', `/v1/plans/${plan.id}/decision`, { outcome: 'dropped', text: 'No.' });
  expect((await decide(asSales)).status).toBe(403);
  expect((await decide(other.asMarketer)).status).toBe(404);
  expect((await decide(asAdmin)).status).toBe(200);
  expect(await other.plans(other.asRep)).toEqual([]);
});

test('who has left is not waited for, and what they said stays', async () => {
  const { asRep, asOtherRep, asMarketer, asAdmin, draft, plans, rep, otherRep } = await open();
  await asMarketer('POST', '/v1/plans', draft());
  const [plan] = await plans(asMarketer);
  await asRep('PUT', `/v1/plans/${plan?.id}/opinion`, { opinion: 'good' });
  for (const { id } of [rep, otherRep]) expect((await asAdmin('DELETE', `/v1/users/${id}`)).status).toBe(204);
  expect((await asOtherRep('GET', '/v1/plans')).status).toBe(401);
  const [now] = await plans(asMarketer);
  expect(now).toMatchObject({ silent: 1, opinions: [{ opinion: 'good', by: { name: rep.name } }] });
});

test('what makes no sense is refused', async () => {
  const { asMarketer, draft, now } = await open();
  const late = draft().opinionsUntil;
  for (const wrong of [{ goesOutAt: now(), opinionsUntil: late }, { opinionsUntil: now() }, { title: ' ' }]) {
    expect((await asMarketer('POST', '/v1/plans', draft(wrong))).status).toBe(400);
  }
  expect((await asMarketer('POST', '/v1/plans', draft({ campaignId: uuid() }))).status).toBe(404);
});

test('open pages hear of every plan, opinion and decision', async () => {
  const { asRep, asMarketer, draft, workspace } = await open();
  const plan = draft();
  await asMarketer('POST', '/v1/plans', plan);
  await asRep('PUT', `/v1/plans/${plan.id}/opinion`, { opinion: 'good' });
  await asMarketer('PUT', `/v1/plans/${plan.id}/decision`, { outcome: 'goes-out', text: 'Thank you.' });
  const changes = await readChanges(hubs.db, workspace.id, 0, 100);
  expect(changes.filter(({ kind }) => kind === 'plans').map(({ ids }) => ids)).toEqual([
    [plan.id],
    [plan.id],
    [plan.id],
  ]);
});

test('pages of plans follow each other', async () => {
  const { asMarketer, draft, pass } = await open();
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) {
    const plan = draft();
    ids.unshift(plan.id);
    await asMarketer('POST', '/v1/plans', plan);
    pass(1_000);
  }
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const path: string = `/v1/plans?limit=2${cursor && `&cursor=${cursor}`}`;
    const page = (await asMarketer('GET', path)).json as { plans: Plan[]; nextCursor: string | null };
    seen.push(...page.plans.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(ids);
});
