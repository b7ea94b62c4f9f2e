import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { readLeadIndex } from '../../server/store/read-lead-index.ts';
import type { IndexState } from '../../utils/contract/lead-index.ts';
import { emailIndexText } from '../../utils/domain/lead-hash.ts';
import { indexClient, overHttp } from './support/index-client.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const LENA = emailIndexText('lena.vogt@hafenlogistik.example');
const RECORD = 'record:crm:crm.kontor.example:contact:4711';
const stage = (name: IndexState['stage'], rest: Partial<IndexState> = {}): IndexState => ({
  stage: name,
  doNotContact: false,
  clock: 'none',
  ...rest,
});

test('holds every address, with and without its tag, and every record', async () => {
  const { as, rep } = await hubs.open();
  const index = indexClient(overHttp(await as(rep)));
  await index.sync();
  for (const text of [
    LENA,
    emailIndexText('lena+messe@hafenlogistik.example'),
    emailIndexText('lena@hafenlogistik.example'),
    RECORD,
  ]) {
    expect(await index.find(text)).toEqual(stage('mql'));
  }
  expect(await index.find(emailIndexText('omar@werft.example'))).toEqual(
    stage('customer', { doNotContact: true }),
  );
  expect(await index.find(emailIndexText('nobody@werft.example'))).toBeUndefined();
  expect(index.states.size).toBe(5);
});

test('leaves out a record of no known installation: its id repeats elsewhere', async () => {
  const { as, rep, marketer } = await hubs.open();
  const person = {
    id: uuid(),
    name: 'Nils',
    emails: [],
    externalIds: [{ system: 'crm', type: 'contact', id: '9' }],
  };
  const index = indexClient(overHttp(await as(rep)));
  await index.sync();
  const { size } = index.states;
  const call = await as(marketer);
  expect((await call('POST', '/v1/people', { people: [person] })).json).toMatchObject({ stored: 1 });
  await index.sync();
  expect(index.states.size).toBe(size);
});

test('follows stage, new people and changed addresses by delta', async () => {
  const { as, rep, marketer, lena, omar, now } = await hubs.open();
  const call = await as(rep);
  const index = indexClient(overHttp(call));
  await index.sync();

  const about = { kind: 'lead', personId: lena.id };
  await call('POST', '/v1/feedback', {
    id: uuid(),
    about,
    verdict: 'accepted',
    reasons: [],
    clientTime: now(),
  });
  await index.sync();
  expect(await index.find(LENA)).toEqual(stage('sal'));

  const people = [
    { id: omar.id, name: omar.name, emails: ['omar.haddad@werft.example'], externalIds: [] },
    { id: uuid(), name: 'Nora Neu', emails: ['nora@reederei.example'], externalIds: [], stage: 'lead' },
  ];
  expect((await (await as(marketer))('POST', '/v1/people', { people })).json).toMatchObject({ stored: 2 });
  await index.sync();
  expect(await index.find(emailIndexText('omar@werft.example'))).toBeUndefined();
  expect(await index.find(emailIndexText('omar.haddad@werft.example'))).toEqual(
    stage('customer', { doNotContact: true }),
  );
  expect(await index.find(emailIndexText('nora@reederei.example'))).toEqual(stage('lead'));

  const fresh = indexClient(overHttp(call));
  await fresh.sync();
  expect(fresh.states).toEqual(index.states);
});

test('leaves out colleagues, and addresses without a tag that lead to two people', async () => {
  const { as, rep, marketer } = await hubs.open();
  const people = ['kai@kontor.example', 'kai@eu.kontor.example', 'lena+zwei@hafenlogistik.example'].map(
    (email) => ({
      id: uuid(),
      name: 'Kai',
      emails: [email],
      externalIds: [],
    }),
  );
  const index = indexClient(overHttp(await as(rep)));
  await index.sync();
  await (
    await as(marketer)
  )('POST', '/v1/people', { people });
  await index.sync();
  expect(await index.find(emailIndexText('kai@kontor.example'))).toBeUndefined();
  expect(await index.find(emailIndexText('kai@eu.kontor.example'))).toBeUndefined();
  expect(await index.find(emailIndexText('lena@hafenlogistik.example'))).toBeUndefined();
  expect(await index.find(emailIndexText('lena+zwei@hafenlogistik.example'))).toEqual(stage('inquiry'));
  expect(await index.find(emailIndexText('lena+messe@hafenlogistik.example'))).toEqual(stage('mql'));
});

test('comes in pages that add up to the same', async () => {
  const { workspace } = await hubs.open();
  const whole = indexClient((since) => readLeadIndex(hubs.db, workspace.id, since));
  const paged = indexClient((since) => readLeadIndex(hubs.db, workspace.id, since, 2));
  expect(await whole.sync()).toBe(1);
  expect(await paged.sync()).toBe(3);
  expect(paged.states).toEqual(whole.states);
  expect(await paged.sync()).toBe(1);
});

test('numbers changes without gaps while many write', async () => {
  const { as, marketer, rep, workspace } = await hubs.open();
  const call = await as(marketer);
  await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      call('POST', '/v1/people', {
        people: [{ id: uuid(), name: `P${index}`, emails: [`p${index}@reederei.example`], externalIds: [] }],
      }),
    ),
  );
  const { cursor } = await readLeadIndex(hubs.db, workspace.id, 0);
  const index = indexClient(overHttp(await as(rep)));
  await index.sync();
  expect(cursor).toBe(15);
  expect(index.states.size).toBe(15);
});
