import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import { type ContextQuery, ContextResponse, MAX_LOOK_UPS } from '../../utils/contract/lead-context.ts';
import type { ExternalId } from '../../utils/contract/primitives.ts';
import { type Call, useTestHub } from './support/test-hub.ts';
import { evaluatePeople } from '../../server/qualification/evaluate-people.ts';
import { generateSample } from '../../server/sample/generate-sample.ts';
import { loadSample } from '../../server/store/load-sample.ts';
import { issueToken } from '../../server/auth/tokens.ts';

const hubs = useTestHub();

async function lookUp(call: Call, ...queries: ContextQuery[]) {
  const answer = await call('POST', '/v1/context', { queries });
  expect(answer.status).toBe(200);
  return ContextResponse.parse(answer.json).contexts;
}
const ids = async (call: Call, ...emails: string[]) =>
  (await lookUp(call, ...emails.map((email) => ({ email })))).map((context) => context?.person.id ?? null);

test('says all there is about a lead', async () => {
  const { as, rep, lena, campaign, touchpoints, sources, now, workspace } = await hubs.open();
  await sql`insert into status_mappings (workspace_id, system, value, stage)
    values (${workspace.id}, 'crm', 'Marketing Qualified', 'mql')`.execute(hubs.db);
  const [context] = await lookUp(await as(rep), { email: 'lena.vogt@hafenlogistik.example' });
  const { stageEvents, consents, sourceStatus, ...person } = lena;
  const { at: since, by, agreementVersion, id: eventId } = stageEvents[0] ?? {};
  const shown = touchpoints.map(({ personId: _person, sourceId: _source, ...touchpoint }) => touchpoint);
  expect(context).toEqual({
    person,
    stage: {
      eventId,
      stage: 'mql',
      since,
      by,
      agreementVersion,
      sourceStatus: { ...sourceStatus, mappedTo: 'mql' },
    },
    stageEvents,
    qualification: expect.objectContaining({ asOf: now(), agreementVersion: 1 }) as unknown,
    plannedTouches: [],
    offers: [],
    agreement: { version: 1, validUntil: '2027-11-20T09:00:00.000Z', expired: false },
    consents,
    touchpoints: shown.toReversed(),
    touchpointCount: 3,
    campaigns: [campaign],
    feedback: [],
    sources,
    asOf: now(),
  });
});

test('says why somebody must not be contacted, and leaves out what is not known', async () => {
  const { as, rep, omar } = await hubs.open();
  const [context] = await lookUp(await as(rep), { email: 'omar@werft.example' });
  expect(context).toMatchObject({
    doNotContact: omar.doNotContact,
    touchpoints: [],
    touchpointCount: 0,
    consents: [],
  });
  expect(Object.keys(context?.person ?? {}).sort()).toEqual(['emails', 'externalIds', 'id', 'name']);
});

test('is judged before it is shown, and again when its time is over', async () => {
  const { as, rep, lena, pass, now, workspace } = await hubs.open();
  const call = await as(rep);
  const qualification = async () =>
    (await lookUp(call, { record: lena.externalIds[0] as ExternalId }))[0]?.qualification;
  const evaluated = (await qualification())?.asOf;
  expect(evaluated).toBe(now());
  pass(60_000);
  expect((await qualification())?.asOf).toBe(evaluated);
  await sql`update qualifications q set valid_until = ${now()}::timestamptz
    where q.workspace_id = ${workspace.id}`.execute(hubs.db);
  expect((await qualification())?.asOf).toBe(now());
});

test('says that the agreement has expired', async () => {
  const { as, rep, lena, pass } = await hubs.open();
  pass(400 * 86_400_000);
  const [context] = await lookUp(await as(rep), { record: lena.externalIds[0] as ExternalId });
  expect(context?.agreement).toMatchObject({ version: 1, expired: true });
});

test('keeps a status nobody has mapped, and says so', async () => {
  const { as, rep } = await hubs.open();
  const [context] = await lookUp(await as(rep), { email: 'lena.vogt@hafenlogistik.example' });
  expect(context?.stage.sourceStatus).toEqual({
    system: 'crm',
    value: 'Marketing Qualified',
    mappedTo: null,
  });
});

test('names the latest moves, and campaigns that are still to come', async () => {
  const { as, rep, admin, lena, marketer, now } = await hubs.open();
  const [sales, marketing] = [await as(admin), await as(marketer)];
  const [first] = await lookUp(sales, { record: lena.externalIds[0] as ExternalId });
  let basedOn = first?.stage.eventId;
  for (let index = 0; index < 35; index++) {
    const to = index % 2 === 0 ? 'sal' : 'mql';
    const change = { id: uuid(), personId: lena.id, to, basedOn, clientTime: now() };
    const { json } = await sales('POST', '/v1/stage-changes', change);
    basedOn = (json as { eventId: string }).eventId;
  }
  const campaign = { id: uuid(), name: 'Newsletter', kind: 'mail' };
  const planned = {
    id: uuid(),
    person: { record: lena.externalIds[0] },
    campaign,
    title: 'December issue',
    channel: 'email',
    at: '2026-12-01T08:00:00.000Z',
    editableUntil: '2026-11-30T08:00:00.000Z',
    source: 'mail',
    sourceId: 'december',
  };
  await marketing('POST', '/v1/planned-touches', { plannedTouches: [planned] });
  const [context] = await lookUp(await as(rep), { record: lena.externalIds[0] as ExternalId });
  expect(context?.stageEvents).toHaveLength(30);
  expect(context?.stageEvents[0]).toMatchObject({ id: basedOn, from: 'mql', to: 'sal' });
  expect(context?.campaigns.map(({ name }) => name)).toContain('Newsletter');
});

describe('who is meant', () => {
  test('is told by address or record, in the order asked', async () => {
    const { as, rep, lena, omar } = await hubs.open();
    const record = lena.externalIds[0] as ExternalId;
    const contexts = await lookUp(
      await as(rep),
      { email: 'OMAR@Werft.example ' },
      { email: 'nobody@werft.example' },
      { record: { ...record, type: 'deal' } },
      { record },
      { email: 'omar@werft.example' },
    );
    expect(contexts.map((context) => context?.person.id)).toEqual([
      omar.id,
      undefined,
      undefined,
      lena.id,
      omar.id,
    ]);
  });

  test('is told by a record only in its own installation', async () => {
    const { as, rep, marketer, lena } = await hubs.open();
    const unplaced = { system: 'crm', type: 'contact', id: '4711' };
    const record = { ...unplaced, tenant: 'crm.werft.example' };
    const people = [record, unplaced].map((externalId, index) => ({
      id: uuid(),
      name: `Nina ${index}`,
      emails: [],
      externalIds: [externalId],
    }));
    const answer = await (await as(marketer))('POST', '/v1/people', { people });
    expect(answer.json).toMatchObject({ stored: 2 });
    const contexts = await lookUp(
      await as(rep),
      { record: lena.externalIds[0] as ExternalId },
      { record },
      { record: unplaced },
      { record: { ...record, tenant: 'crm.example' } },
    );
    expect(contexts.map((context) => context?.person.id)).toEqual([
      lena.id,
      people[0]?.id,
      people[1]?.id,
      undefined,
    ]);
    expect(contexts[1]?.person.externalIds).toEqual([record]);
    expect(contexts[2]?.person.externalIds).toEqual([unplaced]);
  });

  test('is told without the tag only when that leads to one person', async () => {
    const { as, rep, marketer, lena } = await hubs.open();
    const call = await as(rep);
    expect(await ids(call, 'lena@hafenlogistik.example', 'lena+x@hafenlogistik.example')).toEqual([
      lena.id,
      lena.id,
    ]);

    const second = {
      id: uuid(),
      name: 'Lena Zwei',
      emails: ['lena+zwei@hafenlogistik.example'],
      externalIds: [],
    };
    await (
      await as(marketer)
    )('POST', '/v1/people', { people: [second] });
    expect(
      await ids(
        call,
        'lena@hafenlogistik.example',
        'lena+x@hafenlogistik.example',
        'lena+zwei@hafenlogistik.example',
        'lena+messe@hafenlogistik.example',
      ),
    ).toEqual([null, null, second.id, lena.id]);

    const exact = { id: uuid(), name: 'Lena Drei', emails: ['lena@hafenlogistik.example'], externalIds: [] };
    await (
      await as(marketer)
    )('POST', '/v1/people', { people: [exact] });
    expect(await ids(call, 'lena@hafenlogistik.example')).toEqual([exact.id]);
  });

  test('is nobody once archived', async () => {
    const { as, rep, lena, workspace } = await hubs.open();
    await sql`update people p set archived_at = p.stage_since
      where p.workspace_id = ${workspace.id} and p.id = ${lena.id}`.execute(hubs.db);
    const contexts = await lookUp(
      await as(rep),
      { email: 'lena.vogt@hafenlogistik.example' },
      { email: 'lena@hafenlogistik.example' },
      { record: lena.externalIds[0] as ExternalId },
    );
    expect(contexts).toEqual([null, null, null]);
  });

  test('is never somebody of another workspace', async () => {
    const other = await hubs.open();
    await sql`delete from person_emails e where e.workspace_id = ${other.workspace.id}`.execute(hubs.db);
    expect(await ids(await other.as(other.rep), 'omar@werft.example')).toEqual([null]);
  });
});

test('shows the latest touchpoints and counts all', async () => {
  const { as, rep, marketer } = await hubs.open();
  const touchpoints = Array.from({ length: 100 }, (_, index) => ({
    id: uuid(),
    kind: 'page.visited',
    channel: 'web',
    direction: 'inbound',
    title: `Page ${index}`,
    occurredAt: new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString(),
    machine: false,
    source: 'web',
    sourceId: String(index),
    person: { email: 'omar@werft.example' },
  }));
  await (
    await as(marketer)
  )('POST', '/v1/touchpoints', { touchpoints });
  const [context] = await lookUp(await as(rep), { email: 'omar@werft.example' });
  expect(context?.touchpointCount).toBe(100);
  expect(context?.touchpoints.map(({ title }) => title)).toEqual(
    Array.from({ length: 60 }, (_, index) => `Page ${99 - index}`),
  );
});

test('every lead of the sample workspace is answered as the contract says', async () => {
  const now = new Date();
  const sample = generateSample({ now });
  await loadSample(hubs.db, sample, now);
  // As the hub does at its first start: fifty by fifty it takes far longer.
  const everybody = sample.people.map(({ id }) => id);
  await hubs.db.transaction().execute((tx) => evaluatePeople(tx, sample.workspace.id, everybody, now));
  await sql`analyze`.execute(hubs.db);
  const { call } = await hubs.open();
  const token = await issueToken(hubs.db, sample.workspace.id, sample.users[0]?.id ?? '', now);
  const touched = Map.groupBy(sample.touchpoints, ({ personId }) => personId);
  const people = sample.people.filter(({ emails }) => emails.length > 0);
  for (let start = 0; start < people.length; start += MAX_LOOK_UPS) {
    const page = people.slice(start, start + MAX_LOOK_UPS);
    const queries = page.map(({ emails }) => ({ email: emails[0] }));
    const answer = await call('POST', '/v1/context', { queries }, { authorization: `Bearer ${token}` });
    const { contexts } = ContextResponse.parse(answer.json);
    const seen = contexts.map((context) => ({
      person: context?.person,
      touchpointCount: context?.touchpointCount,
    }));
    expect(seen).toEqual(
      page.map(
        ({
          stageEvents: _events,
          sourceStatus: _status,
          consents: _consents,
          doNotContact: _dnc,
          source: _source,
          sourcedAt: _sourcedAt,
          ...person
        }) => ({
          person,
          touchpointCount: touched.get(person.id)?.length ?? 0,
        }),
      ),
    );
  }
  expect(people.length).toBeGreaterThan(1000);
}, 600_000);
