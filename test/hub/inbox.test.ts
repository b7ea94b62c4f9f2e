import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { Feedback } from '../../utils/contract/feedback.ts';
import { BulkReplyResult, FeedbackGroups } from '../../utils/contract/inbox.ts';
import type { User } from '../../utils/contract/session.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A hub with what these tests do over and over. */
async function open() {
  const opened = await hubs.open();
  const { as, lena, now, campaign } = opened;
  const about = {
    lead: { kind: 'lead', personId: lena.id },
    campaign: { kind: 'campaign', campaignId: campaign.id },
  };
  const ask = async (user: User, method: string, path: string, body?: unknown) =>
    (await as(user))(method, path, body);
  const parsed = async (answer: ReturnType<typeof ask>) => {
    const { status, json, text } = await answer;
    expect(status, text).toBe(200);
    return Feedback.parse(json);
  };
  return {
    ...opened,
    about,
    ask,
    give: (verdict: string, more: { about?: object; reasons?: string[]; comment?: string } = {}) => {
      const body = { id: uuid(), about: about.lead, verdict, reasons: [], clientTime: now(), ...more };
      return parsed(ask(opened.rep, 'POST', '/v1/feedback', body));
    },
    patch: (user: User, id: string, body: object) => parsed(ask(user, 'PATCH', `/v1/feedback/${id}`, body)),
    reply: (user: User, id: string, kind?: string, text = 'Hello.') =>
      parsed(ask(user, 'POST', `/v1/feedback/${id}/replies`, { id: uuid(), text, ...(kind && { kind }) })),
    ids: async (query: string) => {
      const { json } = await ask(opened.marketer, 'GET', `/v1/feedback?${query}`);
      return (json as { items: { id: string }[] }).items.map(({ id }) => id);
    },
    groups: async (query = '') =>
      FeedbackGroups.parse((await ask(opened.marketer, 'GET', `/v1/feedback/groups?${query}`)).json),
    bulk: (ids: readonly string[], more: object = {}) => ({
      to: ids.map((feedbackId) => ({ feedbackId, id: uuid() })),
      text: 'To all of you.',
      ...more,
    }),
  };
}

test('an answer is promised in working time, and the first word of marketing keeps it', async () => {
  const { give, reply, patch, rep, salesManager, marketer, pass, now } = await open();
  const given = await give('returned', { reasons: ['no-budget'] });
  // Sixteen working hours from Friday, 10 o'clock in Berlin.
  expect(given).toMatchObject({
    waitsFor: 'marketing',
    answer: { startedAt: now(), due: '2026-11-24T09:00:00.000Z' },
  });
  pass(3 * HOUR);
  expect((await patch(marketer, given.id, { state: 'seen' })).answer?.stoppedAt).toBeUndefined();
  // Neither of these speaks for marketing.
  for (const user of [rep, salesManager]) {
    expect((await reply(user, given.id)).answer?.stoppedAt).toBeUndefined();
  }
  const answered = await reply(marketer, given.id);
  expect(answered).toMatchObject({ state: 'answered', answer: { stoppedAt: now(), tookMinutes: 180 } });
  expect(answered.waitsFor).toBeUndefined();
  pass(DAY);
  expect((await reply(marketer, given.id)).answer).toEqual(answered.answer);
});

test('what was agreed later changes nothing about a promise', async () => {
  const { give, reply, marketer, marketingManager, salesManager, ask, pass } = await open();
  const given = await give('returned');
  const { text } = (await ask(marketer, 'GET', '/v1/agreement/versions/1/text')).json as { text: string };
  const shorter = text.replace('answerWithin: 960', 'answerWithin: 60');
  expect(shorter).not.toBe(text);
  const proposal = { basedOn: 1, text: shorter, format: 'yaml' };
  expect((await ask(marketingManager, 'PUT', '/v1/agreement', proposal)).status).toBe(200);
  expect((await ask(salesManager, 'POST', '/v1/agreement/versions/2/signatures', {})).status).toBe(200);
  pass(2 * HOUR);
  const answered = await reply(marketer, given.id);
  expect(answered.answer).toMatchObject({ due: given.answer?.due, tookMinutes: 120 });
  const later = await give('returned');
  expect(Date.parse(later.answer?.due ?? '') - Date.parse(later.answer?.startedAt ?? '')).toBe(HOUR);
});

test('a verdict that all is well asks for nothing, until something is said with it', async () => {
  const { give, patch, rep, about, pass, now } = await open();
  const praise = await give('praise', { about: about.campaign });
  for (const { waitsFor, answer } of [praise, await give('accepted')]) {
    expect({ waitsFor, answer }).toEqual({ waitsFor: undefined, answer: undefined });
  }
  pass(HOUR);
  const said = await patch(rep, praise.id, { comment: 'Could we have this for France?' });
  expect(said).toMatchObject({ waitsFor: 'marketing', answer: { startedAt: now() } });
  expect(await give('accepted', { comment: 'More of these.' })).toMatchObject({ waitsFor: 'marketing' });
});

test('a question waits for sales, and their answer for marketing again', async () => {
  const { give, reply, ids, rep, otherRep, marketer, patch, ask } = await open();
  const { id } = await give('returned');
  for (const kind of ['question', 'acted']) {
    const refused = await ask(rep, 'POST', `/v1/feedback/${id}/replies`, { id: uuid(), kind, text: 'No.' });
    expect(refused.json).toMatchObject({ type: 'urn:tandem:problem:forbidden' });
  }
  const asked = await reply(marketer, id, 'question', 'Which quarter?');
  expect(asked).toMatchObject({ state: 'answered', waitsFor: 'sales', replies: [{ kind: 'question' }] });
  expect(asked.answer?.stoppedAt).toBeDefined();
  expect(await ids('view=asked')).toEqual([id]);
  expect(await ids('view=done')).toEqual([]);
  expect(await reply(otherRep, id)).toMatchObject({ waitsFor: 'marketing' });
  expect(await ids('view=open')).toEqual([id]);
  // The promise was kept already.
  expect(await ids('view=overdue')).toEqual([]);
  expect((await reply(rep, id)).waitsFor).toBe('marketing');
  expect((await patch(marketer, id, { state: 'acted' })).waitsFor).toBeUndefined();
  expect(await ids('view=done')).toEqual([id]);
});

test('an administrator of sales who answers a question speaks for sales', async () => {
  const { give, reply, admin, marketer } = await open();
  expect(admin.team).toBe('sales');
  const { id } = await give('returned');
  await reply(marketer, id, 'question', 'Which quarter?');
  expect(await reply(admin, id)).toMatchObject({ waitsFor: 'marketing' });
  // Otherwise they may speak for marketing.
  expect((await reply(admin, id)).waitsFor).toBeUndefined();
});

test('a promise about somebody who is erased is broken only if it was broken before', async () => {
  const { give, ask, admin, lena, pass, workspace } = await open();
  await give('returned');
  pass(14 * DAY);
  await give('returned');
  expect((await ask(admin, 'DELETE', `/v1/people/${lena.id}`)).status).toBe(204);
  const { rows } = await sql<{ due: string | null }>`
    select f.answer_due_at as due from feedback f where f.workspace_id = ${workspace.id} order by f.at`.execute(
    hubs.db,
  );
  expect(rows.map(({ due }) => due !== null)).toEqual([true, false]);
});

test('what was done is kept with the mark', async () => {
  const { give, reply, marketer } = await open();
  const { id } = await give('returned', { reasons: ['wrong-data'] });
  const acted = await reply(marketer, id, 'acted', 'The form checks numbers now.');
  expect(acted).toMatchObject({
    state: 'acted',
    replies: [{ kind: 'acted', text: 'The form checks numbers now.' }],
    answer: { tookMinutes: 0 },
  });
  expect(await reply(marketer, id)).toMatchObject({ state: 'acted' });
});

test('the list is narrowed by each filter', async () => {
  const { give, reply, ids, marketer, rep, patch, about, campaign, pass, omar, now } = await open();
  const returned = await give('returned', { reasons: ['no-budget', 'not-ready'] });
  pass(1000);
  const praise = await give('praise', { about: about.campaign });
  pass(1000);
  const aboutOmar = await give('accepted', { about: { kind: 'lead', personId: omar.id } });
  pass(1000);
  const answered = await give('suggestion', { about: about.campaign });
  await reply(marketer, answered.id);
  const gone = await give('returned');
  await patch(rep, gone.id, { state: 'withdrawn', clientTime: now() });
  const all = [answered, aboutOmar, praise, returned].map(({ id }) => id);
  expect(await ids('')).toEqual(all);
  expect(await ids('order=oldest')).toEqual(all.toReversed());
  expect(await ids('view=open')).toEqual([returned.id]);
  expect(await ids('view=overdue')).toEqual([]);
  expect(await ids('view=praise')).toEqual([praise.id]);
  expect(await ids('view=done')).toEqual([answered.id]);
  expect(await ids('verdict=accepted')).toEqual([aboutOmar.id]);
  expect(await ids('about=campaign')).toEqual([answered.id, praise.id]);
  expect(await ids('reason=not-ready')).toEqual([returned.id]);
  expect(await ids('reason=none')).toEqual([answered.id, aboutOmar.id, praise.id]);
  // A lead's is filed under the campaign that had touched them last; nothing has touched Omar.
  expect(await ids(`campaignId=${campaign.id}`)).toEqual([answered.id, praise.id, returned.id]);
  expect(await ids('campaignId=none')).toEqual([aboutOmar.id]);
  expect(await ids('state=withdrawn')).toEqual([gone.id]);
  pass(5 * DAY);
  expect(await ids('view=overdue')).toEqual([returned.id]);
});

test('pages go on in either order', async () => {
  const { give, ask, marketer, pass } = await open();
  const sent: string[] = [];
  for (let index = 0; index < 5; index++) {
    sent.push((await give('returned')).id);
    if (index % 2 === 1) pass(1000);
  }
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query = `order=oldest&limit=2${cursor && `&cursor=${cursor}`}`;
    const { json } = await ask(marketer, 'GET', `/v1/feedback?${query}`);
    const page = json as { items: { id: string }[]; nextCursor: string | null };
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(sent);
});

test('groups count by campaign and reason what is asked for, and what waits in all', async () => {
  const { give, reply, groups, marketer, about, campaign, pass, omar } = await open();
  await give('returned', { reasons: ['no-budget', 'not-ready'] });
  pass(5 * DAY);
  await give('returned', { reasons: ['no-budget'], about: { kind: 'lead', personId: omar.id } });
  await give('praise', { about: about.campaign });
  const asked = await give('suggestion', { about: about.campaign });
  await reply(marketer, asked.id, 'question');
  const { id, name } = campaign;
  const totals = { open: 2, overdue: 1, asked: 1, praise: 1 };
  expect(await groups()).toEqual({
    totals,
    campaigns: [
      { campaign: { id, name }, count: 3, open: 1, overdue: 1 },
      { campaign: null, count: 1, open: 1, overdue: 0 },
    ],
    reasons: [
      { reason: 'no-budget', count: 2, open: 2, overdue: 1 },
      { reason: null, count: 2, open: 0, overdue: 0 },
      { reason: 'not-ready', count: 1, open: 1, overdue: 1 },
    ],
  });
  expect(await groups('view=praise')).toEqual({
    totals,
    campaigns: [{ campaign: { id, name }, count: 1, open: 0, overdue: 0 }],
    reasons: [{ reason: null, count: 1, open: 0, overdue: 0 }],
  });
});

test('several are answered at once, all or none, and once', async () => {
  const { give, bulk, ask, patch, rep, marketer, now, ids } = await open();
  const given = [await give('returned'), await give('returned'), await give('returned')];
  const gone = given[1]!;
  await patch(rep, gone.id, { state: 'withdrawn', clientTime: now() });
  const body = bulk(given.map(({ id }) => id));
  const answer = async (sent: object, user = marketer) => ask(user, 'POST', '/v1/feedback/replies', sent);
  expect((await answer(bulk([given[0]!.id, uuid()]))).status).toBe(404);
  expect((await answer(bulk([given[0]!.id, given[0]!.id]))).status).toBe(400);
  expect((await answer(body, rep)).status).toBe(403);
  expect(await ids('view=open')).toHaveLength(2);
  for (let time = 0; time < 2; time++) {
    const result = BulkReplyResult.parse((await answer(body)).json);
    expect(result).toEqual({ replied: [given[0]!.id, given[2]!.id], withdrawn: [gone.id] });
  }
  const { replies, state } = Feedback.parse(
    (await ask(marketer, 'GET', `/v1/feedback/${given[0]!.id}`)).json,
  );
  expect({ state, texts: replies.map(({ text }) => text) }).toEqual({
    state: 'answered',
    texts: ['To all of you.'],
  });
  await answer(bulk([given[2]!.id], { kind: 'acted' }));
  expect(await ids('state=acted')).toEqual([given[2]!.id]);
});
