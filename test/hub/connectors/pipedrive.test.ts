import { describe, expect, it } from 'vitest';
import type { Connector, Cursor } from '../../../server/connectors/connector.ts';
import { pipedrive as connector } from '../../../server/connectors/pipedrive.ts';
import { fakeIo, pullAll } from '../../peers/fakes/drive.ts';
import { createVirtualTime } from '../../peers/fakes/fake-system.ts';
import { createPipedriveFake } from '../../peers/fakes/pipedrive.ts';
import { LEAD_LABELS, pipedriveTime, SIZE_FIELD, VALUE_FIELD } from '../../peers/fakes/pipedrive/data.ts';
import { openSourceHub } from '../support/source-hub.ts';
import { useTestHub } from '../support/test-hub.ts';

/** As the runner knows it. */
const pipedrive: Connector = connector;
const HOUR_MS = 3_600_000;
const hubs = useTestHub();

type Options = Partial<Parameters<typeof createPipedriveFake>[0]>;

const setUp = (contacts = 200, options: Options = {}) => {
  const time = createVirtualTime();
  const fake = createPipedriveFake({ contacts, now: time.now, ...options });
  return { time, fake, io: fakeIo(fake, time) };
};
const note = {
  feedbackId: '0198c0de-0000-7000-8000-000000000001',
  record: { type: 'person', id: '1000' },
  verdict: 'accepted',
  text: 'Accepted by Mia Sales: <now>.',
  at: '2026-03-02T08:00:00.000Z',
  withdrawn: false,
  remoteId: null,
};

describe('a sync of Pipedrive', () => {
  it('brings in 25,000 people within its limits', async () => {
    const { time, fake } = setUp(25_000);
    const pulled = await pullAll(fake, time);
    process.stdout.write(
      `Pipedrive: ${String(pulled.requests)} requests, at least ${String(fake.minimumRequests)}; ` +
        `${String(fake.spent)} of the day’s 30,000 tokens\n`,
    );
    expect(new Set(pulled.people.map(({ record }) => record.id)).size).toBe(25_000);
    expect(new Set(pulled.touchpoints.map(({ sourceId }) => sourceId)).size).toBe(fake.contents.touchpoints);
    expect(pulled.requests).toBeLessThan(fake.minimumRequests * 1.15);
  });

  it('comes as far with an API token, which has a quarter of the requests, while others use it, too', async () => {
    const { time, fake } = setUp(2_500, { by: 'key' });
    const began = time.now().getTime();
    const pulled = await pullAll(fake, time);
    expect(pulled.people).toHaveLength(2_500);
    expect(new Set(pulled.touchpoints.map(({ sourceId }) => sourceId)).size).toBe(fake.contents.touchpoints);
    expect(time.now().getTime() - began).toBeGreaterThan(1_000);
  });

  it('says what Pipedrive knows of a person, in the words that people see there', async () => {
    const { time, fake } = setUp(30);
    const [person] = fake.data.persons;
    const [organisation] = fake.data.organisations;
    Object.assign(person ?? {}, {
      emails: [
        { value: 'Ada@home.example', primary: false, label: 'home' },
        { value: 'ada@customer.example', primary: true, label: 'work' },
      ],
      ...{ owner_id: 2, org_id: organisation?.id, label_ids: [5, 6], marketing_status: 'unsubscribed' },
      custom_fields: { [SIZE_FIELD]: 22, [VALUE_FIELD]: { value: 900, currency: 'EUR' } },
      ...{ add_time: '2025-01-01T00:00:00Z', update_time: '2026-02-01T10:00:00Z' },
      postal_address: { value: 'Berlin', country: 'Germany' },
    });
    const { people } = await pullAll(fake, time);
    expect(people[0]).toMatchObject({
      record: { type: 'person', id: '1000' },
      emails: ['ada@customer.example', 'Ada@home.example'],
      ...{ company: organisation?.name, ownerEmail: 'noah@vendor.example', country: 'DE' },
      attributes: { 'Company size': '51 to 500', 'Expected value': 900, labels: 'Decides, Uses' },
      consents: [{ channel: 'email', state: 'withdrawn', since: '2026-02-01T10:00:00.000Z' }],
    });
  });

  it('dates consent so that it never undoes a refusal that came later, and takes silence for nothing', async () => {
    const { time, fake } = setUp(3);
    const at = { add_time: '2025-01-01T00:00:00Z', update_time: '2026-02-01T10:00:00Z' };
    for (const [index, marketing_status] of (['subscribed', 'archived', 'no_consent'] as const).entries())
      Object.assign(fake.data.persons[index] ?? {}, { ...at, marketing_status });
    const { people } = await pullAll(fake, time);
    const since = '2025-01-01T00:00:00.000Z';
    expect(people.map(({ consents }) => consents?.map((one) => [one.state, one.since]))).toEqual([
      [['granted', since]],
      [['granted', since]],
      undefined,
    ]);
  });

  it('reads who has no marketing status, because the company sends no mails with it', async () => {
    const { time, fake } = setUp(20, { hasCampaigns: false });
    const { people } = await pullAll(fake, time);
    expect(people).toHaveLength(20);
    expect(people.every(({ consents }) => consents === undefined)).toBe(true);
  });

  it('takes the stage of the open deal for the status, then the lead’s label, then how the last deal ended', async () => {
    const { time, fake } = setUp(4);
    const at = { add_time: '2026-02-01T10:00:00Z', update_time: '2026-02-01T10:00:00Z' };
    const deal = (id: number, person_id: number | null, more: object) => ({
      ...{ id, title: 'A deal', person_id, stage_id: 1, status: 'open' as const, is_archived: false },
      ...at,
      ...more,
    });
    const lead = (nth: number, person_id: number | null, label: number) => ({
      ...{ id: `adf21080-0e10-11eb-879b-00000000000${String(nth)}`, title: 'A lead', person_id },
      ...{ label_ids: [LEAD_LABELS[label]?.id ?? ''], source_name: 'API', channel: null, channel_id: null },
      ...{ is_archived: false, ...at },
    });
    const [one = 0, two = 0, three = 0, four = 0] = fake.data.persons.map(({ id }) => id);
    fake.data.deals.splice(
      ...[0, fake.data.deals.length],
      deal(1, one, { stage_id: 4, update_time: '2026-02-03T10:00:00Z' }),
      deal(2, one, { stage_id: 1 }),
      deal(3, two, { status: 'lost' }),
      deal(4, three, { status: 'won' }),
      deal(5, null, {}),
    );
    fake.data.leads.splice(0, fake.data.leads.length, lead(1, one, 2), lead(2, two, 0), lead(3, null, 1));
    const { people } = await pullAll(fake, time);
    const statuses = new Map(people.map(({ record, status }) => [Number(record.id), status]));
    expect([one, two, three, four].map((id) => statuses.get(id))).toEqual([
      ...['Proposal Made', 'Hot', 'won', undefined],
    ]);
    const others = people.flatMap(({ otherRecords = [] }) => otherRecords.map(({ type }) => type));
    expect(others).toEqual(['lead', 'lead']);
  });

  it('reads what was changed since, and costs little of the day’s allowance when nothing was', async () => {
    const { time, fake } = setUp(1_500);
    await pullAll(fake, time);
    time.advance(2 * 24 * HOUR_MS);
    const since = time.now();
    time.advance(1_000);
    fake.change(3);
    expect((await pullAll(fake, time, { since })).people).toHaveLength(3);

    time.advance(15 * 60_000);
    const before = fake.spent;
    const pulled = await pullAll(fake, time, { since: new Date(time.now().getTime() - 11 * 60_000) });
    expect(pulled.people).toEqual([]);
    // Every five minutes, that is less than two thirds of the smallest allowance.
    expect(fake.spent - before).toBeLessThanOrEqual(60);
  });

  it('notices a deal that moves on and a lead that is archived, though nobody touched the person', async () => {
    const { time, fake, io } = setUp(60);
    await pullAll(fake, time);
    const since = time.now();
    time.advance(HOUR_MS);
    const deal = fake.data.deals.find(({ status, is_archived }) => status === 'open' && !is_archived);
    const lead = fake.data.leads.find(
      ({ is_archived, person_id }) => !is_archived && person_id !== null && person_id !== deal?.person_id,
    );
    const update_time = pipedriveTime(time.now());
    Object.assign(deal ?? {}, { status: 'won', update_time });
    Object.assign(lead ?? {}, { is_archived: true, update_time });
    const people = await pullPages(pipedrive.pullPeople, { io, since });
    expect(people.map(({ record }) => Number(record.id)).toSorted()).toEqual(
      [deal?.person_id, lead?.person_id].toSorted(),
    );
  });

  it('misses nobody when people are deleted and changed between its pages', async () => {
    const { time, fake, io } = setUp(4_000);
    const people = await pullPages(pipedrive.pullPeople, {
      ...{ io, since: null },
      between: () => {
        fake.data.persons.splice(0, 150);
        fake.change(100);
        time.advance(1_000);
      },
    });
    const seen = new Set(people.map(({ record }) => Number(record.id)));
    expect(seen.size).toBe(people.length);
    expect(fake.data.persons.filter(({ id }) => !seen.has(id))).toEqual([]);
  });

  it('misses no lead when others are archived between pages, which are offsets', async () => {
    const { fake, io } = setUp(9_000);
    const expected = new Set<string>();
    for (const { id, is_archived, person_id } of fake.data.leads)
      if (!is_archived && person_id !== null) expected.add(id);
    for (const lead of fake.data.leads) lead.source_name = 'Web forms';
    const touchpoints = await pullPages(pipedrive.pullTouchpoints, {
      ...{ io, since: null },
      between: (cursor) => {
        if (cursor['of'] !== 'leads') return;
        for (const lead of fake.data.leads.filter(({ is_archived }) => !is_archived).slice(0, 8))
          lead.is_archived = true;
      },
    });
    const seen = new Set(touchpoints.map(({ sourceId }) => sourceId.replace('lead:', '')));
    expect([...expected].filter((id) => !seen.has(id))).toEqual([]);
  });

  it('gives the same ids in every pull', async () => {
    const { time, fake } = setUp(300);
    const [first, second] = [await pullAll(fake, time), await pullAll(fake, time)];
    expect(second.touchpoints).toEqual(first.touchpoints);
    const ids = first.touchpoints.map(({ sourceId }) => sourceId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('dates a meeting by when it was held, not by when somebody ticked it off', async () => {
    const { time, fake } = setUp(5);
    const held = (id: number, more: object) => ({
      ...{ id, subject: 'Tour', type: 'meeting', is_deleted: false, done: true, person_id: 1_000 },
      ...{ add_time: '2026-02-01T10:00:00Z', update_time: '2026-02-20T10:00:00Z' },
      ...{ due_date: '2026-02-10', due_time: '15:00:00', marked_as_done_time: '2026-02-20T10:00:00Z' },
      ...{ participants: [{ person_id: 1_000, primary: true }], ...more },
    });
    fake.data.leads.splice(0);
    fake.data.activities.splice(
      ...[0, fake.data.activities.length],
      held(1, {}),
      held(2, { due_time: null }),
      held(3, { due_date: '2026-02-27' }),
      held(4, { marked_as_done_time: null }),
      held(5, { type: 'task' }),
      held(6, { done: false }),
    );
    const { touchpoints } = await pullAll(fake, time);
    expect(touchpoints.map(({ kind, occurredAt }) => [kind, occurredAt])).toEqual([
      ['meeting', '2026-02-10T15:00:00.000Z'],
      ['meeting', '2026-02-20T10:00:00.000Z'],
      ['meeting', '2026-02-20T10:00:00.000Z'],
      ['meeting', '2026-02-10T15:00:00.000Z'],
    ]);
  });

  it('goes on the next day when the allowance is used up, and hardly asks meanwhile', async () => {
    const hub = await openSourceHub(hubs, createPipedriveFake, 600);
    const fake = hub.fake as ReturnType<typeof createPipedriveFake>;
    fake.useUp();
    await hub.run();
    expect((await hub.problem())?.en).toContain('no more requests');
    await hub.sync();
    expect(await hub.problem()).toBeNull();
    expect((await hub.rows()).touchpoints).toHaveLength(fake.contents.touchpoints);
    // For fifteen hours, and then for everything there is.
    expect(fake.requests).toBeLessThan(150);
  });
});

describe('a verdict in Pipedrive', () => {
  it('is a note, found again when its answer was lost, and changed with the verdict', async () => {
    const { fake, io } = setUp(10);
    const { remoteId } = (await pipedrive.writeFeedback?.(io, note)) ?? {};
    expect(await pipedrive.writeFeedback?.(io, note)).toEqual({ remoteId });
    await pipedrive.writeFeedback?.(io, { ...note, text: 'Declined.', remoteId: remoteId ?? null });
    expect(fake.data.notes).toHaveLength(1);
    expect(fake.data.notes[0]).toMatchObject({ person_id: 1_000, active_flag: true });
    expect(fake.data.notes[0]?.content).toContain('Declined.');
    expect(fake.data.notes[0]?.content).toContain(note.feedbackId);
  });

  it('is written anew when somebody deleted it, and removed when it was taken back', async () => {
    const { fake, io } = setUp(10);
    const { remoteId = null } = (await pipedrive.writeFeedback?.(io, note)) ?? {};
    Object.assign(fake.data.notes[0] ?? {}, { active_flag: false });
    const again = await pipedrive.writeFeedback?.(io, { ...note, remoteId });
    expect(fake.data.notes.filter(({ active_flag }) => active_flag)).toHaveLength(1);
    expect(again?.remoteId).not.toBe(remoteId);

    const withdrawn = { ...note, withdrawn: true, remoteId: again?.remoteId ?? null };
    expect(await pipedrive.writeFeedback?.(io, withdrawn)).toEqual({ remoteId: null });
    expect(await pipedrive.writeFeedback?.(io, withdrawn)).toEqual({ remoteId: null });
    expect(fake.data.notes.some(({ active_flag }) => active_flag)).toBe(false);
  });

  it('stands with the lead where it is about one, and shows no markup', async () => {
    const { fake, io } = setUp(60);
    const id = fake.data.leads[0]?.id ?? '';
    await pipedrive.writeFeedback?.(io, { ...note, record: { type: 'lead', id } });
    expect(fake.data.notes).toMatchObject([{ lead_id: id, person_id: null }]);
    expect(fake.data.notes[0]?.content).toContain('&lt;now&gt;');
  });
});

describe('Pipedrive’s webhook', () => {
  const settings = { company: 'nordlicht' };
  const about = { settings, secret: 'agreed', now: new Date() };
  const request = (body: unknown, authorization = `Basic ${btoa('tandem:agreed')}`) => ({
    ...{ method: 'POST', url: new URL('https://hub.example.com/v1/webhooks/pipedrive') },
    headers: new Headers({ authorization }),
    body: Buffer.from(JSON.stringify(body)),
  });
  const event = (entity: string, more = {}) => ({
    meta: {
      ...{ id: '9c0c1f6c-3f4f-4c7e-8d5e-6a1f1e0f4d3b', entity, action: 'change', version: '2.0', attempt: 1 },
      ...{ host: 'nordlicht.pipedrive.com', ...more },
    },
    ...{ data: { id: 1 }, previous: null },
  });

  it('is let in by the password that was entered there', () => {
    const verify = (authorization: string, secret = 'agreed') =>
      pipedrive.webhook?.verify(request(event('person'), authorization), { ...about, secret });
    expect(verify(`Basic ${btoa('tandem:agreed')}`)).toBe(true);
    expect(verify(`Basic ${btoa('tandem:guessed')}`)).toBe(false);
    expect(verify('Bearer agreed')).toBe(false);
    expect(verify(`Basic ${btoa('tandem:')}`, '')).toBe(false);
  });

  it('says what to pull, and is the same in every attempt to deliver it', () => {
    const read = (body: unknown) => pipedrive.webhook?.read(request(body), settings);
    expect(read(event('person'))).toEqual({ pull: ['people'] });
    expect(read(event('lead'))).toEqual({ pull: ['people', 'touchpoints'] });
    expect(read(event('pipeline'))).toEqual({});
    expect(read(event('person', { host: 'other.pipedrive.com' }))).toEqual({});
    const key = (more: object) => pipedrive.webhook?.replayKey(request(event('deal', more)));
    expect(key({ attempt: 2 })).toBe(key({}));
    expect(key({ id: 'another' })).not.toBe(key({}));
    expect(() => read({ event: 'updated.person' })).toThrow('unreadable');
  });
});

describe('Pipedrive', () => {
  it('says with words what is missing, and brings in the rest', async () => {
    const { time, fake, io } = setUp(40, { lacking: ['leads:read', 'users:read', 'contacts:full'] });
    const missing = (await pipedrive.check(io)).filter(({ ok }) => !ok).map(({ words }) => words.en);
    expect(missing).toEqual([
      expect.stringContaining('leads:read'),
      expect.stringContaining('users:read'),
      expect.stringContaining('Feedback as notes'),
    ]);
    const pulled = await pullAll(fake, time);
    expect(pulled.people).toHaveLength(40);
    expect(pulled.touchpoints.length).toBeGreaterThan(0);
    expect(pulled.touchpoints.every(({ sourceId }) => sourceId.startsWith('activity:'))).toBe(true);
  });

  it('writes nothing when it checks, and says that the company or the key is another', async () => {
    const { time, fake, io } = setUp(5, { by: 'key' });
    expect((await pipedrive.check(io)).every(({ ok }) => ok)).toBe(true);
    expect(fake.data.notes).toEqual([]);
    const wrong = fakeIo({ ...fake, settings: { ...fake.settings, apiToken: 'wrong' } }, time);
    await expect(pipedrive.check(wrong)).rejects.toMatchObject({ failure: 'signed-out' });

    const signedIn = setUp(5);
    const settings = { ...signedIn.fake.settings, company: 'suedlicht' };
    const [finding] = await pipedrive.check(fakeIo({ ...signedIn.fake, settings }, signedIn.time));
    expect(finding).toMatchObject({
      ok: false,
      words: { en: expect.stringContaining('nordlicht') as string },
    });
  });

  it('hands its token to no server but Pipedrive’s', () => {
    const at = (api_domain: string) =>
      pipedrive.baseUrl({ company: 'nordlicht' }, { accessToken: 'a', extra: { api_domain } });
    expect(at('https://nordlicht-2.pipedrive.com')).toBe('https://nordlicht-2.pipedrive.com');
    expect(at('https://pipedrive.com.example')).toBe('https://nordlicht.pipedrive.com');
    expect(at('http://nordlicht.pipedrive.com')).toBe('https://nordlicht.pipedrive.com');
  });

  it('shows a person and a lead at their addresses', () => {
    const at = (type: string, id: string) => pipedrive.recordUrl({ company: 'nordlicht' }, { type, id });
    expect(at('person', '12')).toBe('https://nordlicht.pipedrive.com/person/12');
    expect(at('lead', 'adf2')).toBe('https://nordlicht.pipedrive.com/leads/inbox/adf2');
    expect(at('deal', '1')).toBeNull();
  });
});

/** All pages of one pull; `between` is what happens there after each. */
async function pullPages<Item>(
  pull: (
    io: ReturnType<typeof fakeIo>,
    request: { since: Date | null; cursor: Cursor | null },
  ) => Promise<{ items: Item[]; next: Cursor | null }>,
  {
    io,
    since,
    between = () => {},
  }: { io: ReturnType<typeof fakeIo>; since: Date | null; between?: (cursor: Cursor) => void },
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: Cursor | null = null;
  do {
    const page = await pull(io, { since, cursor });
    items.push(...page.items);
    cursor = page.next;
    if (cursor) between(cursor);
  } while (cursor);
  return items;
}
