import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Cursor, FeedbackNote } from '../../../server/connectors/connector.ts';
import { espocrm } from '../../../server/connectors/espocrm.ts';
import { fakeIo, pullAll } from '../../peers/fakes/drive.ts';
import { createEspocrmFake } from '../../peers/fakes/espocrm.ts';
import { createVirtualTime, type FakeSystem } from '../../peers/fakes/fake-system.ts';

const DAY_MS = 86_400_000;

function connect(contacts = 200) {
  const time = createVirtualTime();
  const fake = createEspocrmFake({ contacts, now: time.now });
  const ioWith = (settings: FakeSystem['settings']) =>
    fakeIo({ ...fake, settings: { ...fake.settings, ...settings } }, time) as unknown as Parameters<
      typeof espocrm.check
    >[0];
  return { time, fake, ioWith, io: ioWith({}) };
}

test('of people of one second nobody is missed, while some of them change between the pages', async () => {
  const { time, fake, io } = connect(2_000);
  const seen: string[] = [];
  let cursor: Cursor | null = null;
  do {
    const page = await espocrm.pullPeople(io, { since: null, cursor });
    seen.push(...page.items.map(({ record }) => record.id));
    cursor = page.next;
    time.advance(1_000);
    fake.change(3);
  } while (cursor);
  expect(new Set(seen).size).toBe(2_000);
});

test('who unsubscribes has refused, although their lead stays as it was; who leaves one list has not', async () => {
  const { time, fake } = connect();
  await pullAll(fake, time);
  time.advance(DAY_MS);
  const since = time.now();
  const [left, stayed] = fake.data.Lead.filter((lead) => lead['emailAddressIsOptedOut'] === false);
  fake.unsubscribe(left!);
  fake.unsubscribe(stayed!);
  stayed!['emailAddressIsOptedOut'] = false;
  const { people, consent, touchpoints } = await pullAll(fake, time, { since });
  expect(people).toEqual([]);
  expect(consent).toEqual([
    {
      person: { record: { type: 'Lead', id: left!.id } },
      consents: [{ channel: 'email', basis: 'optOut', state: 'withdrawn', since: since.toISOString() }],
    },
  ]);
  expect(touchpoints.map(({ kind }) => kind)).toEqual(['email.unsubscribed', 'email.unsubscribed']);
});

test('a converted lead names its contact, a meeting whoever was there, an owner their address', async () => {
  const { time, fake } = connect();
  const { people, touchpoints } = await pullAll(fake, time);
  const converted = people.find(({ status }) => status === 'Converted');
  expect(converted?.otherRecords).toMatchObject([{ type: 'Contact' }]);
  expect(people.every(({ ownerEmail }) => ownerEmail?.endsWith('@nordlicht.example'))).toBe(true);
  const meeting = fake.data.Meeting.find(({ status }) => status === 'Held');
  const there = touchpoints.filter(({ sourceId }) => sourceId.startsWith(`Meeting:${meeting!.id}:`));
  expect(there.map(({ person }) => person)).toHaveLength(2);
  expect(touchpoints.filter(({ title }) => title === 'Follow-up')).toEqual([]);
});

test('further addresses are read where an administrator wants them', async () => {
  const { ioWith } = connect(20);
  const { items } = await espocrm.pullPeople(ioWith({ everyAddress: true }), { since: null, cursor: null });
  expect(items[0]?.emails).toEqual([expect.stringMatching(/^person/u), expect.stringMatching(/^private/u)]);
});

test('a verdict is one post: found again, changed, written anew where it is too old, left where taken back', async () => {
  const { time, fake, io } = connect(20);
  const note: FeedbackNote = {
    feedbackId: '0198c0de-0000-7000-8000-000000000001',
    record: { type: 'Lead', id: fake.data.Lead[0]!.id },
    ...{ verdict: 'accepted', text: 'Accepted by Mia Sales.', at: '2026-03-02T08:00:00.000Z' },
    ...{ withdrawn: false, remoteId: null },
  };
  const write = (changes: Partial<FeedbackNote>) => espocrm.writeFeedback?.(io, { ...note, ...changes });
  expect(await write({ withdrawn: true })).toEqual({ remoteId: null });
  const first = await write({});
  expect(await write({ text: 'Accepted after all.' })).toEqual(first);
  expect(fake.data.Note).toMatchObject([{ post: expect.stringContaining('Accepted after all.') as string }]);
  time.advance(8 * DAY_MS);
  expect(await write({ text: 'Taken back.', withdrawn: true })).not.toEqual(first);
  expect(fake.data.Note.map(({ post }) => String(post).split('\n')[0])).toEqual([
    'Accepted after all.',
    'Taken back.',
  ]);
});

test('webhooks are taken with the keys EspoCRM made, signed as by 8 or by 9, and with no other', () => {
  const settings = {
    url: 'https://crm.example.com',
    apiKey: 'k',
    everyAddress: false,
    webhookKeys: 'one, two',
  };
  const body = Buffer.from('[{"id":"1"}]');
  const signed = (header: string, key: string, encoding?: 'hex') => {
    const mac = createHmac('sha256', key).update(body).digest();
    const value = Buffer.concat([
      Buffer.from('webhook1:'),
      encoding ? Buffer.from(mac.toString(encoding)) : mac,
    ]);
    return { headers: new Headers({ [header]: value.toString('base64') }) };
  };
  const request = { method: 'POST', url: new URL('https://hub.example.com/v1/webhooks/espocrm'), body };
  const isTaken = (given: { headers: Headers }, webhookKeys = settings.webhookKeys) =>
    espocrm.webhook?.verify(
      { ...request, ...given },
      { settings: { ...settings, webhookKeys }, secret: '', now: new Date() },
    );
  expect(isTaken(signed('x-signature', 'one'))).toBe(true);
  expect(isTaken(signed('signature', 'two', 'hex'))).toBe(true);
  expect(isTaken(signed('x-signature', 'three'))).toBe(false);
  expect(isTaken(signed('x-signature', ''), '')).toBe(false);
  expect(isTaken({ headers: new Headers() })).toBe(false);
  const about = { ...request, headers: new Headers() };
  expect(espocrm.webhook?.read(about, settings).pull).toContain('people');
  expect(() => espocrm.webhook?.read({ ...about, body: Buffer.from('[{') }, settings)).toThrow('unreadable');
});

test('the check names what the role lacks; without users people come in, only their owners are missing', async () => {
  const { time, fake, io, ioWith } = connect(20);
  expect(await espocrm.check(io)).toMatchObject([{ ok: true }]);
  fake.forbid('User');
  expect(await espocrm.check(io)).toMatchObject([
    { ok: false, words: { en: expect.stringContaining('User') as string } },
  ]);
  const { people } = await pullAll(fake, time);
  expect(people.map(({ ownerEmail }) => ownerEmail)).toEqual(Array.from({ length: 20 }, () => undefined));
  await expect(espocrm.check(ioWith({ apiKey: 'wrong' }))).rejects.toMatchObject({ failure: 'signed-out' });
});

test('an address is taken as people copy it', () => {
  const at = (url: string) => espocrm.baseUrl({ url, apiKey: 'k', everyAddress: false }, null);
  for (const url of [
    'https://crm.example.com/a/',
    'https://crm.example.com/a/#Lead',
    'https://crm.example.com/a/api/v1/',
  ])
    expect(at(url)).toBe('https://crm.example.com/a/api/v1');
});

test('the fake refuses what EspoCRM refuses, with the reason in a header', async () => {
  const { fake } = connect(1);
  const ask = (query: string) =>
    fake.fetch(
      new Request(`https://crm.nordlicht.example/api/v1/${query}`, {
        headers: { 'x-api-key': String(fake.settings['apiKey']) },
      }),
    );
  const refused = await ask('Lead?maxSize=201');
  expect([refused.status, refused.headers.get('x-status-reason')]).toEqual([
    403,
    'Max size should not exceed 200. Use offset and limit.',
  ]);
  expect((await ask('Lead?where[0][type]=equals&where[0][attribute]=no&where[0][value]=1')).status).toBe(400);
  expect((await ask('Nothing')).status).toBe(404);
  expect(await (await ask('Lead?select=name,none&offset=0')).json()).toEqual({
    ...{
      total: 1,
      list: [{ id: fake.data.Lead[0]!.id, name: 'Person 1', createdAt: expect.any(String) as string }],
    },
  });
});
