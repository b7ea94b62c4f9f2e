import { expect, test } from 'vitest';
import { accountEngagement } from '../../../server/connectors/account-engagement.ts';
import type { Cursor, SourceIo } from '../../../server/connectors/connector.ts';
import { createAccountEngagementFake, type EngagementOptions } from '../../peers/fakes/account-engagement.ts';
import { fakeIo, pullAll } from '../../peers/fakes/drive.ts';
import { createVirtualTime } from '../../peers/fakes/fake-system.ts';

type Settings = ReturnType<typeof createAccountEngagementFake>['settings'];
const HOUR = 60 * 60_000;

function connect(options: Partial<EngagementOptions> = {}) {
  const time = createVirtualTime();
  const fake = createAccountEngagementFake({ contacts: 300, now: time.now, ...options });
  return { time, fake, io: fakeIo(fake, time) as unknown as SourceIo<Settings> };
}

test('25,000 prospects come in with what they did, each once', async () => {
  const { time, fake } = connect({ contacts: 25_000 });
  const pulled = await pullAll(fake, time);
  process.stdout.write(`account-engagement: ${fake.requests} requests, at least ${fake.minimumRequests}\n`);
  expect(pulled.people).toHaveLength(25_000);
  expect(new Set(pulled.people.map(({ record }) => record.id)).size).toBe(25_000);
  expect(new Set(pulled.touchpoints.map(({ sourceId }) => sourceId)).size).toBe(fake.contents.touchpoints);
  expect(pulled.touchpoints).toHaveLength(fake.contents.touchpoints);
  expect(pulled.campaigns).toHaveLength(fake.contents.campaigns);
  expect(fake.requests).toBeLessThanOrEqual(fake.minimumRequests + 2);
}, 60_000);

test('the wall and tokens that have gone stale keep nobody out', async () => {
  const { time, io } = connect({ contacts: 5_000, wall: 3_000 });
  const seen = new Set<string>();
  let cursor: Cursor | null = null;
  let pages = 0;
  do {
    const page = await accountEngagement.pullPeople(io, { since: null, cursor });
    for (const { record } of page.items) seen.add(record.id);
    cursor = page.next;
    pages += 1;
    if (pages % 3 === 0) time.advance(5 * HOUR);
  } while (cursor && pages < 30);
  expect(seen.size).toBe(5_000);
});

test('a token that is refused all the same is done without', async () => {
  const { fake, io } = connect({ contacts: 1_500 });
  const first = await accountEngagement.pullPeople(io, { since: null, cursor: null });
  const cursor = { ...first.next, token: 'of-another-day' };
  const second = await accountEngagement.pullPeople(io, { since: null, cursor });
  const seen = new Set([...first.items, ...second.items].map(({ record }) => record.id));
  expect(seen.size).toBe(fake.contents.people);
});

test('only what changed comes with the next pull, a minute late', async () => {
  const { time, fake } = connect();
  await pullAll(fake, time);
  time.advance(24 * HOUR);
  const since = time.now();
  fake.change(20);
  expect((await pullAll(fake, time, { since })).people).toEqual([]);
  time.advance(accountEngagement.overlapMs);
  const { people, touchpoints } = await pullAll(fake, time, { since });
  expect(people).toHaveLength(20);
  expect(people.every(({ title }) => title?.startsWith('Changed'))).toBe(true);
  expect(touchpoints).toEqual([]);
});

test('a prospect is known with score, grade, lifecycle stage, refusals, and its records in Salesforce', async () => {
  const { time, fake } = connect();
  const { people } = await pullAll(fake, time);
  const row = fake.rows.prospects?.find(({ id }) => id === 1_066);
  expect(people.find(({ record }) => record.id === '1066')).toEqual({
    record: { type: 'prospect', id: '1066' },
    otherRecords: [
      { system: 'salesforce', tenant: 'kestrel', type: 'Lead', id: '00QFk0000000066' },
      { system: 'salesforce', tenant: 'kestrel', type: 'Contact', id: '003Fk0000000066' },
    ],
    name: 'Ida Novak 66',
    emails: ['prospect.66@example.com'],
    company: 'Kestrel',
    title: 'Buyer',
    country: 'DE',
    status: 'Prospect',
    attributes: { score: row?.score, ...(row?.grade && { grade: row.grade }) },
    consents: [
      {
        channel: 'email',
        state: 'withdrawn',
        basis: 'optedOut',
        since: new Date(row?.updatedAt ?? 0).toISOString(),
      },
    ],
  });
  expect(people.find(({ record }) => record.id === '1004')).not.toHaveProperty('status');
});

test('an activity is what its type and object say', async () => {
  const { time, fake } = connect();
  const { touchpoints } = await pullAll(fake, time);
  expect(new Set(touchpoints.map(({ kind }) => kind))).toEqual(
    new Set([
      'email.sent',
      'email.opened',
      'email.clicked',
      'form.submitted',
      'asset.downloaded',
      'page.visited',
    ]),
  );
  expect(touchpoints[0]).toMatchObject({
    person: { record: { type: 'prospect' } },
    campaign: { kind: 'other', name: expect.stringMatching(/^Campaign \d$/) as string },
  });
});

test('the day that is used up, a sixth request at once, and a unit that is not there are said', async () => {
  const over = connect({ dayLimit: 0 });
  const pull = async (io: SourceIo<Settings>) =>
    accountEngagement.pullCampaigns?.(io, { since: null, cursor: null });
  const inAnHour = new Date(over.time.now().getTime() + HOUR);
  await expect(pull(over.io)).rejects.toMatchObject({
    failure: 'rate-limited',
    detail: '122',
    retryAt: inAnHour,
  });

  const { io, fake } = connect();
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => pull(io)));
  const refused = results.filter(({ status }) => status === 'rejected');
  expect(refused).toMatchObject([{ reason: { failure: 'rate-limited', detail: '66' } }]);

  fake.settings.businessUnitId = '0UvFk000000000BAAA';
  const elsewhere = { ...fake, settings: { ...fake.settings } };
  fake.settings.businessUnitId = '0UvFk000000000CAAA';
  const lost = fakeIo(elsewhere, over.time) as unknown as SourceIo<Settings>;
  await expect(pull(lost)).rejects.toMatchObject({ failure: 'not-found', detail: 'Pardot-Business-Unit-Id' });
  const findings = await accountEngagement.check(lost);
  expect(findings).toMatchObject([
    { ok: false, words: { en: expect.stringContaining('no active business unit') as string } },
  ]);
});

test('what the role may not view is named', async () => {
  const { io } = connect({ forbidden: ['lifecycle-stages'] });
  const findings = await accountEngagement.check(io);
  expect(findings.filter(({ ok }) => !ok).map(({ words }) => words.en)).toEqual([
    'Cannot read lifecycle stages (the status of prospects). Give the role of the user who signed in the ability to view them.',
  ]);
  const { items } = await accountEngagement.pullPeople(io, { since: null, cursor: null });
  expect(items).toHaveLength(300);
});

test('sandboxes and developers have a host of their own', () => {
  const at = (domain: string) => ({ domain, clientId: 'x', businessUnitId: '0UvFk000000000AAAA' });
  const base = (domain: string) => accountEngagement.baseUrl(at(domain), null);
  expect(base('kestrel.my.salesforce.com')).toBe('https://pi.pardot.com/api/v5');
  expect(base('kestrel--uat.sandbox.my.salesforce.com')).toBe('https://pi.demo.pardot.com/api/v5');
  expect(accountEngagement.settings.safeParse(at('kestrel.my.salesforce.com')).success).toBe(true);
  expect(
    accountEngagement.settings.safeParse({ ...at('x.my.salesforce.com'), businessUnitId: '0Uv1' }).success,
  ).toBe(false);
});
