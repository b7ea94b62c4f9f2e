import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import { Feedback, UNDO_MS } from '../../utils/contract/feedback.ts';
import { ContextResponse } from '../../utils/contract/lead-context.ts';
import type { User } from '../../utils/contract/session.ts';
import { type Answered, useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();

/** A hub with the few things these tests do over and over. */
async function open() {
  const hub = await hubs.open();
  const { as, lena, now, workspace } = hub;
  const ok = (answer: Answered) => {
    expect(answer.json).toMatchObject({ id: expect.any(String) as string });
    expect(answer.status).toBe(200);
    return Feedback.parse(answer.json);
  };
  const verdict = (of: 'accepted' | 'returned', reasons: string[] = []) => ({
    id: uuid(),
    about: { kind: 'lead', personId: lena.id },
    verdict: of,
    reasons,
    clientTime: now(),
  });
  return {
    ...hub,
    verdict,
    give: async (user: User, body: unknown) => ok(await (await as(user))('POST', '/v1/feedback', body)),
    patch: async (user: User, id: string, body: unknown) =>
      (await as(user))('PATCH', `/v1/feedback/${id}`, body),
    patched: async (user: User, id: string, body: unknown) =>
      ok(await (await as(user))('PATCH', `/v1/feedback/${id}`, body)),
    reply: async (user: User, id: string, body: unknown) =>
      ok(await (await as(user))('POST', `/v1/feedback/${id}/replies`, body)),
    undo: () => ({ state: 'withdrawn', clientTime: now() }),
    context: async () => {
      const call = await as(hub.rep);
      const answer = await call('POST', '/v1/context', { queries: [{ record: lena.externalIds[0] }] });
      const [context] = ContextResponse.parse(answer.json).contexts;
      if (!context) throw new Error('Lena is not known.');
      return context;
    },
    moves: async () => {
      const { rows } = await sql<{ move: string }>`
        select v.from_stage || '>' || v.to_stage || coalesce(':' || v.reason, '') as move from stage_events v
        where v.workspace_id = ${workspace.id} and v.person_id = ${lena.id} and v.from_stage is not null
        order by v.at, v.id`.execute(hubs.db);
      return rows.map(({ move }) => move);
    },
  };
}

describe('a verdict on a lead', () => {
  test('is stored, moves the stage and is seen by all', async () => {
    const { rep, otherRep, give, verdict, context, moves, as, now, lena, campaign } = await open();
    const sent = verdict('accepted');
    const stored = await give(rep, sent);
    expect(stored).toEqual({
      ...sent,
      personName: lena.name,
      by: { id: rep.id, name: rep.name },
      at: now(),
      state: 'new',
      filedUnder: { id: campaign.id, name: campaign.name },
      replies: [],
    });
    const { stage, feedback } = await context();
    expect(stage).toMatchObject({
      stage: 'sal',
      since: now(),
      by: { kind: 'person', id: rep.id, name: rep.name },
      agreementVersion: 1,
    });
    expect(feedback).toEqual([stored]);
    expect(await moves()).toEqual(['mql>sal']);
    expect((await (await as(otherRep))('GET', '/v1/feedback')).json).toEqual({
      items: [stored],
      nextCursor: null,
    });
    expect((await (await as(otherRep))('GET', `/v1/feedback/${stored.id}`)).json).toEqual(stored);
  });

  test.each([
    [[], 'recycled', undefined],
    [['no-budget'], 'recycled', 'no-budget'],
    [['no-budget', 'no-fit'], 'disqualified', 'no-fit'],
  ])('returned because of %j makes it %s', async (reasons, stage, reason) => {
    const { rep, give, verdict, context } = await open();
    await give(rep, verdict('returned', reasons));
    expect((await context()).stage).toMatchObject({ stage, ...(reason ? { reason } : {}) });
    expect((await context()).stage.reason).toBe(reason);
  });

  test('because of a reason nobody agreed on is refused', async () => {
    const { rep, as, verdict, give, patch, moves } = await open();
    const call = await as(rep);
    const answer = await call('POST', '/v1/feedback', verdict('returned', ['no-budget', 'unheard-of']));
    expect(answer.json).toMatchObject({ status: 400, errors: [{ pointer: '/reasons/1' }] });
    expect(await moves()).toEqual([]);
    const { id } = await give(rep, verdict('returned'));
    expect((await patch(rep, id, { reasons: ['unheard-of'] })).json).toMatchObject({
      status: 400,
      errors: [{ pointer: '/reasons/0' }],
    });
  });

  test('may be refined with the reasons of its own time', async () => {
    const { rep, give, verdict, patch, patched, workspace, context } = await open();
    const { id } = await give(rep, verdict('returned'));
    await sql`update agreements a set state = 'superseded' where a.workspace_id = ${workspace.id}`.execute(
      hubs.db,
    );
    await sql`
      insert into agreements (workspace_id, version, document, state, proposed_at, in_force_since, valid_until)
      select ${workspace.id}::uuid, 2, jsonb_set(a.document::jsonb, '{reasons}',
          '[{"id":"other","label":{"en":"Other","de":"Anderes"},"team":"sales","outcome":"recycle"}]')::json,
        'in-force', a.proposed_at, a.in_force_since, a.valid_until
      from agreements a where a.workspace_id = ${workspace.id}`.execute(hubs.db);
    expect((await patched(rep, id, { reasons: ['no-fit'] })).reasons).toEqual(['no-fit']);
    expect((await context()).stage).toMatchObject({ stage: 'disqualified', reason: 'no-fit' });
    const later = await give(rep, verdict('accepted'));
    expect((await patch(rep, later.id, { reasons: ['no-fit'] })).status).toBe(400);
  });

  test('based on what is not so any more is refused with the newer state, where it would move the lead', async () => {
    const { rep, otherRep, give, as, verdict, context, moves } = await open();
    const basedOn = (await context()).stage.eventId;
    await give(otherRep, { ...verdict('returned', ['no-budget']), basedOn });
    const late = { ...verdict('accepted'), basedOn };
    const { stage } = await context();
    const before = await hubs.countRows();
    const answer = await (await as(rep))('POST', '/v1/feedback', late);
    expect(answer.json).toMatchObject({
      status: 409,
      type: 'urn:tandem:problem:stage-changed',
      current: stage,
    });
    expect({ ...(await hubs.countRows()), sessions: 0 }).toEqual({ ...before, sessions: 0 });
    // Who has seen the newer state decides anew, under the same id.
    expect((await give(rep, { ...late, basedOn: stage.eventId })).state).toBe('new');
    expect(await moves()).toEqual(['mql>recycled:no-budget', 'recycled>sal']);
    // One that would move nothing is kept, whatever it is based on, and so is a repetition.
    await give(otherRep, { ...verdict('accepted'), basedOn });
    await give(rep, { ...late, basedOn: stage.eventId });
    expect(await moves()).toHaveLength(2);
  });

  test('of somebody who may not move a lead there is kept and moves nothing', async () => {
    const { marketer, give, verdict, context } = await open();
    await give(marketer, verdict('accepted'));
    expect(await context()).toMatchObject({ stage: { stage: 'mql' }, feedback: [{ verdict: 'accepted' }] });
  });

  test('that does not fit the stage is kept and moves nothing', async () => {
    const { rep, give, verdict, context, moves } = await open();
    await give(rep, verdict('accepted'));
    const second = await give(rep, verdict('accepted'));
    expect((await context()).feedback.map(({ id }) => id)).toContain(second.id);
    expect(await moves()).toEqual(['mql>sal']);
  });

  test('of two reps at once: both are kept, the last one decides', async () => {
    const { rep, otherRep, verdict, context, moves, as } = await open();
    const [one, other] = [await as(rep), await as(otherRep)];
    const answers = await Promise.all([
      one('POST', '/v1/feedback', verdict('accepted')),
      other('POST', '/v1/feedback', verdict('returned', ['no-budget'])),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await context()).feedback).toHaveLength(2);
    const order = await moves();
    expect(order).toHaveLength(2);
    expect([
      ['mql>sal', 'sal>recycled:no-budget'],
      ['mql>recycled:no-budget', 'recycled>sal'],
    ]).toContainEqual(order);
    expect((await context()).stage.stage).toBe(order[1]?.startsWith('sal') ? 'recycled' : 'sal');
  });

  test('on somebody unknown is refused', async () => {
    const { rep, as, verdict } = await open();
    const before = await hubs.countRows();
    const call = await as(rep);
    const answer = await call('POST', '/v1/feedback', {
      ...verdict('accepted'),
      about: { kind: 'lead', personId: uuid() },
    });
    expect(answer.status).toBe(404);
    expect({ ...(await hubs.countRows()), sessions: 0 }).toEqual({ ...before, sessions: 0 });
  });

  test('needs a reason to return where the agreement says so', async () => {
    const { rep, as, verdict, workspace, give } = await open();
    await sql`update agreements a set document = jsonb_set(a.document::jsonb, '{returnNeedsReason}', 'true')::json
      where a.workspace_id = ${workspace.id}`.execute(hubs.db);
    const answer = await (await as(rep))('POST', '/v1/feedback', verdict('returned'));
    expect(answer.json).toMatchObject({ status: 400, errors: [{ pointer: '/reasons' }] });
    expect((await give(rep, verdict('returned', ['no-fit']))).reasons).toEqual(['no-fit']);
  });
});

describe('sending again', () => {
  test('the same feedback has one effect, even after it was refined', async () => {
    const { rep, give, verdict, patched, moves } = await open();
    const sent = verdict('returned');
    const first = await give(rep, sent);
    expect(await give(rep, sent)).toEqual(first);
    const refined = await patched(rep, sent.id, { reasons: ['no-fit'] });
    expect(await give(rep, sent)).toEqual(refined);
    expect(await moves()).toEqual(['mql>recycled', 'recycled>disqualified:no-fit']);
  });

  test('another content, or another author, under the same id is a conflict', async () => {
    const { rep, otherRep, give, verdict, as, moves } = await open();
    const sent = verdict('accepted');
    await give(rep, sent);
    const different = await (await as(rep))('POST', '/v1/feedback', { ...sent, verdict: 'returned' });
    expect(different.json).toMatchObject({ status: 409, type: 'urn:tandem:problem:conflict' });
    const stranger = await (await as(otherRep))('POST', '/v1/feedback', sent);
    expect(stranger.json).toMatchObject({ status: 409, type: 'urn:tandem:problem:conflict' });
    expect(await moves()).toEqual(['mql>sal']);
  });

  test('with an Idempotency-Key replays the stored answer', async () => {
    const { rep, as, verdict, undo, pass, moves } = await open();
    const call = await as(rep);
    const sent = verdict('accepted');
    const key = { 'idempotency-key': uuid() };
    const first = await call('POST', '/v1/feedback', sent, key);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    await call('PATCH', `/v1/feedback/${sent.id}`, undo());
    pass(60_000);
    const second = await (await as(rep))('POST', '/v1/feedback', sent, key);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.text).toBe(first.text);
    expect(await moves()).toEqual(['mql>sal', 'sal>mql']);
  });

  test('another request with the same key is refused', async () => {
    const { rep, otherRep, as, verdict } = await open();
    const call = await as(rep);
    const sent = verdict('accepted');
    const key = { 'idempotency-key': uuid() };
    await call('POST', '/v1/feedback', sent, key);
    const before = await hubs.countRows();
    const reused = { status: 422, type: 'urn:tandem:problem:idempotency-key-reused' };
    expect((await call('POST', '/v1/feedback', verdict('accepted'), key)).json).toMatchObject(reused);
    expect((await call('PATCH', `/v1/feedback/${sent.id}`, { comment: 'x' }, key)).json).toMatchObject(
      reused,
    );
    expect((await (await as(otherRep))('POST', '/v1/feedback', sent, key)).json).toMatchObject(reused);
    expect({ ...(await hubs.countRows()), sessions: 0 }).toEqual({ ...before, sessions: 0 });
  });

  test('a refused request leaves its key free', async () => {
    const { rep, as, verdict, lena } = await open();
    const call = await as(rep);
    const key = { 'idempotency-key': uuid() };
    const lost = { ...verdict('accepted'), about: { kind: 'lead', personId: uuid() } };
    expect((await call('POST', '/v1/feedback', lost, key)).status).toBe(404);
    const found = { ...lost, about: { kind: 'lead', personId: lena.id } };
    expect((await call('POST', '/v1/feedback', found, key)).status).toBe(200);
  });

  test('the same key at once has one effect', async () => {
    const { rep, as, verdict, moves } = await open();
    const call = await as(rep);
    const sent = verdict('accepted');
    const key = { 'idempotency-key': uuid() };
    const answers = await Promise.all([1, 2, 3].map(() => call('POST', '/v1/feedback', sent, key)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.has('idempotency-replayed'))).toHaveLength(2);
    expect(await moves()).toEqual(['mql>sal']);
  });
});

describe('refining', () => {
  test('says by its events what mends and what takes back', async () => {
    const { rep, give, verdict, patched, undo, context } = await open();
    const { id } = await give(rep, verdict('returned'));
    await patched(rep, id, { reasons: ['junk'] });
    await patched(rep, id, undo());
    const [back, mended, moved] = (await context()).stageEvents;
    expect(back).toMatchObject({ kind: 'undo', to: 'mql', refersTo: mended?.id });
    expect(mended).toMatchObject({ kind: 'correction', to: 'disqualified', refersTo: moved?.id });
    expect(moved).toMatchObject({ kind: 'move', to: 'recycled' });
    expect(moved).not.toHaveProperty('refersTo');
  });

  test('changes the outcome by a correcting event', async () => {
    const { rep, give, verdict, patched, context, moves } = await open();
    const { id } = await give(rep, verdict('returned'));
    await patched(rep, id, { reasons: ['not-ready'] });
    await patched(rep, id, { reasons: ['not-ready', 'junk'], comment: 'Student.' });
    const refined = await patched(rep, id, { reasons: ['no-budget'] });
    expect(refined).toMatchObject({ reasons: ['no-budget'], comment: 'Student.', state: 'new' });
    expect((await context()).stage).toMatchObject({ stage: 'recycled', reason: 'no-budget' });
    expect(await moves()).toEqual([
      'mql>recycled',
      'recycled>recycled:not-ready',
      'recycled>disqualified:junk',
      'disqualified>recycled:no-budget',
    ]);
  });

  test('repeated, or only the comment, moves nothing', async () => {
    const { rep, give, verdict, patched, moves } = await open();
    const { id } = await give(rep, verdict('returned', ['no-fit']));
    await patched(rep, id, { reasons: ['no-fit'] });
    await patched(rep, id, { comment: 'Too small.' });
    expect(await moves()).toEqual(['mql>disqualified:no-fit']);
  });

  test('moves nothing once the lead has moved on', async () => {
    const { rep, otherRep, give, verdict, patched, moves } = await open();
    const { id } = await give(rep, verdict('returned'));
    await give(otherRep, verdict('accepted'));
    expect((await patched(rep, id, { reasons: ['no-fit'] })).reasons).toEqual(['no-fit']);
    expect(await moves()).toEqual(['mql>recycled', 'recycled>sal']);
  });

  test('is for the author only', async () => {
    const { rep, otherRep, admin, give, verdict, patch, undo } = await open();
    const { id } = await give(rep, verdict('returned'));
    for (const user of [otherRep, admin]) {
      for (const body of [{ reasons: [] }, { comment: 'no' }, undo()]) {
        expect((await patch(user, id, body)).json).toMatchObject({ type: 'urn:tandem:problem:forbidden' });
      }
    }
    expect((await patch(rep, uuid(), { reasons: [] })).status).toBe(404);
  });
});

describe('undoing', () => {
  test('puts the lead back and hides the feedback', async () => {
    const { rep, give, verdict, patched, undo, pass, context, moves, as } = await open();
    const { id } = await give(rep, verdict('returned', ['no-fit']));
    pass(UNDO_MS);
    expect((await patched(rep, id, undo())).state).toBe('withdrawn');
    expect(await context()).toMatchObject({ stage: { stage: 'mql' }, feedback: [] });
    expect((await context()).stage.reason).toBeUndefined();
    expect(await moves()).toEqual(['mql>disqualified:no-fit', 'disqualified>mql']);
    const call = await as(rep);
    expect((await call('GET', '/v1/feedback')).json).toMatchObject({ items: [] });
    expect((await call('GET', '/v1/feedback?state=withdrawn')).json).toMatchObject({ items: [{ id }] });
  });

  test('goes back over refinements, and twice is harmless', async () => {
    const { rep, give, verdict, patched, undo, pass, moves } = await open();
    const { id } = await give(rep, verdict('returned'));
    await patched(rep, id, { reasons: ['junk'] });
    const first = await patched(rep, id, undo());
    pass(60_000);
    expect(await patched(rep, id, undo())).toEqual(first);
    expect(await moves()).toEqual(['mql>recycled', 'recycled>disqualified:junk', 'disqualified>mql']);
  });

  test('counts by the author’s clock, however late the hub hears of it', async () => {
    const { rep, give, verdict, patched, undo, pass } = await open();
    const sent = verdict('accepted');
    pass(5000);
    const clicked = undo();
    pass(3 * 86_400_000);
    await give(rep, sent);
    expect((await patched(rep, sent.id, clicked)).state).toBe('withdrawn');
  });

  test('is refused later', async () => {
    const { rep, give, verdict, patch, undo, pass, context } = await open();
    const { id } = await give(rep, verdict('accepted'));
    pass(UNDO_MS + 1);
    expect((await patch(rep, id, undo())).json).toMatchObject({
      status: 409,
      type: 'urn:tandem:problem:undo-expired',
    });
    expect((await context()).stage.stage).toBe('sal');
    expect((await patch(rep, id, { state: 'withdrawn' })).json).toMatchObject({
      status: 400,
      errors: [{ pointer: '/clientTime' }],
    });
  });

  test('leaves the lead where somebody else has moved it', async () => {
    const { rep, otherRep, give, verdict, patched, undo, context } = await open();
    const { id } = await give(rep, verdict('accepted'));
    await give(otherRep, verdict('returned'));
    expect((await patched(rep, id, undo())).state).toBe('withdrawn');
    expect((await context()).stage.stage).toBe('recycled');
  });
});

describe('marketing', () => {
  test('marks and answers; states only go forward', async () => {
    const { rep, marketer, give, verdict, patched, reply, now, context } = await open();
    const { id } = await give(rep, verdict('returned'));
    expect((await patched(marketer, id, { state: 'seen' })).state).toBe('seen');
    const answer = { id: uuid(), text: 'We will call again in spring.' };
    const answered = await reply(marketer, id, answer);
    expect(answered.state).toBe('answered');
    expect(answered.replies).toEqual([
      { ...answer, by: { id: marketer.id, name: marketer.name }, at: now() },
    ]);
    expect(await reply(marketer, id, answer)).toEqual(answered);
    expect((await patched(marketer, id, { state: 'seen' })).state).toBe('answered');
    expect((await patched(marketer, id, { state: 'acted' })).state).toBe('acted');
    expect((await reply(marketer, id, { id: uuid(), text: 'Done.' })).state).toBe('acted');
    expect((await context()).feedback[0]?.replies).toHaveLength(2);
  });

  test('an author’s reply resets nothing', async () => {
    const { rep, otherRep, marketer, give, verdict, patched, reply } = await open();
    const { id } = await give(rep, verdict('returned'));
    expect((await reply(rep, id, { id: uuid(), text: 'PS' })).state).toBe('new');
    expect((await reply(otherRep, id, { id: uuid(), text: 'Same here' })).state).toBe('new');
    await patched(marketer, id, { state: 'acted' });
    expect((await reply(rep, id, { id: uuid(), text: 'Thanks' })).state).toBe('acted');
  });

  test('does not bring back what was withdrawn', async () => {
    const { rep, marketer, give, verdict, patched, patch, reply, undo } = await open();
    const { id } = await give(rep, verdict('accepted'));
    await patched(rep, id, undo());
    expect((await patched(marketer, id, { state: 'seen' })).state).toBe('withdrawn');
    expect((await reply(marketer, id, { id: uuid(), text: 'Why?' })).state).toBe('withdrawn');
    expect((await patch(rep, id, { reasons: [] })).json).toMatchObject({
      type: 'urn:tandem:problem:conflict',
    });
  });

  test('is not played by a rep; a reply’s id is used once', async () => {
    const { rep, marketer, give, verdict, patch, as } = await open();
    const { id } = await give(rep, verdict('accepted'));
    for (const state of ['seen', 'acted']) {
      expect((await patch(rep, id, { state })).json).toMatchObject({ type: 'urn:tandem:problem:forbidden' });
    }
    const call = await as(marketer);
    const replyId = uuid();
    await call('POST', `/v1/feedback/${id}/replies`, { id: replyId, text: 'One' });
    const other = await call('POST', `/v1/feedback/${id}/replies`, { id: replyId, text: 'Two' });
    expect(other.json).toMatchObject({ type: 'urn:tandem:problem:conflict' });
    expect((await call('POST', `/v1/feedback/${uuid()}/replies`, { id: uuid(), text: 'x' })).status).toBe(
      404,
    );
  });
});

test('feedback on a campaign moves no stage', async () => {
  const { rep, give, campaign, lena, now, moves, context, as } = await open();
  const about = { kind: 'campaign', campaignId: campaign.id, personId: lena.id };
  const praise = { id: uuid(), about, verdict: 'praise', reasons: [], clientTime: now() };
  expect(await give(rep, praise)).toMatchObject({
    about,
    campaignName: campaign.name,
    personName: lena.name,
  });
  expect(await moves()).toEqual([]);
  // Whoever opens this lead sees that the campaign was praised on its account.
  expect((await context()).feedback).toMatchObject([{ id: praise.id }]);
  const unknown = { ...praise, id: uuid(), about: { kind: 'campaign', campaignId: uuid() } };
  expect((await (await as(rep))('POST', '/v1/feedback', unknown)).status).toBe(404);
});

test('hostile text comes back as it was sent', async () => {
  const { rep, marketer, give, verdict, reply } = await open();
  const texts = [
    '<img src=x onerror="alert(1)"><script>alert(1)</script>',
    '\u202eevil\u202c \u200f שלום \u2066مرحبا\u2069',
    '👩🏽‍🚀 zero\u200bwidth\ufeff \u2028 line \u0001\u001f',
    `${'ä'.repeat(10_000)}`,
    `'; drop table feedback; -- \\ "quoted" %s $1 {}`,
    '   leading and trailing   \n\t',
  ];
  for (const comment of texts) {
    const stored = await give(rep, { ...verdict('accepted'), comment });
    expect(stored.comment).toBe(comment);
    expect((await reply(marketer, stored.id, { id: uuid(), text: comment })).replies[0]?.text).toBe(comment);
  }
});

test('the list comes in pages, newest first, by state and person', async () => {
  const { rep, marketer, give, verdict, patched, pass, as, omar, lena } = await open();
  const sent: string[] = [];
  for (let index = 0; index < 7; index++) {
    sent.unshift((await give(rep, verdict('returned'))).id);
    // Two of each share a moment, so that the page's border falls between equals.
    if (index % 2 === 1) pass(1000);
  }
  const call = await as(rep);
  const page = async (query: string) => {
    const { items, nextCursor } = (await call('GET', `/v1/feedback?${query}`)).json as {
      items: Feedback[];
      nextCursor: string | null;
    };
    return { ids: items.map(({ id }) => id), nextCursor };
  };
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { ids, nextCursor } = await page(`limit=3${cursor && `&cursor=${cursor}`}`);
    seen.push(...ids);
    cursor = nextCursor;
  }
  expect(seen).toEqual(sent);
  const oldest = sent.at(-1) ?? '';
  await patched(marketer, oldest, { state: 'acted' });
  expect((await page('state=acted')).ids).toEqual([oldest]);
  expect((await page(`personId=${omar.id}`)).ids).toEqual([]);
  expect((await page(`personId=${lena.id}&state=new`)).ids).toHaveLength(6);
});
