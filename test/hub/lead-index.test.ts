import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { readLeadIndex } from '../../server/store/lead-index.ts';
import {
  ENTRY_BYTES,
  HASH_BYTES,
  type IndexState,
  LeadIndexResponse,
} from '../../utils/contract/lead-index.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { packState } from '../../utils/domain/index-state.ts';
import { emailIndexText, importLeadKey, leadHash } from '../../utils/domain/lead-hash.ts';
import { type Call, useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const LENA = emailIndexText('lena.vogt@hafenlogistik.example');
const RECORD = 'record:crm:crm.kontor.example:contact:4711';

/** What a client holds: hash → state, brought up to date page by page. */
function client(fetchPage: (since: number) => Promise<LeadIndexResponse>) {
  const states = new Map<string, number>();
  let cursor = 0;
  let key = '';
  return {
    states,
    async sync() {
      let pages = 0;
      for (;;) {
        const page = await fetchPage(cursor);
        pages += 1;
        ({ cursor, key } = page);
        const upserts = chunks(page.upserts, ENTRY_BYTES);
        expect(upserts.toSorted()).toEqual(upserts);
        for (const hash of chunks(page.deletes, HASH_BYTES)) states.delete(hash);
        for (const entry of upserts) states.set(entry.slice(0, -2), Number.parseInt(entry.slice(-2), 16));
        if (page.complete) return pages;
      }
    },
    async state(text: string) {
      const hash = await leadHash(await importLeadKey(new Uint8Array(Buffer.from(key, 'base64'))), text);
      return states.get(Buffer.from(hash).toString('hex'));
    },
  };
}

function chunks(base64: string, size: number): string[] {
  const bytes = Buffer.from(base64, 'base64');
  expect(bytes.length % size).toBe(0);
  return Array.from({ length: bytes.length / size }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size).toString('hex'),
  );
}

const over = (call: Call) => async (since: number) =>
  LeadIndexResponse.parse((await call('GET', `/v1/lead-index?since=${since}`)).json);
const stage = (name: Stage, rest: Partial<IndexState> = {}) =>
  packState({ doNotContact: false, clock: 'none', ...rest, stage: name });

test('holds every address, with and without its tag, and every record', async () => {
  const { as, rep } = await hubs.open();
  const index = client(over(await as(rep)));
  await index.sync();
  for (const text of [
    LENA,
    emailIndexText('lena+messe@hafenlogistik.example'),
    emailIndexText('lena@hafenlogistik.example'),
    RECORD,
  ]) {
    expect(await index.state(text)).toBe(stage('mql'));
  }
  expect(await index.state(emailIndexText('omar@werft.example'))).toBe(
    stage('customer', { doNotContact: true }),
  );
  expect(await index.state(emailIndexText('nobody@werft.example'))).toBeUndefined();
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
  const index = client(over(await as(rep)));
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
  const index = client(over(call));
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
  expect(await index.state(LENA)).toBe(stage('sal'));

  const people = [
    { id: omar.id, name: omar.name, emails: ['omar.haddad@werft.example'], externalIds: [] },
    { id: uuid(), name: 'Nora Neu', emails: ['nora@reederei.example'], externalIds: [], stage: 'lead' },
  ];
  expect((await (await as(marketer))('POST', '/v1/people', { people })).json).toMatchObject({ stored: 2 });
  await index.sync();
  expect(await index.state(emailIndexText('omar@werft.example'))).toBeUndefined();
  expect(await index.state(emailIndexText('omar.haddad@werft.example'))).toBe(
    stage('customer', { doNotContact: true }),
  );
  expect(await index.state(emailIndexText('nora@reederei.example'))).toBe(stage('lead'));

  const fresh = client(over(call));
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
  const index = client(over(await as(rep)));
  await index.sync();
  await (
    await as(marketer)
  )('POST', '/v1/people', { people });
  await index.sync();
  expect(await index.state(emailIndexText('kai@kontor.example'))).toBeUndefined();
  expect(await index.state(emailIndexText('kai@eu.kontor.example'))).toBeUndefined();
  expect(await index.state(emailIndexText('lena@hafenlogistik.example'))).toBeUndefined();
  expect(await index.state(emailIndexText('lena+zwei@hafenlogistik.example'))).toBe(stage('inquiry'));
  expect(await index.state(emailIndexText('lena+messe@hafenlogistik.example'))).toBe(stage('mql'));
});

test('comes in pages that add up to the same', async () => {
  const { workspace } = await hubs.open();
  const whole = client((since) => readLeadIndex(hubs.db, workspace.id, since));
  const paged = client((since) => readLeadIndex(hubs.db, workspace.id, since, 2));
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
  const index = client(over(await as(rep)));
  await index.sync();
  expect(cursor).toBe(15);
  expect(index.states.size).toBe(15);
});
