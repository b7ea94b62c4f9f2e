import { v7 as uuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import { UNDO_MS } from '../../utils/contract/feedback.ts';
import { ContextResponse } from '../../utils/contract/lead-context.ts';
import type { User } from '../../utils/contract/session.ts';
import { StageState } from '../../utils/contract/stage.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();

async function open() {
  const hub = await hubs.open();
  const { as, lena, rep, now } = hub;
  const change = async (user: User, body: object) =>
    (await as(user))('POST', '/v1/stage-changes', {
      id: uuid(),
      personId: lena.id,
      clientTime: now(),
      ...body,
    });
  const context = async () => {
    const { json } = await (
      await as(rep)
    )('POST', '/v1/context', {
      queries: [{ record: lena.externalIds[0] }],
    });
    const [found] = ContextResponse.parse(json).contexts;
    if (!found) throw new Error('Lena is not known.');
    return found;
  };
  return {
    ...hub,
    change,
    changed: async (user: User, body: object) => {
      const answer = await change(user, body);
      expect(answer.json).toMatchObject({ eventId: expect.any(String) as string });
      return StageState.parse(answer.json);
    },
    context,
    basedOn: (await context()).stage.eventId,
  };
}

const problem = (name: string, status: number) => ({ type: `urn:tandem:problem:${name}`, status });

describe('moving a lead by hand', () => {
  test('makes an event that says who, from where and under which version', async () => {
    const { rep, changed, context, basedOn, now, pass } = await open();
    pass(60_000);
    const id = uuid();
    const state = await changed(rep, { id, to: 'sql', basedOn });
    expect(state).toMatchObject({ eventId: id, stage: 'sql', since: now(), agreementVersion: 1 });
    const { stage, stageEvents } = await context();
    expect(stage).toEqual(state);
    expect(stageEvents[0]).toEqual({
      id,
      from: 'mql',
      to: 'sql',
      at: now(),
      by: { kind: 'person', id: rep.id, name: rep.name },
      agreementVersion: 1,
      kind: 'move',
    });
  });

  test('of two at once one wins, and the other gets the newer state', async () => {
    const { rep, marketer, change, context, basedOn } = await open();
    const answers = await Promise.all([
      change(rep, { to: 'sal', basedOn }),
      change(marketer, { to: 'recycled', basedOn }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { stage, stageEvents } = await context();
    expect(stageEvents).toHaveLength(2);
    expect(answers.find(({ status }) => status === 409)?.json).toMatchObject({
      ...problem('stage-changed', 409),
      current: stage,
    });
  });

  test('sent again has one effect, also after the lead has moved on', async () => {
    const { rep, otherRep, change, changed, context, basedOn } = await open();
    const move = { id: uuid(), to: 'sal', basedOn };
    const first = await changed(rep, move);
    expect(await changed(rep, move)).toEqual(first);
    const later = await changed(rep, { to: 'sql', basedOn: first.eventId });
    expect(await changed(rep, move)).toEqual(later);
    expect((await context()).stageEvents).toHaveLength(3);
    expect((await change(rep, { ...move, to: 'sql' })).json).toMatchObject(problem('conflict', 409));
    expect((await change(otherRep, move)).json).toMatchObject(problem('conflict', 409));
  });

  test('is for whom the agreement names', async () => {
    const { rep, marketer, admin, change, basedOn, lena } = await open();
    expect((await change(marketer, { to: 'sal', basedOn })).json).toMatchObject(problem('forbidden', 403));
    expect((await change(rep, { to: 'lead', basedOn })).json).toMatchObject(problem('forbidden', 403));
    expect((await change(marketer, { to: 'lead', basedOn })).status).toBe(200);
    const lost = { personId: uuid(), to: 'sal', basedOn };
    expect((await change(admin, lost)).json).toMatchObject(problem('not-found', 404));
    expect(lost.personId).not.toBe(lena.id);
  });

  test('wants reasons both teams agreed on, and another stage than the present one', async () => {
    const { rep, change, changed, basedOn } = await open();
    expect((await change(rep, { to: 'recycled', basedOn, reason: 'unheard-of' })).json).toMatchObject({
      status: 400,
      errors: [{ pointer: '/reason' }],
    });
    expect((await change(rep, { to: 'mql', basedOn })).status).toBe(403);
    const { eventId } = await changed(rep, { to: 'recycled', basedOn, reason: 'no-budget' });
    expect((await change(rep, { to: 'recycled', basedOn: eventId })).json).toMatchObject({
      status: 400,
      errors: [{ pointer: '/to' }],
    });
  });
});

describe('undoing a move', () => {
  test('takes it back, by its author, within ten seconds of the click', async () => {
    const { rep, changed, context, basedOn, pass } = await open();
    const { eventId } = await changed(rep, { to: 'sal', basedOn });
    pass(UNDO_MS);
    const undo = { to: 'mql', basedOn: eventId, undoes: eventId };
    expect((await changed(rep, undo)).stage).toBe('mql');
    expect((await context()).stageEvents[0]).toMatchObject({
      kind: 'undo',
      from: 'sal',
      to: 'mql',
      refersTo: eventId,
    });
  });

  test('counts by the clock of the author', async () => {
    const { rep, change, basedOn, now, pass } = await open();
    const clicked = now();
    pass(3 * 86_400_000);
    const id = uuid();
    await change(rep, { id, to: 'sal', basedOn, clientTime: clicked });
    const clientTime = new Date(Date.parse(clicked) + UNDO_MS).toISOString();
    expect((await change(rep, { to: 'mql', basedOn: id, undoes: id, clientTime })).status).toBe(200);
  });

  test('is refused later, to others, and of what is not the last move', async () => {
    const { rep, otherRep, change, changed, basedOn, pass } = await open();
    const { eventId } = await changed(rep, { to: 'sal', basedOn });
    const undo = { to: 'mql', basedOn: eventId, undoes: eventId };
    expect((await change(otherRep, undo)).json).toMatchObject(problem('forbidden', 403));
    expect((await change(rep, { ...undo, to: 'lead' })).status).toBe(400);
    expect((await change(rep, { ...undo, undoes: basedOn })).status).toBe(400);
    expect((await change(rep, { ...undo, undoes: uuid() })).json).toMatchObject(problem('not-found', 404));
    pass(UNDO_MS + 1);
    expect((await change(rep, undo)).json).toMatchObject(problem('undo-expired', 409));
  });

  test('of a verdict is withdrawing the feedback', async () => {
    const { rep, as, lena, change, context, now } = await open();
    const about = { kind: 'lead', personId: lena.id };
    const verdict = { id: uuid(), about, verdict: 'accepted', reasons: [], clientTime: now() };
    await (
      await as(rep)
    )('POST', '/v1/feedback', verdict);
    const { eventId } = (await context()).stage;
    const answer = await change(rep, { to: 'mql', basedOn: eventId, undoes: eventId });
    expect(answer.json).toMatchObject(problem('conflict', 409));
  });
});

describe('correcting a move', () => {
  test('is open to its author for as long as it takes, where only others could move the lead to', async () => {
    const { rep, otherRep, change, changed, context, basedOn, pass } = await open();
    const { eventId } = await changed(rep, { to: 'sal', basedOn });
    pass(86_400_000);
    const back = { to: 'mql', basedOn: eventId, corrects: eventId };
    expect((await change(otherRep, back)).json).toMatchObject(problem('forbidden', 403));
    expect((await changed(rep, back)).stage).toBe('mql');
    expect((await context()).stageEvents[0]).toMatchObject({ kind: 'correction', refersTo: eventId });
  });

  test('may give another reason for the same stage', async () => {
    const { rep, changed, context, basedOn } = await open();
    const { eventId } = await changed(rep, { to: 'recycled', basedOn, reason: 'no-budget' });
    const mended = { to: 'recycled', basedOn: eventId, corrects: eventId, reason: 'not-ready' };
    expect(await changed(rep, mended)).toMatchObject({ stage: 'recycled', reason: 'not-ready' });
    expect((await context()).stageEvents).toHaveLength(3);
  });
});
