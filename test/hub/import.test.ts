import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { ContextResponse } from '../../utils/contract/lead-context.ts';
import { importsOf } from './support/import-file.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();

async function open() {
  const hub = await hubs.open();
  const call = await hub.as(hub.marketer);
  return {
    ...hub,
    ...importsOf(hub.hub, call),
    call,
    context: async (email: string) => {
      const answer = await call('POST', '/v1/context', { queries: [{ email }] });
      return ContextResponse.parse(answer.json).contexts[0];
    },
  };
}

const PEOPLE = `E-Mail;Vorname;Nachname;Firma;Position;Telefon;Land;Sprache;Lifecycle Stage;Lead Status
nora@reederei.example;Nora;Nordmann;Reederei Nord;Flottenmanagerin;+49 40 1;Deutschland;Deutsch;MQL;heiß
"otto@werft.example";Otto;"Ott; der Ältere";"Werft ""Süd""";;;AT;en;lead;
`;

describe('people', () => {
  test('go in by a mapping that is proposed from German names of columns', async () => {
    const { open: read, start, context, problems } = await open();
    const found = await read('people', PEOPLE);
    expect(found).toMatchObject({
      state: 'ready',
      rows: 2,
      format: { encoding: 'utf-8', delimiter: ';', header: true },
      preview: [
        { row: 2 },
        {
          row: 3,
          cells: [
            'otto@werft.example',
            'Otto',
            'Ott; der Ältere',
            'Werft "Süd"',
            '',
            '',
            'AT',
            'en',
            'lead',
            '',
          ],
        },
      ],
    });
    expect(found.mapping?.columns.map(({ field }) => field)).toEqual([
      'email',
      'firstName',
      'lastName',
      'company',
      'title',
      'phone',
      'country',
      'language',
      'stage',
      'sourceStatus',
    ]);
    expect(await start(found.id)).toMatchObject({ state: 'done', added: 2, bad: 0, done: 2, preview: [] });
    expect(await problems(found.id)).toEqual([]);
    expect(await context('nora@reederei.example')).toMatchObject({
      person: {
        name: 'Nora Nordmann',
        company: 'Reederei Nord',
        title: 'Flottenmanagerin',
        phone: '+49 40 1',
        country: 'DE',
        language: 'de',
      },
      stage: { stage: 'mql', sourceStatus: { system: 'csv', value: 'heiß' } },
    });
    expect((await context('otto@werft.example'))?.person).toMatchObject({
      name: 'Otto Ott; der Ältere',
      country: 'AT',
    });
  });

  test('run twice, or checked after, nothing changes', async () => {
    const { open: read, start, check } = await open();
    expect(await start((await read('people', PEOPLE)).id)).toMatchObject({ added: 2 });
    const before = await hubs.countRows();
    const again = await read('people', PEOPLE);
    expect(await check(again.id)).toMatchObject({ state: 'checked', added: 0, updated: 0, unchanged: 2 });
    expect(await start(again.id)).toMatchObject({ state: 'done', added: 0, updated: 0, unchanged: 2 });
    const after = await hubs.countRows();
    const own = ['imports', 'idempotency_keys', 'sessions', 'due_qualifications'];
    for (const name of own) delete before[name];
    for (const name of own) delete after[name];
    expect(after).toEqual(before);
  });

  test('who is known is brought up to date, and what the file does not say stays', async () => {
    const { open: read, start, context, lena, rep } = await open();
    const csv = `email,first name,last name,job title,phone
LENA.VOGT@hafenlogistik.example,,,Leiterin Einkauf,
`;
    expect(await start((await read('people', csv)).id)).toMatchObject({ added: 0, updated: 1 });
    const stored = await context('lena.vogt@hafenlogistik.example');
    expect(stored?.person).toEqual({
      id: lena.id,
      name: 'Lena Vogt',
      emails: lena.emails,
      company: 'Hafenlogistik GmbH',
      title: 'Leiterin Einkauf',
      country: 'DE',
      language: 'de',
      owner: { id: rep.id, name: rep.name },
      externalIds: lena.externalIds,
    });
    expect(stored?.stage).toMatchObject({ stage: 'mql', sourceStatus: { value: 'Marketing Qualified' } });
    expect(stored?.consents).toHaveLength(1);
    const cleared = await read('people', csv.replace('Leiterin Einkauf', ''));
    expect((await start(cleared.id)).unchanged).toBe(1);
  });

  test('empty cells empty what is stored only where the mapping says so', async () => {
    const { open: read, patch, start, context } = await open();
    const found = await read('people', 'email,title\nlena.vogt@hafenlogistik.example,\n');
    const filled = await read('people', 'email,title\nlena.vogt@hafenlogistik.example,x\n');
    expect((await start(found.id)).unchanged).toBe(1);
    const columns = filled.mapping?.columns ?? [];
    const empty = await read('people', 'email,title,other\nlena.vogt@hafenlogistik.example,,x\n');
    await patch(empty.id, {
      mapping: { columns: [{ field: 'email' }, { field: 'title' }, { field: null }], emptyCells: 'clear' },
    });
    expect(columns[1]).toEqual({ field: 'title' });
    expect((await start(empty.id)).updated).toBe(1);
    expect((await context('lena.vogt@hafenlogistik.example'))?.person).not.toHaveProperty('title');
    expect((await context('lena.vogt@hafenlogistik.example'))?.person.company).toBe('Hafenlogistik GmbH');
  });

  test('bad rows are named with column and reason, by the check as by the import; the good ones go in', async () => {
    const { open: read, check, start, problems, omar, lena } = await open();
    const csv = [
      'Email,Name,Stage,Country,Phone,Consent date,Newsletter,Owner',
      'good@a.example,Good One,lead,DE,,,,',
      'nonsense,No Address,lead,,,,,',
      'b@a.example,Bad Stage,sleeping,Atlantis,,,,',
      ',No Address,,,,,,',
      'good@A.example,Again,,,,,,',
      'c@a.example,Long Phone,,,' + '0'.repeat(65) + ',,,',
      'd@a.example,Undated Consent,,,,,yes,',
      'e@a.example,Bad Date,,,,31.02.2026,yes,',
      'f@a.example,Odd Answer,,,,2026-01-02,perhaps,',
      'g@a.example,Extra,,,,,,,surplus',
      'h@a.example,Owned,,,,,,nobody@kontor.example',
      'i@a.example,Owned,,,,2026-01-02,yes,Rita Rep',
    ].join('\n');
    const found = await read('people', csv);
    const columns = found.mapping?.columns ?? [];
    expect(columns[5]).toEqual({ field: 'consentSince', dateFormat: 'iso' });
    const checked = await check(found.id);
    const named = [
      { row: 3, column: 'Email', reason: 'bad-email' },
      { row: 4, column: 'Country', reason: 'unknown-country' },
      { row: 4, column: 'Stage', reason: 'unknown-stage' },
      { row: 5, column: 'Email', reason: 'required' },
      { row: 6, reason: 'repeated-row', otherRow: 2 },
      { row: 7, column: 'Phone', reason: 'too-long' },
      { row: 8, column: 'Consent date', reason: 'required' },
      { row: 9, column: 'Consent date', reason: 'bad-date' },
      { row: 10, column: 'Newsletter', reason: 'not-yes-or-no' },
      { row: 11, reason: 'too-many-cells' },
      { row: 12, reason: 'unknown-owner' },
    ];
    expect((await problems(found.id)).toSorted(inFile)).toEqual(named);
    expect(checked).toMatchObject({
      state: 'checked',
      added: 2,
      updated: 0,
      unchanged: 0,
      bad: 10,
      done: 12,
    });
    const count = async () =>
      (
        await sql<{
          n: number;
        }>`select count(*)::int as n from people p where p.workspace_id = ${found.by.id}`.execute(hubs.db)
      ).rows;
    expect(await count()).toEqual([{ n: 0 }]);
    expect(await start(found.id)).toMatchObject({ state: 'done', added: 2, bad: 10 });
    expect((await problems(found.id)).toSorted(inFile)).toEqual(named);

    // Whom an address and a record of different people mean, nobody can know.
    const two = await read('people', `email,email 2\n${lena.emails[0]},${omar.emails[0]}\n`);
    await check(two.id);
    expect(await problems(two.id)).toEqual([{ row: 2, reason: 'two-people' }]);
  });
});

const inFile = (a: { row: number; column?: string | undefined }, b: typeof a) =>
  a.row - b.row || (a.column ?? '').localeCompare(b.column ?? '');

test('touchpoints go to people who are known, once; campaigns are known by their name', async () => {
  const { open: read, start, patch, problems, context, campaign } = await open();
  const csv = [
    'E-Mail;Typ;Datum;Betreff;Kampagne',
    'lena.vogt@hafenlogistik.example;geöffnet;20.11.2026 08:30;Einladung;webinar  LAGERLOGISTIK',
    'lena.vogt@hafenlogistik.example;telepathy;20.11.2026;Einladung;',
    'nobody@a.example;geklickt;20.11.2026;Einladung;',
  ].join('\n');
  const found = await read('touchpoints', csv);
  await patch(found.id, { mapping: { timeZone: 'Europe/Berlin' } });
  expect(await start(found.id)).toMatchObject({ state: 'done', added: 1, bad: 2 });
  expect((await problems(found.id)).toSorted(inFile)).toEqual([
    { row: 3, column: 'Typ', reason: 'unknown-kind' },
    { row: 4, reason: 'unknown-person' },
  ]);
  const touchpoints = (await context('lena.vogt@hafenlogistik.example'))?.touchpoints;
  expect(touchpoints).toContainEqual(
    expect.objectContaining({
      kind: 'email.opened',
      direction: 'inbound',
      occurredAt: '2026-11-20T07:30:00.000Z',
      campaignId: campaign.id,
    }),
  );
  // The zone was remembered with the columns.
  expect(await start((await read('touchpoints', csv)).id)).toMatchObject({ added: 0, unchanged: 1 });

  const campaigns =
    'Campaign,Type,Start\nSpring,Messe,2026-03-01\nWebinar Lagerlogistik,webinar,2026-02-01\n';
  expect(await start((await read('campaigns', campaigns)).id)).toMatchObject({ added: 1, updated: 1 });
  expect(await start((await read('campaigns', campaigns)).id)).toMatchObject({ added: 0, unchanged: 2 });
});

test('dates that could be two are asked for', async () => {
  const { open: read, call, patch, start } = await open();
  const found = await read('campaigns', 'Campaign,Start\nSummer,03/04/2026\n');
  expect(found.columns[1]?.dateFormats).toEqual(['dmy', 'mdy']);
  expect(await call('POST', `/v1/imports/${found.id}/start`, {})).toMatchObject({
    status: 400,
    json: { errors: [{ pointer: '/mapping/columns/1' }] },
  });
  const columns = [{ field: 'name' as const }, { field: 'startsAt' as const, dateFormat: 'mdy' as const }];
  await patch(found.id, { mapping: { columns } });
  expect(await start(found.id)).toMatchObject({ state: 'done', added: 1 });
});
