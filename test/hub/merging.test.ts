import fc from 'fast-check';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import { MOVED_TABLES, OTHER_PERSON_TABLES } from '../../server/merging/person-tables.ts';
import { BatchResult } from '../../utils/contract/ingest.ts';
import { ContextResponse } from '../../utils/contract/lead-context.ts';
import { Merge } from '../../utils/contract/merge.ts';
import { indexClient, overHttp } from './support/index-client.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const SINCE = '2026-10-01T00:00:00.000Z';

async function open() {
  const hub = await hubs.open();
  const call = await hub.as(hub.marketer);
  const rep = await hub.as(hub.rep);
  const send = async (path: string, body: unknown) => {
    const answer = await call('POST', path, body);
    expect(answer.text).not.toContain('"status":5');
    expect(answer.status).toBe(200);
    return answer.json;
  };
  const contexts = async (queries: unknown[]) =>
    ContextResponse.parse(await send('/v1/context', { queries })).contexts;
  return {
    ...hub,
    call,
    repCall: rep,
    people: async (...people: object[]) => BatchResult.parse(await send('/v1/people', { people })),
    touch: async (sourceId: string, person: object) =>
      BatchResult.parse(await send('/v1/touchpoints', { touchpoints: [visit(sourceId, person)] })),
    merge: async (id: string, otherId: string) =>
      Merge.parse(await send(`/v1/people/${id}/merges`, { otherId })),
    undo: async (id: string) => Merge.parse(await send(`/v1/merges/${id}/undo`, {})),
    merges: async (id: string) =>
      ((await call('GET', `/v1/people/${id}/merges`)).json as { merges: Merge[] }).merges,
    contexts,
    context: async (email: string) => (await contexts([{ email }]))[0] ?? null,
    feedback: async (personId: string, verdict = 'accepted') => {
      const body = {
        id: uuid(),
        about: { kind: 'lead', personId },
        verdict,
        reasons: [],
        clientTime: hub.now(),
      };
      expect((await rep('POST', '/v1/feedback', body)).status).toBe(200);
      return body.id;
    },
    index: async () => {
      const client = indexClient(overHttp(rep));
      await client.sync();
      return Object.fromEntries([...client.states].toSorted());
    },
  };
}

const crm = (id: string) => ({ system: 'crm', tenant: 'crm.example', type: 'contact', id });
const mailing = (id: string) => ({ system: 'mailing', tenant: 'm.example', type: 'contact', id });
const person = (name: string, more: object = {}) => ({
  id: uuid(),
  name,
  emails: [`${name.toLowerCase()}@reederei.example`],
  externalIds: [] as object[],
  ...more,
});
const visit = (sourceId: string, who: object) => ({
  id: uuid(),
  kind: 'page.visited',
  channel: 'web',
  direction: 'inbound',
  title: sourceId,
  occurredAt: '2026-11-19T08:00:00.000Z',
  machine: false,
  source: 'web',
  sourceId,
  person: who,
});

test('a merge knows every table that holds people', async () => {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'person_id' order by 1`.execute(hubs.db);
  expect([...Object.keys(MOVED_TABLES), ...OTHER_PERSON_TABLES].toSorted()).toEqual(
    rows.map(({ name }) => name),
  );
});

describe('a row of an unknown id', () => {
  test('is about whom its address leads to, and fills what nobody has said', async () => {
    const { people, touch, context } = await open();
    const anna = person('Anna', { company: 'Reederei', externalIds: [crm('1')] });
    await people(anna);
    const other = person('Annie', {
      emails: [...anna.emails, 'annie@reederei.example'],
      externalIds: [mailing('1')],
      phone: '1',
      company: 'X',
    });
    expect(await people(other)).toEqual({ stored: 1, repeated: 0, rejected: [] });
    expect(await people(other)).toEqual({ stored: 0, repeated: 1, rejected: [] });
    expect(await people(anna)).toEqual({ stored: 0, repeated: 1, rejected: [] });
    await touch('t', { record: mailing('1') });
    expect(await context('annie@reederei.example')).toMatchObject({
      person: {
        id: anna.id,
        name: 'Anna',
        company: 'Reederei',
        phone: '1',
        emails: ['anna@reederei.example', 'annie@reederei.example'],
        externalIds: [crm('1'), mailing('1')],
      },
      touchpointCount: 1,
    });
    // Each source takes back only what it said itself.
    await people({ ...other, emails: ['anne@reederei.example'] });
    await people({ ...anna, title: 'Chief' });
    expect(await context('annie@reederei.example')).toBeNull();
    expect((await context('anne@reederei.example'))?.person).toMatchObject({
      id: anna.id,
      title: 'Chief',
      phone: '1',
    });
  });

  test('moves a lead on, never back', async () => {
    const { people, context } = await open();
    await people(person('Anna', { stage: 'sal' }), person('Berta', { stage: 'lead' }));
    const rows = ['anna', 'berta'].map((name) => person(name, { stage: 'mql', title: 'x' }));
    expect(await people(...rows)).toMatchObject({ stored: 2 });
    expect((await context('anna@reederei.example'))?.stage.stage).toBe('sal');
    expect((await context('berta@reederei.example'))?.stage.stage).toBe('mql');
  });

  test.each([
    ['a shared address', person('Info', {}), person('Info', {}), 'an address belongs to another person'],
    [
      'what one system knows as two',
      person('Anna', { externalIds: [crm('1')] }),
      person('Anna', { externalIds: [crm('2')] }),
      'an address belongs to another person',
    ],
    [
      'an address that differs by its tag only',
      person('Anna', {}),
      person('Anna', { emails: ['anna+x@reederei.example'] }),
      null,
    ],
  ])('is not taken for another by %s', async (_, one, other, reason) => {
    const { people, context } = await open();
    await people(one);
    expect(await people({ ...other, id: uuid() })).toMatchObject({
      rejected: reason ? [{ index: 0, reason }] : [],
    });
    expect((await context(one.emails[0] ?? ''))?.person.id).toBe(one.id);
  });
});

describe('a row that leads to two', () => {
  test('makes them one, when that is certain', async () => {
    const { people, context, merges } = await open();
    const anna = person('Anna', { externalIds: [crm('1')] });
    const annie = person('Annie', { externalIds: [mailing('1')] });
    await people(anna, annie);
    expect(await people({ ...anna, emails: [...anna.emails, ...annie.emails] })).toMatchObject({
      stored: 1,
      rejected: [],
    });
    expect((await context('annie@reederei.example'))?.person).toMatchObject({ id: anna.id, name: 'Anna' });
    expect(await merges(anna.id)).toMatchObject([
      { keptId: anna.id, otherId: annie.id, by: { kind: 'system' } },
    ]);
  });

  test.each([
    ['one system knows them as two', [crm('1')], [crm('2')], []],
    ['a shared address is all there is', [], [], ['info@reederei.example']],
  ])('is rejected when %s', async (_, records, others, shared) => {
    const { people, context } = await open();
    const anna = person('Anna', { externalIds: records });
    const annie = person('Annie', { externalIds: others });
    await people(anna, { ...annie, emails: [...annie.emails, ...shared] });
    const link = shared.length > 0 ? shared : annie.emails;
    expect(await people({ ...anna, emails: [...anna.emails, ...link] })).toMatchObject({
      stored: 0,
      rejected: [{ index: 0, reason: 'an address belongs to another person' }],
    });
    expect((await context('annie@reederei.example'))?.person.id).toBe(annie.id);
  });

  test('is rejected when somebody has undone just that', async () => {
    const { people, undo, merges } = await open();
    const [anna, annie] = [person('Anna'), person('Annie')];
    await people(anna, annie);
    const both = { ...anna, emails: [...anna.emails, ...annie.emails] };
    await people(both);
    const [merge] = await merges(anna.id);
    await undo(merge?.id ?? '');
    expect(await people({ ...both, title: 'x' })).toMatchObject({ rejected: [{ index: 0 }] });
  });
});

describe('a merge by hand', () => {
  test('brings everything together: the stricter word, the older promise, the stage further along', async () => {
    const { people, touch, feedback, merge, context, index, rep, otherRep, pass, undo } = await open();
    const consent = (state: string, since: string) => [{ channel: 'email', state, source: 'crm', since }];
    const anna = person('Anna', {
      stage: 'mql',
      ownerEmail: rep.email,
      consents: consent('granted', '2026-11-01T00:00:00.000Z'),
    });
    await people(anna);
    pass(60_000);
    const annie = person('Annie', {
      stage: 'mql',
      ownerEmail: otherRep.email,
      consents: consent('withdrawn', SINCE),
      doNotContact: { reason: 'asked so', since: SINCE },
    });
    await people(annie);
    await touch('t', { email: 'annie@reederei.example' });
    const before = await context('anna@reederei.example');
    const entries = await index();
    const made = await merge(annie.id, anna.id);
    const merged = await context('anna@reederei.example');
    expect(merged).toMatchObject({
      person: { id: annie.id, owner: { id: rep.id }, emails: [...annie.emails, ...anna.emails] },
      consents: consent('withdrawn', SINCE),
      doNotContact: { reason: 'asked so' },
      handOver: { id: before?.handOver?.id },
      touchpointCount: 1,
    });
    expect(merged?.handOver?.outcome).toBeUndefined();
    // The old id still answers.
    const id = await feedback(anna.id);
    expect(await context('annie@reederei.example')).toMatchObject({
      stage: { stage: 'sal' },
      feedback: [{ id }],
    });
    await undo(made.id);
    expect((await context('anna@reederei.example'))?.feedback).toMatchObject([{ id }]);
    expect(Object.keys(await index())).toEqual(Object.keys(entries));
  });

  test('tells the first twenty addresses and records, their own source’s first; all of them lead there', async () => {
    const { people, merge, contexts } = await open();
    const many = (name: string) => ({
      emails: Array.from({ length: 20 }, (_, n) => `${name}${n}@reederei.example`),
      externalIds: Array.from({ length: 20 }, (_, n) => crm(`${name}${n}`)),
    });
    const [kim, ada] = [person('Kim', many('kim')), person('Ada', many('ada'))];
    await people(kim, ada);
    await merge(kim.id, ada.id);
    const asked = [...kim.emails, ...ada.emails].map((email) => ({ email }));
    const records = [...kim.externalIds, ...ada.externalIds].map((record) => ({ record }));
    for (const context of [...(await contexts(asked)), ...(await contexts(records))])
      expect(context?.person).toMatchObject({
        id: kim.id,
        emails: kim.emails,
        externalIds: kim.externalIds,
      });
  });

  test('has one effect, however often and at once it is asked for', async () => {
    const { people, call, merges, undo } = await open();
    const [anna, annie] = [person('Anna'), person('Annie')];
    await people(anna, annie);
    const ask = () => call('POST', `/v1/people/${anna.id}/merges`, { otherId: annie.id });
    const answers = [...(await Promise.all([ask(), ask(), ask()])), await ask()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map(({ json }) => Merge.parse(json).id)).size).toBe(1);
    const [merge] = await merges(anna.id);
    const undone = await undo(merge?.id ?? '');
    expect(undone.undoneAt).toBeDefined();
    expect(await undo(merge?.id ?? '')).toEqual(undone);
    expect(await merges(anna.id)).toEqual([undone]);
  });

  test('is undone newest first, and not for strangers or reps', async () => {
    const { people, merge, call, repCall, undo, lena } = await open();
    const other = await open();
    const [anna, berta, clara] = [person('Anna'), person('Berta'), person('Clara')];
    await people(anna, berta, clara);
    const first = await merge(anna.id, berta.id);
    const second = await merge(clara.id, anna.id);
    const refused = [
      await call('POST', `/v1/merges/${first.id}/undo`, {}),
      await call('POST', `/v1/people/${anna.id}/merges`, { otherId: anna.id }),
      await call('POST', `/v1/people/${anna.id}/merges`, { otherId: other.lena.id }),
      await other.call('POST', `/v1/merges/${second.id}/undo`, {}),
      await repCall('POST', `/v1/people/${anna.id}/merges`, { otherId: lena.id }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([409, 400, 404, 404, 403]);
    await undo(second.id);
    await undo(first.id);
  });

  test('leaves what came later with whom it named', async () => {
    const { people, touch, merge, undo, context } = await open();
    const anna = person('Anna', { externalIds: [crm('1')] });
    const annie = person('Annie', { externalIds: [mailing('1')] });
    await people(anna, annie);
    const { id } = await merge(anna.id, annie.id);
    await touch('by her address', { email: 'annie@reederei.example' });
    await touch('by her address with a tag', { email: 'annie+x@reederei.example' });
    await touch('by her record', { record: mailing('1') });
    await touch('by the kept address', { email: 'anna@reederei.example' });
    // Her source speaks of her with a new address.
    await people({ ...annie, emails: [...annie.emails, 'new@reederei.example'] });
    await touch('by her new address', { email: 'new@reederei.example' });
    expect((await context('new@reederei.example'))?.person.id).toBe(anna.id);
    await undo(id);
    const titles = async (email: string) =>
      (await context(email))?.touchpoints.map(({ title }) => title).toSorted();
    expect(await titles('anna@reederei.example')).toEqual(['by the kept address']);
    expect((await context('new@reederei.example'))?.person.id).toBe(annie.id);
    expect(await titles('annie@reederei.example')).toEqual([
      'by her address',
      'by her address with a tag',
      'by her new address',
      'by her record',
    ]);
  });
});

const somebody = fc.record({
  // Often two with an open hand-over each.
  stage: fc.constantFrom('mql', 'mql', 'mql', 'lead', 'opportunity', 'recycled', 'disqualified'),
  owned: fc.boolean(),
  company: fc.option(fc.constantFrom('A', 'B'), { nil: undefined }),
  attributes: fc.option(
    fc.dictionary(fc.constantFrom('industry', 'size', 'x'), fc.integer({ min: 0, max: 9 })),
    { nil: undefined },
  ),
  consent: fc.option(fc.constantFrom('granted', 'denied', 'withdrawn'), { nil: undefined }),
  barred: fc.boolean(),
  touches: fc.integer({ min: 0, max: 3 }),
  judged: fc.boolean(),
  minutes: fc.integer({ min: 0, max: 3 }),
});
const history = fc.record({
  people: fc.array(somebody, { minLength: 2, maxLength: 4 }),
  pairs: fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 4 }),
  looks: fc.boolean(),
});

test('undoing merges in reverse leaves everybody as they were', async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ people, pairs, looks }) => {
      const hub = await open();
      const rows: ReturnType<typeof person>[] = [];
      for (const [nth, one] of people.entries()) {
        hub.pass(one.minutes * 60_000);
        const row = person(`P${nth}`, {
          emails: [`p${nth}@reederei.example`, `p${nth}b@reederei.example`],
          externalIds: [crm(String(nth))],
          stage: one.stage,
          ...(one.owned && { ownerEmail: nth % 2 ? hub.rep.email : hub.otherRep.email }),
          ...(one.company && { company: one.company }),
          ...(one.attributes && { attributes: one.attributes }),
          ...(one.consent && {
            consents: [{ channel: 'email', state: one.consent, source: 'crm', since: SINCE }],
          }),
          ...(one.barred && { doNotContact: { reason: 'asked so', since: SINCE } }),
        });
        rows.push(row);
        await hub.people(row);
        for (let touch = 0; touch < one.touches; touch++)
          await hub.touch(`${nth}-${touch}`, { record: crm(String(nth)) });
        if (one.judged) await hub.feedback(row.id);
      }
      const queries = rows.flatMap(({ emails }, nth) => [
        ...emails.map((email) => ({ email })),
        { record: crm(String(nth)) },
      ]);
      const state = async () => ({ contexts: await hub.contexts(queries), index: await hub.index() });
      await hub.contexts(queries);
      const before = await state();
      const done: { id: string; before: Awaited<ReturnType<typeof state>> | null }[] = [];
      for (const [one, other] of pairs) {
        const [kept, merged] = [rows[one % rows.length], rows[other % rows.length]];
        if (!kept || !merged || kept === merged) continue;
        const was = looks ? await state() : null;
        const made = await hub.call('POST', `/v1/people/${kept.id}/merges`, { otherId: merged.id });
        expect([200, 409]).toContain(made.status);
        if (made.status === 200 && !done.some(({ id }) => id === Merge.parse(made.json).id)) {
          done.push({ id: Merge.parse(made.json).id, before: was });
        }
      }
      for (const { id, before: was } of done.toReversed()) {
        await hub.undo(id);
        if (was) expect(await state()).toEqual(was);
      }
      expect(await state()).toEqual(before);
    }),
    { numRuns: 12, interruptAfterTimeLimit: 90_000 },
  );
});
