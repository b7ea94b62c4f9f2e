import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { lockStage, moveStage } from '../../server/store/stages.ts';
import { MyNews } from '../../utils/contract/news.ts';
import type { User } from '../../utils/contract/session.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A Friday at ten in Berlin. The rep has until Monday at ten to follow up; at four the last quarter begins. */
async function open() {
  const hub = await hubs.open();
  const start = hub.now();
  const nils = { id: uuid(), name: 'Nils Nordmann', emails: ['nils@reederei.example'], externalIds: [] };
  const marketer = await hub.as(hub.marketer);
  const ingested = await marketer('POST', '/v1/people', {
    people: [{ ...nils, stage: 'mql', ownerEmail: hub.rep.email }],
  });
  expect(ingested.json).toMatchObject({ stored: 1 });
  const calls = new Map(
    await Promise.all(
      [hub.rep, hub.otherRep, hub.marketer].map(async (user) => [user.id, await hub.as(user)] as const),
    ),
  );
  return {
    ...hub,
    start,
    nils,
    asMarketer: marketer,
    asRep: calls.get(hub.rep.id)!,
    newsOf: async ({ id }: User, since?: string) => {
      const { json } = await calls.get(id)!(
        'GET',
        `/v1/me/news${since === undefined ? '' : `?since=${since}`}`,
      );
      return MyNews.parse(json);
    },
    move: (to: Stage, by: User) =>
      hubs.db.transaction().execute(async (tx) => {
        const present = await lockStage(tx, hub.workspace.id, nils.id);
        const actor = { kind: 'person' as const, id: by.id, name: by.name };
        const at = new Date(hub.now());
        await moveStage(tx, hub.workspace.id, present!, {
          to,
          at,
          by: actor,
          agreementVersion: 1,
          kind: 'move',
        });
      }),
  };
}

test('begins now, and tells a rep whose time is nearly over, once, until somebody follows up', async () => {
  const hub = await open();
  const { rep, otherRep, nils, newsOf } = hub;
  expect(await newsOf(rep)).toEqual({ until: hub.start, news: [] });
  expect((await newsOf(rep, hub.start)).news).toEqual([]);

  hub.pass(6 * HOUR);
  const { until, news } = await newsOf(rep, hub.start);
  expect(news).toEqual([
    {
      id: expect.stringMatching(/^clock:/u) as string,
      kind: 'clock-at-risk',
      at: '2026-11-20T15:00:00.000Z',
      person: { id: nils.id, name: nils.name },
      due: '2026-11-23T09:00:00.000Z',
    },
  ]);
  expect(until).toBe(hub.now());
  expect((await newsOf(otherRep, hub.start)).news).toEqual([]);
  expect((await newsOf(hub.marketer, hub.start)).news).toEqual([]);
  // Nothing is missed at the seam: what was told comes again under the same id, for a minute.
  expect((await newsOf(rep, until)).news).toEqual(news);
  hub.pass(2 * MINUTE);
  expect((await newsOf(rep, hub.now())).news).toEqual([]);

  // Too late is at risk all the more.
  hub.pass(72 * HOUR);
  expect((await newsOf(rep, hub.start)).news).toEqual(news);
  const answer = await hub.asRep('POST', '/v1/follow-ups', {
    id: uuid(),
    person: { id: nils.id },
    at: hub.now(),
    seen: 'click',
    direction: 'outbound',
  });
  expect(answer.status).toBeLessThan(300);
  expect((await newsOf(rep, hub.start)).news).toEqual([]);
});

test('tells of what marketing says to my feedback, not of what it says, nor to others', async () => {
  const hub = await open();
  const { rep, otherRep, lena, campaign, newsOf, asRep, asMarketer } = hub;
  const give = async (rest: object) => {
    const id = uuid();
    const answer = await asRep('POST', '/v1/feedback', { id, reasons: [], clientTime: hub.now(), ...rest });
    expect(answer.status).toBeLessThan(300);
    return id;
  };
  const say = (feedbackId: string, body: object) =>
    asMarketer('POST', `/v1/feedback/${feedbackId}/replies`, { id: uuid(), ...body });
  const aboutLena = await give({
    about: { kind: 'lead', personId: lena.id },
    verdict: 'returned',
    reasons: ['no-budget'],
  });
  const aboutCampaign = await give({
    about: { kind: 'campaign', campaignId: campaign.id },
    verdict: 'suggestion',
  });
  hub.pass(HOUR);
  await say(aboutLena, { text: 'We will ask again in May.' });
  await asRep('POST', `/v1/feedback/${aboutLena}/replies`, { id: uuid(), text: 'Thanks.' });
  hub.pass(MINUTE);
  await say(aboutCampaign, { kind: 'question', text: 'Which part of it?' });
  const answer = await newsOf(rep, hub.start);
  expect(answer.news).toMatchObject([
    { kind: 'answered', reply: 'question', campaign: { id: campaign.id, name: campaign.name } },
    { kind: 'answered', person: { id: lena.id, name: lena.name } },
  ]);
  expect(JSON.stringify(answer)).not.toMatch(/May|Which|Thanks|@/u);
  expect((await newsOf(otherRep, hub.start)).news).toEqual([]);
  expect((await newsOf(hub.marketer, hub.start)).news).toEqual([]);

  // A week later nobody wants to be notified of it, whatever the browser asks for.
  hub.pass(8 * 24 * HOUR);
  expect((await newsOf(rep, hub.start)).news.filter(({ kind }) => kind === 'answered')).toEqual([]);
});

test('tells of a lead that is handed over again', async () => {
  const hub = await open();
  const { rep, nils, newsOf, asRep } = hub;
  await asRep('POST', '/v1/feedback', {
    id: uuid(),
    about: { kind: 'lead', personId: nils.id },
    verdict: 'returned',
    reasons: ['no-budget'],
    clientTime: hub.now(),
  });
  hub.pass(HOUR);
  expect((await newsOf(rep, hub.start)).news).toEqual([]);
  await hub.move('mql', hub.marketer);
  expect((await newsOf(rep, hub.start)).news).toMatchObject([
    { kind: 'came-back', at: hub.now(), person: { id: nils.id, name: nils.name } },
  ]);
  expect((await newsOf(hub.otherRep, hub.start)).news).toEqual([]);
});

test('nothing new costs no body', async () => {
  const { asRep, start } = await open();
  const first = await asRep('GET', `/v1/me/news?since=${start}`);
  const etag = first.headers.get('etag')!;
  const second = await asRep('GET', `/v1/me/news?since=${start}`, undefined, { 'if-none-match': etag });
  expect([second.status, second.text]).toEqual([304, '']);
  expect((await asRep('GET', '/v1/me/news?since=yesterday')).status).toBe(400);
});
