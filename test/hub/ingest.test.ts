import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import { BatchResult, MAX_BATCH } from '../../utils/contract/ingest.ts';
import { ContextResponse } from '../../utils/contract/lead-context.ts';
import type { User } from '../../utils/contract/session.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();

async function open() {
  const hub = await hubs.open();
  const call = await hub.as(hub.marketer);
  const send = (path: string) => async (body: unknown) => {
    const answer = await call('POST', path, body);
    expect(answer.status).toBe(200);
    return BatchResult.parse(answer.json);
  };
  return {
    ...hub,
    people: (...people: unknown[]) => send('/v1/people')({ people }),
    touchpoints: (...touchpoints: unknown[]) => send('/v1/touchpoints')({ touchpoints }),
    context: async (email: string) => {
      const answer = await call('POST', '/v1/context', { queries: [{ email }] });
      return ContextResponse.parse(answer.json).contexts[0];
    },
    accept: async (user: User, personId: string) => {
      const about = { kind: 'lead', personId };
      const body = { id: uuid(), about, verdict: 'accepted', reasons: [], clientTime: hub.now() };
      expect((await (await hub.as(user))('POST', '/v1/feedback', body)).status).toBe(200);
    },
  };
}

const nora = () => ({
  id: uuid(),
  name: 'Nora Nordmann',
  emails: ['Nora@Reederei.example'],
  externalIds: [{ system: 'crm', type: 'contact', id: '1' }],
});
const record = (id: string) => ({ system: 'crm', type: 'contact', id });
const visit = (sourceId: string, person: unknown) => ({
  id: uuid(),
  kind: 'page.visited',
  channel: 'web',
  direction: 'inbound',
  title: 'Prices',
  occurredAt: '2026-11-01T08:00:00.000Z',
  machine: false,
  source: 'web',
  sourceId,
  person,
});

describe('people', () => {
  test('are stored with everything, once', async () => {
    const { people, context, rep, now } = await open();
    const since = '2026-10-01T00:00:00.000Z';
    const own = {
      ...nora(),
      company: 'Reederei Nord',
      title: 'Fleet manager',
      phone: '+49 40 000',
      country: 'DE',
      language: 'de',
    };
    const sourceStatus = { system: 'crm', value: 'Hot' };
    const consents = [{ channel: 'phone', state: 'denied', source: 'crm', since }];
    const doNotContact = { reason: 'asked so', since };
    const ownerEmail = rep.email.toUpperCase();
    const person = { ...own, ownerEmail, stage: 'mql', sourceStatus, consents, doNotContact };
    expect(await people(person)).toEqual({ stored: 1, repeated: 0, rejected: [] });
    expect(await context('nora@reederei.example')).toMatchObject({
      person: { ...own, owner: { id: rep.id, name: rep.name } },
      stage: { stage: 'mql', since: now(), by: { kind: 'system', id: 'crm' }, sourceStatus },
      consents,
      doNotContact,
    });
    expect(await people(person)).toEqual({ stored: 0, repeated: 1, rejected: [] });
  });

  test('are brought up to date; what is not mentioned of consent stays', async () => {
    const { people, context } = await open();
    const since = '2026-10-01T00:00:00.000Z';
    const person = nora();
    await people({
      ...person,
      consents: [{ channel: 'email', state: 'withdrawn', source: 'crm', since }],
      doNotContact: { reason: 'asked so', since },
    });
    const changed = { ...person, name: 'Nora Ott', emails: ['nora.ott@reederei.example'], externalIds: [] };
    expect(await people(changed)).toEqual({ stored: 1, repeated: 0, rejected: [] });
    expect(await context('nora@reederei.example')).toBeNull();
    expect(await context('nora.ott@reederei.example')).toMatchObject({
      person: changed,
      consents: [{ channel: 'email', state: 'withdrawn' }],
      doNotContact: { reason: 'asked so' },
    });
    const later = { channel: 'email', state: 'granted', source: 'form', since: '2026-11-01T00:00:00.000Z' };
    await people({ ...changed, consents: [later] });
    expect((await context('nora.ott@reederei.example'))?.consents).toEqual([later]);
  });

  test('a source that repeats its stage does not undo a verdict; a change there counts', async () => {
    const { people, context, accept, rep } = await open();
    const person = { ...nora(), stage: 'mql' };
    await people(person);
    await accept(rep, person.id);
    await people({ ...person, title: 'Head of fleet' });
    expect((await context('nora@reederei.example'))?.stage.stage).toBe('sal');
    await people({ ...person, stage: 'opportunity' });
    expect((await context('nora@reederei.example'))?.stage).toMatchObject({
      stage: 'opportunity',
      by: { kind: 'system' },
    });
  });

  test('rows that cannot be are rejected with their reason, the others stored', async () => {
    const { people, context, lena } = await open();
    const first = nora();
    const result = await people(
      { ...nora(), emails: ['LENA.vogt@hafenlogistik.example'] },
      first,
      { ...nora(), emails: ['other@reederei.example'], externalIds: [record('1'), record('2')] },
      { ...nora(), externalIds: [record('3')] },
      { ...first, emails: [] },
      { ...nora(), emails: ['nobody@exa mple'.replace(' ', '#')], externalIds: [] },
    );
    expect(result).toEqual({
      stored: 1,
      repeated: 0,
      rejected: [
        { index: 0, reason: 'an address belongs to another person' },
        { index: 2, reason: 'a record belongs to another person' },
        { index: 3, reason: 'an address belongs to another person' },
        { index: 4, reason: 'the same id stands in this batch before' },
        { index: 5, reason: 'an address has no usable domain' },
      ],
    });
    expect((await context('nora@reederei.example'))?.person.id).toBe(first.id);
    expect((await context('lena.vogt@hafenlogistik.example'))?.person.id).toBe(lena.id);
  });

  test('come with what the source knows besides, from where and when', async () => {
    const { people, context, workspace, pass, now } = await open();
    const person = { ...nora(), attributes: { industry: 'Shipping', employees: 120, listed: true } };
    const known = async () => {
      const { rows } = await sql<{ source: string | null; at: Date }>`
        select p.source, p.sourced_at as at from people p
        where p.workspace_id = ${workspace.id} and p.id = ${person.id}`.execute(hubs.db);
      return { source: rows[0]?.source, at: rows[0]?.at.toISOString() };
    };
    await people(person);
    expect((await context('nora@reederei.example'))?.person.attributes).toEqual(person.attributes);
    expect(await known()).toEqual({ source: null, at: now() });
    // Who is sent again unchanged is known anew, or fields would expire that their source vouches for.
    pass(2 * 86_400_000);
    expect(await people(person)).toMatchObject({ repeated: 1 });
    expect(await known()).toEqual({ source: null, at: now() });
    const sourcedAt = '2026-11-01T00:00:00.000Z';
    const dated = { ...person, source: 'crm', sourcedAt };
    await people(dated);
    await people(dated);
    expect(await known()).toEqual({ source: 'crm', at: sourcedAt });
  });

  test('are where their source’s status stands for, when somebody has said what that is', async () => {
    const { people, context, workspace } = await open();
    await sql`insert into status_mappings (workspace_id, system, value, stage)
      values (${workspace.id}, 'crm', 'Working', 'sal'), (${workspace.id}, 'crm', 'Won', 'customer')`.execute(
      hubs.db,
    );
    const person = nora();
    const say = async (value: string) => {
      await people({ ...person, sourceStatus: { system: 'crm', value } });
      const { stage, sourceStatus } = (await context('nora@reederei.example'))?.stage ?? {};
      return { stage, sourceStatus };
    };
    const status = (value: string, mappedTo: string | null) => ({ system: 'crm', value, mappedTo });
    expect(await say('Working')).toEqual({ stage: 'sal', sourceStatus: status('Working', 'sal') });
    expect(await say('Odd')).toEqual({ stage: 'sal', sourceStatus: status('Odd', null) });
    expect(await say('Won')).toEqual({ stage: 'customer', sourceStatus: status('Won', 'customer') });
  });

  test('are moved by a source only where the agreement lets it', async () => {
    const { people, context, workspace } = await open();
    await sql`update agreements a
      set document = replace(a.document::text, '"system"', '"marketing"')::json
      where a.workspace_id = ${workspace.id}`.execute(hubs.db);
    const person = { ...nora(), stage: 'mql' };
    await people(person);
    await people({ ...person, stage: 'opportunity' });
    expect((await context('nora@reederei.example'))?.stage.stage).toBe('mql');
  });

  test('handed over in a batch each start their clock', async () => {
    const { people, context, rep } = await open();
    const one = { ...nora(), stage: 'mql', ownerEmail: rep.email };
    const other = { id: uuid(), name: 'Olaf', emails: ['olaf@werft.example'], externalIds: [], stage: 'mql' };
    await people(one, other, { ...other, id: uuid(), emails: ['ole@werft.example'], stage: 'lead' });
    expect((await context('nora@reederei.example'))?.handOver?.to).toEqual({ id: rep.id, name: rep.name });
    const waiting = (await context('olaf@werft.example'))?.handOver;
    expect(waiting?.response).toBeUndefined();
    expect(waiting?.assignment.stoppedAt).toBeUndefined();
    expect((await context('ole@werft.example'))?.handOver).toBeUndefined();
  });

  test('a spelling twice is one address', async () => {
    const { people, context } = await open();
    await people({ ...nora(), emails: ['nora@reederei.example', 'NORA@reederei.example'] });
    expect((await context('nora@reederei.example'))?.person.emails).toEqual(['nora@reederei.example']);
  });
});

describe('touchpoints', () => {
  test('are stored once by source and source id, and reject unknown people', async () => {
    const { touchpoints, context, lena } = await open();
    const known = { email: 'omar@werft.example' };
    const rows = [
      visit('1', known),
      visit('2', { record: lena.externalIds[0] }),
      visit('3', { email: 'nobody@werft.example' }),
      { ...visit('1', known), title: 'Other title' },
    ];
    const rejected = [{ index: 2, reason: 'nobody with this address or record is known' }];
    expect(await touchpoints(...rows)).toEqual({ stored: 2, repeated: 1, rejected });
    expect(await touchpoints(...rows)).toEqual({ stored: 0, repeated: 3, rejected });
    const { touchpoints: shown } = (await context('omar@werft.example')) ?? {};
    expect(shown?.map(({ title }) => title)).toEqual(['Prices']);
  });

  test('keep text with the marks of the database’s own notation', async () => {
    const { touchpoints, context } = await open();
    const titles = ['null', 'say "yes" \\ {a,b}', "it's\na line, and \\"];
    const rows = titles.map((title, index) => ({
      ...visit(String(index), { email: 'omar@werft.example' }),
      title,
    }));
    expect(await touchpoints(...rows)).toMatchObject({ stored: titles.length });
    const shown = (await context('omar@werft.example'))?.touchpoints.map(({ title }) => title);
    expect(shown?.toSorted()).toEqual(titles.toSorted());
  });

  test('make their campaign when it is new and leave a known one as it is', async () => {
    const { touchpoints, context, campaign } = await open();
    const person = { email: 'omar@werft.example' };
    const fresh = { id: uuid(), name: 'Fair 2026', kind: 'trade_fair', startsAt: '2026-05-01T00:00:00.000Z' };
    await touchpoints(
      { ...visit('1', person), campaign: fresh },
      { ...visit('2', person), campaign: fresh },
      { ...visit('3', person), campaign: { ...campaign, name: 'Renamed' } },
    );
    const found = await context('omar@werft.example');
    expect(found?.campaigns).toHaveLength(2);
    expect(found?.campaigns).toEqual(expect.arrayContaining([fresh, campaign]));
  });
});

test('a full batch of long-lived text is stored whole', async () => {
  const { people, touchpoints } = await open();
  const crowd = Array.from({ length: MAX_BATCH }, (_, index) => ({
    ...nora(),
    emails: [`n${index}@reederei.example`],
    externalIds: [{ system: 'erp', type: 'contact', id: String(index) }],
  }));
  expect(await people(...crowd)).toEqual({ stored: MAX_BATCH, repeated: 0, rejected: [] });
  const visits = crowd.map(({ emails }, index) => visit(String(index), { email: emails[0] }));
  expect(await touchpoints(...visits)).toEqual({ stored: MAX_BATCH, repeated: 0, rejected: [] });
  expect(
    await touchpoints({ ...visit('long', { email: 'n1@reederei.example' }), title: 'ü'.repeat(10_000) }),
  ).toEqual({
    stored: 1,
    repeated: 0,
    rejected: [],
  });
});
