import { expect, test } from 'vitest';
import type { Cursor, FeedbackNote } from '../../../server/connectors/connector.ts';
import { salesforce } from '../../../server/connectors/salesforce.ts';
import { SourceError } from '../../../server/connectors/source-error.ts';
import { fakeIo, pullAll } from '../../peers/fakes/drive.ts';
import { createVirtualTime } from '../../peers/fakes/fake-system.ts';
import { createSalesforceFake, type SalesforceOptions } from '../../peers/fakes/salesforce.ts';

function connect(options: Partial<SalesforceOptions> = {}) {
  const time = createVirtualTime();
  const fake = createSalesforceFake({ contacts: 200, now: time.now, ...options });
  return { time, fake, io: fakeIo(fake, time) };
}
const ids = (people: { record: { id: string } }[]) => people.map(({ record }) => record.id);

test('25,000 leads and contacts come in, each once, within the allowance of the day', async () => {
  const { time, fake } = connect({ contacts: 25_000 });
  const before = time.now();
  const pulled = await pullAll(fake, time);
  process.stdout.write(`salesforce: ${fake.requests} requests, at least ${fake.minimumRequests}\n`);
  expect(new Set(ids(pulled.people)).size).toBe(25_000);
  expect(pulled.people).toHaveLength(25_000);
  expect(pulled.touchpoints).toHaveLength(fake.contents.touchpoints);
  expect(new Set(pulled.touchpoints.map(({ sourceId }) => sourceId)).size).toBe(fake.contents.touchpoints);
  expect(pulled.campaigns).toHaveLength(fake.contents.campaigns);
  expect(fake.requests).toBeLessThan(fake.minimumRequests * 2);
  // At four fifths of the day's requests it waited for the others' export to slide out of the 24 hours.
  expect(time.now().getTime() - before.getTime()).toBeGreaterThanOrEqual(60 * 60_000);
}, 60_000);

test('what changed while it was read comes with the next pull, and only that', async () => {
  const { time, fake } = connect({ contacts: 2_000 });
  await pullAll(fake, time);
  time.advance(24 * 60 * 60_000);
  const since = time.now();
  fake.change(40);
  const { people, touchpoints } = await pullAll(fake, time, { since });
  expect(people).toHaveLength(40);
  expect(people.every(({ title }) => title?.startsWith('Changed'))).toBe(true);
  expect(touchpoints).toEqual([]);
});

test('a change that is shown later than it is dated is within the overlap', async () => {
  const { time, fake } = connect();
  time.advance(24 * 60 * 60_000);
  const id = fake.changeLate('Promoted', 9 * 60_000);
  time.advance(60_000);
  const start = time.now();
  expect((await pullAll(fake, time, { since: start })).people).toEqual([]);
  time.advance(10 * 60_000);
  const { people } = await pullAll(fake, time, { since: new Date(start.getTime() - salesforce.overlapMs) });
  expect(people).toMatchObject([{ record: { id: id.slice(0, 15) }, title: 'Promoted' }]);
});

test('a meeting entered beforehand comes once it has begun', async () => {
  const { time, fake } = connect();
  const { touchpoints } = await pullAll(fake, time);
  const met = touchpoints.filter(({ kind }) => kind === 'meeting').length;
  const since = time.now();
  time.advance(61 * 24 * 60 * 60_000);
  const later = await pullAll(fake, time, { since });
  expect(met + later.touchpoints.length).toBe(fake.rows.Event?.length);
  expect(later.touchpoints.every(({ kind }) => kind === 'meeting')).toBe(true);
});

test('people are known by ids of 15 characters, with what Salesforce says of them', async () => {
  const { time, fake } = connect();
  const { people } = await pullAll(fake, time);
  const lead = fake.rows.Lead?.find(({ ConvertedContactId }) => ConvertedContactId !== null);
  const converted = people.find(({ record }) => record.id === lead?.Id.slice(0, 15));
  expect(converted).toMatchObject({
    record: { type: 'Lead' },
    otherRecords: [{ type: 'Contact', id: String(lead?.ConvertedContactId).slice(0, 15) }],
    status: 'Closed - Converted',
    name: lead?.Name,
    ownerEmail: expect.stringMatching(/^rep\d@kestrel\.example$/) as string,
  });
  const out = fake.rows.Contact?.find(({ HasOptedOutOfEmail }) => HasOptedOutOfEmail);
  const contact = people.find(({ record }) => record.id === out?.Id.slice(0, 15));
  expect(contact?.consents).toContainEqual({
    channel: 'email',
    state: 'withdrawn',
    basis: 'HasOptedOutOfEmail',
    since: new Date(out?.SystemModstamp ?? 0).toISOString(),
  });
  expect(contact).not.toHaveProperty('status');
  expect(new Set(people.map(({ country }) => country))).toEqual(new Set(['DE', 'AT', undefined]));
  expect(people.some(({ name }) => name.startsWith('Deleted'))).toBe(false);
});

test('a membership says what was sent and what came of it', async () => {
  const { time, fake } = connect({ contacts: 500 });
  const { touchpoints } = await pullAll(fake, time);
  const statuses = Object.fromEntries(
    touchpoints
      .filter(({ campaign }) => campaign)
      .map(({ kind, title }) => [title.replace(/ \d+/, ''), kind]),
  );
  expect(statuses).toEqual({
    Email: 'email.sent',
    'Email: Responded': 'custom',
    'Webinar: Registered': 'event.registered',
    'Webinar: Attended': 'event.attended',
    'Trade Show: No Show': 'event.no_show',
    'Trade Show: Visited booth': 'event.registered',
    'Banner Ads: Responded': 'ad.clicked',
  });
  expect(touchpoints.every(({ occurredAt }) => new Date(occurredAt) <= time.now())).toBe(true);
});

test('fields that are hidden from the user are done without, and the check names them', async () => {
  const hidden = ['Lead.HasOptedOutOfEmail', 'Contact.Phone', 'Account'];
  const { time, fake, io } = connect({ hidden, usedByOthers: 0 });
  const { people } = await pullAll(fake, time);
  expect(people).toHaveLength(200);
  const findings = await salesforce.check(io as never);
  const bad = findings.filter(({ ok }) => !ok).map(({ words }) => words.en);
  expect(bad).toHaveLength(2);
  expect(bad[0]).toContain('Lead: the user who signed in does not see HasOptedOutOfEmail');
  expect(bad[0]).toContain('Whoever opted out of e-mail is not known.');
  expect(bad[1]).toContain('Contact: the user who signed in does not see Phone');
});

test('a kind of record that may not be read is named', async () => {
  const { time, fake, io } = connect({ hidden: ['CampaignMember'], usedByOthers: 0 });
  await expect(pullAll(fake, time)).rejects.toMatchObject({ failure: 'forbidden', detail: 'CampaignMember' });
  const findings = await salesforce.check(io as never);
  expect(findings.filter(({ ok }) => !ok).map(({ words }) => words.de)).toEqual([
    expect.stringContaining('CampaignMember ist nicht lesbar.'),
  ]);
});

test('a used-up allowance is waited for, not complained about', async () => {
  const { io } = connect({ dayLimit: 100, usedByOthers: 99 });
  await expect(salesforce.pullPeople(io as never, { since: null, cursor: null })).resolves.toBeDefined();
  const failed: unknown = await salesforce
    .pullPeople(io as never, { since: null, cursor: null })
    .catch((e: unknown) => e);
  expect(failed).toBeInstanceOf(SourceError);
  expect(failed).toMatchObject({
    failure: 'rate-limited',
    retryAt: new Date(io.now().getTime() + 15 * 60_000),
  });
});

test('a pull goes on days later where it stopped, with a session that ended meanwhile', async () => {
  const { time, io } = connect({ contacts: 9_000 });
  const seen: string[] = [];
  let cursor: Cursor | null = null;
  do {
    const page = await salesforce.pullPeople(io as never, { since: null, cursor });
    seen.push(...ids(page.items));
    cursor = page.next;
    time.advance(2 * 24 * 60 * 60_000);
  } while (cursor);
  expect(new Set(seen).size).toBe(9_000);
  expect(seen).toHaveLength(9_000);
});

const note: FeedbackNote = {
  feedbackId: '019ab3f0-1111-7222-8333-0123456789ab',
  record: { type: 'Contact', id: '' },
  verdict: 'returned',
  text: `Returned: no budget${'!'.repeat(300)}\nAnna Ito, 2 March 2026`,
  at: '2026-03-02T08:00:00.000Z',
  withdrawn: false,
  remoteId: null,
};

test('feedback becomes one task, whatever happens on the way', async () => {
  const { fake, io } = connect();
  const write = (change: Partial<FeedbackNote>) =>
    salesforce.writeFeedback?.(io as never, { ...note, ...change });
  const ours = () =>
    fake.rows.Task?.filter(({ Subject, IsDeleted }) => String(Subject).startsWith('Tandem') && !IsDeleted);
  const contact = fake.rows.Contact?.[0];
  const record = { type: 'Contact', id: contact?.Id.slice(0, 15) ?? '' };

  fake.loseAnswer();
  await expect(write({ record })).rejects.toMatchObject({ failure: 'unreachable' });
  // It was written all the same, and is found by its mark.
  const written = await write({ record });
  expect(ours()).toMatchObject([{ WhoId: contact?.Id, Status: 'Completed', Description: note.text }]);
  const remoteId = written?.remoteId ?? null;
  expect(await write({ record, remoteId, text: 'Accepted' })).toEqual({ remoteId });
  expect(ours()).toMatchObject([{ Description: 'Accepted' }]);
  expect(await write({ record, remoteId, withdrawn: true })).toEqual({ remoteId: null });
  expect(await write({ record, remoteId, withdrawn: true })).toEqual({ remoteId: null });
  expect(ours()).toEqual([]);

  const lead = fake.rows.Lead?.find(({ IsConverted }) => IsConverted);
  await write({ record: { type: 'Lead', id: lead?.Id.slice(0, 15) ?? '' } });
  expect(ours()).toMatchObject([{ WhoId: lead?.ConvertedContactId }]);
});

test('whatever address of theirs administrators copy is the organisation', () => {
  const schema = salesforce.settings.shape.domain;
  const settings = (domain: string) => ({ domain: schema.parse(domain), clientId: 'x' });
  const production = settings(' https://Kestrel.lightning.force.com/lightning/page/home');
  expect(salesforce.baseUrl(production, null)).toBe('https://kestrel.my.salesforce.com');
  expect(salesforce.tenant(production, null)).toBe('kestrel');
  const sandbox = settings('nordwind--uat.sandbox.my.salesforce.com');
  expect(salesforce.tenant(sandbox, null)).toBe('nordwind--uat');
  expect(salesforce.recordUrl(sandbox, { type: 'Lead', id: '00QFk0000000001' })).toBe(
    'https://nordwind--uat.sandbox.lightning.force.com/lightning/r/Lead/00QFk0000000001/view',
  );
  expect(salesforce.oauth?.authorizeUrl(sandbox)).toBe(
    'https://nordwind--uat.sandbox.my.salesforce.com/services/oauth2/authorize',
  );
  expect(schema.safeParse('evil.example/.my.salesforce.com').success).toBe(false);
  expect(schema.safeParse('login.salesforce.com').success).toBe(false);
});

test('the fake is as strict as Salesforce', async () => {
  const { time, fake } = connect({ contacts: 9_000 });
  const get = (path: string, token = fake.token.accessToken) =>
    fake.fetch(
      new Request(`https://kestrel--uat.sandbox.my.salesforce.com/services/data/v65.0${path}`, {
        headers: { authorization: `Bearer ${token}` },
      }),
    );
  const refusal = async (answer: Promise<Response>) => {
    const response = await answer;
    return [response.status, ((await response.json()) as { errorCode: string }[])[0]?.errorCode];
  };
  const ask = (q: string) => get(`/query?${new URLSearchParams({ q }).toString()}`);
  expect(await refusal(get('/limits', 'wrong'))).toEqual([401, 'INVALID_SESSION_ID']);
  expect(await refusal(ask('SELECT Id, Shoe FROM Lead'))).toEqual([400, 'INVALID_FIELD']);
  expect(await refusal(ask('SELECT Id FROM Shoe'))).toEqual([400, 'INVALID_TYPE']);
  expect(await refusal(ask('SELECT Id FROM Lead WHERE a = 1 AND b = 2 OR c = 3'))).toEqual([
    400,
    'MALFORMED_QUERY',
  ]);
  const page = (await (await ask('SELECT Id FROM Lead')).json()) as {
    nextRecordsUrl: string;
    records: unknown[];
  };
  expect(page.records).toHaveLength(2_000);
  const rest = page.nextRecordsUrl.replace('/services/data/v65.0', '');
  expect((await get(rest)).status).toBe(200);
  time.advance(20 * 60_000);
  expect(await refusal(get(rest))).toEqual([400, 'INVALID_QUERY_LOCATOR']);
  time.advance(31 * 60_000);
  expect(await refusal(get('/limits'))).toEqual([401, 'INVALID_SESSION_ID']);
});
