import { v7 as uuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import { Feedback } from '../../utils/contract/feedback.ts';
import { BatchResult } from '../../utils/contract/ingest.ts';
import { ContextResponse } from '../../utils/contract/lead-context.ts';
import type { User } from '../../utils/contract/session.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

async function open() {
  const hub = await hubs.open();
  const { as, lena, rep, marketer, now } = hub;
  const inTime = (milliseconds: number) => new Date(Date.parse(now()) + milliseconds).toISOString();
  const marketing = await as(marketer);
  const send = async (path: string, body: unknown) => {
    const answer = await marketing('POST', path, body);
    expect(answer.json).toMatchObject({ stored: expect.any(Number) as number });
    return BatchResult.parse(answer.json);
  };
  const context = async () => {
    const queries = [{ record: lena.externalIds[0] }];
    const { json } = await (await as(rep))('POST', '/v1/context', { queries });
    const [found] = ContextResponse.parse(json).contexts;
    if (!found) throw new Error('Lena is not known.');
    return found;
  };
  return {
    ...hub,
    inTime,
    context,
    plan: (...plannedTouches: unknown[]) => send('/v1/planned-touches', { plannedTouches }),
    offer: (...offers: unknown[]) => send('/v1/offers', { offers }),
    planned: (sourceId: string, rest: object = {}) => ({
      id: uuid(),
      person: { email: 'lena.vogt@hafenlogistik.example' },
      title: `Issue ${sourceId}`,
      channel: 'email',
      at: inTime(DAY),
      editableUntil: inTime(DAY - HOUR),
      source: 'mailing',
      sourceId,
      ...rest,
    }),
    say: async (user: User, verdict: string, plannedTouchId: string, id = uuid()) => {
      const about = { kind: 'planned-touch', plannedTouchId, personId: lena.id };
      const body = { id, about, verdict, reasons: [], clientTime: now() };
      return (await as(user))('POST', '/v1/feedback', body);
    },
  };
}

const nothing = { stored: 0, repeated: 0, rejected: [] };
const problem = (name: string, status: number) => ({ type: `urn:tandem:problem:${name}`, status });

describe('what is planned', () => {
  test('is stored once, changed, and cancelled, by source and source id', async () => {
    const { plan, planned, context, inTime } = await open();
    const campaign = { id: uuid(), name: 'Newsletter', kind: 'mail' };
    const one = planned('12', { campaign });
    const { id, title, channel, at, editableUntil, source } = one;
    const shown = { id, title, channel, at, editableUntil, source };
    expect(await plan(one)).toEqual({ ...nothing, stored: 1 });
    expect(await plan(one)).toEqual({ ...nothing, repeated: 1 });
    expect((await context()).plannedTouches).toEqual([
      { ...shown, campaignId: campaign.id, campaignName: 'Newsletter' },
    ]);
    // A source that makes a new id every time means the same touch.
    const later = { ...one, id: uuid(), at: inTime(2 * DAY) };
    expect(await plan(later)).toEqual({ ...nothing, stored: 1 });
    expect((await context()).plannedTouches).toMatchObject([{ id: one.id, at: later.at }]);
    expect(await plan({ ...later, cancelled: true })).toEqual({ ...nothing, stored: 1 });
    expect((await context()).plannedTouches).toEqual([]);
  });

  test('rejects rows that cannot be, and stores the rest', async () => {
    const { plan, planned, context } = await open();
    const first = planned('1');
    const result = await plan(
      first,
      planned('2', { person: { email: 'nobody@werft.example' } }),
      planned('1'),
      planned('3', { id: first.id }),
    );
    expect(result).toEqual({
      stored: 1,
      repeated: 0,
      rejected: [
        { index: 1, reason: 'nobody with this address or record is known' },
        { index: 2, reason: 'the same source id stands in this batch before' },
        { index: 3, reason: 'the id belongs to another planned touch' },
      ],
    });
    expect(await plan(planned('4', { id: first.id }))).toMatchObject({ stored: 0, rejected: [{ index: 0 }] });
    expect((await context()).plannedTouches).toHaveLength(1);
  });

  test('is shown when it is due within ninety days, the next one first', async () => {
    const { plan, planned, context, inTime } = await open();
    await plan(
      planned('later', { at: inTime(89 * DAY) }),
      planned('past', { at: inTime(-1) }),
      planned('far', { at: inTime(91 * DAY) }),
      planned('soon', { at: inTime(HOUR) }),
    );
    const { plannedTouches } = await context();
    expect(plannedTouches.map(({ title }) => title)).toEqual(['Issue soon', 'Issue later']);
  });

  test('is not for reps to send', async () => {
    const { as, rep, planned } = await open();
    const answer = await (await as(rep))('POST', '/v1/planned-touches', { plannedTouches: [planned('1')] });
    expect(answer.status).toBe(403);
  });
});

describe('a planned touch', () => {
  test.each(['hold', 'ask-first'])('can be answered with %s, which marketing sees', async (verdict) => {
    const { as, plan, planned, say, rep, marketer, context } = await open();
    const touch = planned('1');
    await plan(touch);
    const answer = await say(rep, verdict, touch.id);
    const stored = Feedback.parse(answer.json);
    expect(stored).toMatchObject({ verdict, plannedTouchTitle: 'Issue 1', personName: 'Lena Vogt' });
    expect((await (await as(marketer))('GET', '/v1/feedback')).json).toMatchObject({ items: [stored] });
    const { feedback, stage } = await context();
    expect(feedback).toEqual([stored]);
    expect(stage.stage).toBe('mql');
  });

  test('that was held can go out after all, however late one decides so', async () => {
    const { as, plan, planned, say, rep, otherRep, context, pass, now } = await open();
    const touch = planned('1');
    await plan(touch);
    const { id } = Feedback.parse((await say(rep, 'hold', touch.id)).json);
    pass(HOUR);
    const undo = { state: 'withdrawn', clientTime: now() };
    expect((await (await as(otherRep))('PATCH', `/v1/feedback/${id}`, undo)).status).toBe(403);
    expect((await (await as(rep))('PATCH', `/v1/feedback/${id}`, undo)).json).toMatchObject({
      state: 'withdrawn',
    });
    expect((await context()).feedback).toEqual([]);
    expect((await say(rep, 'ask-first', touch.id)).status).toBe(200);
  });

  test('cannot be held once it is too late; what was held before stays answered', async () => {
    const { plan, planned, say, rep, pass } = await open();
    const touch = planned('1');
    await plan(touch);
    const id = uuid();
    pass(DAY - HOUR);
    expect((await say(rep, 'hold', touch.id, id)).status).toBe(200);
    const before = await hubs.countRows();
    pass(1);
    expect((await say(rep, 'hold', touch.id)).json).toMatchObject(problem('not-editable', 409));
    expect({ ...(await hubs.countRows()), sessions: 0 }).toEqual({ ...before, sessions: 0 });
  });

  test('sent again after that is answered as before', async () => {
    const { as, plan, planned, rep, lena, now, pass } = await open();
    const touch = planned('1');
    await plan(touch);
    const about = { kind: 'planned-touch', plannedTouchId: touch.id, personId: lena.id };
    const hold = { id: uuid(), about, verdict: 'hold', reasons: [], clientTime: now() };
    const call = await as(rep);
    const first = await call('POST', '/v1/feedback', hold);
    expect(first.status).toBe(200);
    pass(2 * DAY);
    expect((await (await as(rep))('POST', '/v1/feedback', hold)).text).toBe(first.text);
  });

  test('that is unknown, cancelled, or somebody else’s is not found', async () => {
    const { plan, planned, say, rep } = await open();
    const [gone, other] = [planned('1'), planned('2', { person: { email: 'omar@werft.example' } })];
    await plan(gone, other);
    await plan({ ...gone, cancelled: true });
    for (const id of [uuid(), gone.id, other.id]) {
      expect((await say(rep, 'hold', id)).json).toMatchObject(problem('not-found', 404));
    }
  });

  test('is not praised', async () => {
    const { plan, planned, say, rep } = await open();
    const touch = planned('1');
    await plan(touch);
    expect((await say(rep, 'praise', touch.id)).json).toMatchObject({
      status: 400,
      errors: [{ pointer: '/verdict' }],
    });
  });
});

describe('offers', () => {
  test('are shown to those they are for, while they run', async () => {
    const { offer, context, inTime, campaign, pass } = await open();
    const make = (title: string, rest: object = {}) => ({
      id: uuid(),
      title,
      validFrom: inTime(-DAY),
      validTo: inTime(DAY),
      ...rest,
    });
    const details = { details: 'Ten per cent', url: 'https://www.kontor.example/offer' };
    const everybody = make('Everybody', details);
    expect(
      await offer(
        everybody,
        make('Here', { countries: ['AT', 'DE'], validTo: inTime(2 * DAY) }),
        make('Elsewhere', { countries: ['NL'] }),
        make('Webinar', { campaignId: campaign.id, validTo: inTime(3 * DAY) }),
        make('Over', { validTo: inTime(-1) }),
        make('Not yet', { validFrom: inTime(1) }),
      ),
    ).toEqual({ ...nothing, stored: 6 });
    const { offers } = await context();
    expect(offers.map(({ title }) => title)).toEqual(['Everybody', 'Here', 'Webinar']);
    expect(offers[0]).toEqual(everybody);
    pass(DAY);
    expect((await context()).offers.map(({ title }) => title)).toEqual(['Here', 'Webinar']);
  });

  test('are changed by id, and rejected where they cannot be', async () => {
    const { offer, context, inTime } = await open();
    const one = { id: uuid(), title: 'One', validFrom: inTime(-1), validTo: inTime(DAY) };
    await offer(one);
    const narrowed = { ...one, title: 'Changed', countries: ['DE'] };
    expect(await offer(narrowed)).toEqual({ ...nothing, stored: 1 });
    expect(await offer(narrowed)).toEqual({ ...nothing, repeated: 1 });
    expect((await context()).offers).toMatchObject([{ id: one.id, title: 'Changed' }]);
    const result = await offer(
      one,
      { ...one, title: 'Again' },
      { ...one, id: uuid(), campaignId: uuid() },
      { ...one, id: uuid(), validTo: one.validFrom },
    );
    expect(result).toMatchObject({ stored: 1, rejected: [{ index: 1 }, { index: 2 }, { index: 3 }] });
  });
});
