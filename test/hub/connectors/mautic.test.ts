import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type Connector,
  SourceCampaign,
  SourcePerson,
  SourceTouchpoint,
} from '../../../server/connectors/connector.ts';
import { mautic as connector } from '../../../server/connectors/mautic.ts';
import { fakeIo, pullAll } from '../../peers/fakes/drive.ts';
import { createVirtualTime } from '../../peers/fakes/fake-system.ts';
import { createMauticFake } from '../../peers/fakes/mautic.ts';

/** As the runner knows it. */
const mautic: Connector = connector;
const HOUR_MS = 3_600_000;
const recorded = resolve(import.meta.dirname, '../../../../shared/recorded/mautic-2.15.3');

const setUp = (contacts = 200) => {
  const time = createVirtualTime();
  const fake = createMauticFake({ contacts, now: time.now });
  return { time, fake, io: fakeIo(fake, time) };
};
const note = {
  feedbackId: '0198c0de-0000-7000-8000-000000000001',
  record: { type: 'contact', id: '1' },
  verdict: 'accepted',
  text: 'Accepted by Mia Sales: <budget> is there.',
  at: '2026-03-02T08:00:00.000Z',
  withdrawn: false,
  remoteId: null,
};

describe('a sync of Mautic', () => {
  it('brings in 25,000 contacts and what happened to them, within its limits', async () => {
    const { time, fake } = setUp(25_000);
    const pulled = await pullAll(fake, time);
    process.stdout.write(
      `Mautic: ${String(pulled.requests)} requests, at least ${String(fake.minimumRequests)}\n`,
    );

    expect(new Set(pulled.people.map(({ record }) => record.id)).size).toBe(25_000);
    expect(pulled.people).toHaveLength(25_000);
    expect(pulled.campaigns).toHaveLength(fake.contents.campaigns);
    expect(new Set(pulled.touchpoints.map(({ sourceId }) => sourceId)).size).toBe(fake.contents.touchpoints);
    // Each page of contacts takes a second request, for their segments, and each of visits two, for who is known.
    expect(pulled.requests).toBeLessThan(fake.minimumRequests * 2);
  });

  it('says what Mautic knows of a person', async () => {
    const { time, fake } = setUp(50);
    const [contact] = fake.data.contacts;
    if (!contact) throw new Error('There is no contact.');
    Object.assign(contact, {
      stage: 'Engaged',
      owner: 1,
      tags: ['fair', 'cold'],
      country: 'Austria',
      points: 42,
    });
    const { people } = await pullAll(fake, time);
    expect(people.find(({ record }) => record.id === '1')).toMatchObject({
      name: `${String(contact.firstname)} ${String(contact.lastname)}`,
      emails: [contact.email],
      status: 'Engaged',
      country: 'AT',
      ownerEmail: 'mia@example.com',
      attributes: { points: 42, tags: 'cold, fair' },
    });
    expect(
      people.filter(({ attributes }) => attributes?.['segments'] === 'Newsletter').length,
    ).toBeGreaterThan(5);
  });

  it('finds what was changed since, also contacts that were never edited', async () => {
    const { time, fake } = setUp(2_000);
    await pullAll(fake, time);
    time.advance(HOUR_MS);
    const since = time.now();
    time.advance(1_000);
    fake.change(30);
    const fresh = fake.data.contacts[0];
    if (!fresh) throw new Error('There is no contact.');
    fake.data.contacts.push({
      ...fresh,
      id: 90_000,
      date_added: time.now().toISOString().slice(0, 19).replace('T', ' '),
      date_modified: null,
    });
    const { people, touchpoints, requests } = await pullAll(fake, time, { since });
    expect(people).toHaveLength(31);
    expect(people.map(({ record }) => record.id)).toContain('90000');
    expect(touchpoints).toEqual([]);
    expect(requests).toBeLessThan(30);
  });

  it('misses nobody and repeats nobody while contacts are edited between its pages', async () => {
    const { time, fake, io } = setUp(1_400);
    const seen: string[] = [];
    let cursor = null;
    do {
      const page = await mautic.pullPeople(io, { since: null, cursor });
      seen.push(...page.items.map(({ record }) => record.id));
      cursor = page.next;
      time.advance(1_000);
      fake.change(50);
    } while (cursor);
    expect(seen).toHaveLength(1_400);
    expect(new Set(seen).size).toBe(1_400);
  });

  it('gives the same ids in every pull, and one to a bounce that two tables tell of', async () => {
    const { time, fake } = setUp(1_500);
    const [first, second] = [await pullAll(fake, time), await pullAll(fake, time)];
    expect(second.touchpoints).toEqual(first.touchpoints);
    const bounces = first.touchpoints.filter(({ kind }) => kind === 'email.bounced');
    expect(bounces.length).toBeGreaterThan(new Set(bounces.map(({ sourceId }) => sourceId)).size);
    expect(new Set(first.touchpoints.map(({ kind }) => kind))).toEqual(
      new Set([
        ...[
          'email.sent',
          'email.opened',
          'email.clicked',
          'email.bounced',
          'email.replied',
          'email.unsubscribed',
        ],
        ...['page.visited', 'form.submitted', 'asset.downloaded'],
      ]),
    );
    // Links in mails say who was sent them.
    expect(first.touchpoints.filter(({ url }) => url?.includes('?'))).toEqual([]);
  });

  it('says who refuses mails, since when and why, and takes no bounce for a refusal', async () => {
    const { time, fake } = setUp(2_000);
    const { consent } = await pullAll(fake, time);
    const unsubscribed = fake.data.tables.lead_donotcontact.filter((row) => row['reason'] === '1');
    expect(consent).toHaveLength(unsubscribed.length);
    expect(consent[0]?.consents[0]).toMatchObject({
      channel: 'email',
      state: 'withdrawn',
      basis: 'Unsubscribed by the link in the mail',
      since: `${String(unsubscribed[0]?.['date_added']).replace(' ', 'T')}.000Z`,
    });
  });

  it('says what is coming: from campaigns, and to a segment without those who are passed over', async () => {
    const { time, fake } = setUp(3_000);
    const { planned } = await pullAll(fake, time);
    const { campaign_lead_event_log: scheduled, lead_lists_leads, lead_donotcontact } = fake.data.tables;
    const refused = new Set(lead_donotcontact.map((row) => row['lead_id']));
    const members = lead_lists_leads.filter(
      (row) =>
        row['leadlist_id'] === '1' && row['manually_removed'] === '0' && !refused.has(row['lead_id'] ?? ''),
    );
    expect(planned.filter(({ sourceId }) => sourceId.startsWith('scheduled/'))).toHaveLength(
      scheduled.length,
    );
    expect(planned.filter(({ sourceId }) => sourceId.startsWith('segment/'))).toHaveLength(members.length);
    expect(planned.at(-1)).toMatchObject({
      title: 'Autumn letter: what is new',
      at: '2026-03-09T08:00:00.000Z',
    });
  });
});

describe('a verdict in Mautic', () => {
  it('is a note, found again when its answer was lost, changed, and not begun when it was taken back', async () => {
    const { fake, io } = setUp(10);
    const { remoteId } = (await mautic.writeFeedback?.(io, note)) ?? {};
    expect(fake.data.notes).toHaveLength(1);
    expect(fake.data.notes[0]).toMatchObject({
      lead: 1,
      text: expect.stringContaining('&lt;budget&gt;') as string,
    });

    await mautic.writeFeedback?.(io, note);
    await mautic.writeFeedback?.(io, { ...note, text: 'Returned.', remoteId: remoteId ?? null });
    expect(fake.data.notes.map(({ text }) => text.startsWith('Returned.'))).toEqual([true]);

    const takenBack = { ...note, text: 'Taken back.', withdrawn: true };
    expect(await mautic.writeFeedback?.(io, takenBack)).toEqual({ remoteId });
    expect(fake.data.notes.map(({ text }) => text.startsWith('Taken back.'))).toEqual([true]);
    fake.data.notes.splice(0);
    await mautic.writeFeedback?.(io, { ...note, withdrawn: true });
    expect(fake.data.notes).toEqual([]);
  });
});

describe('a webhook of Mautic', () => {
  const secret = 'a-secret';
  const request = (payload: unknown) => {
    const body = Buffer.from(JSON.stringify(payload));
    const signature = createHmac('sha256', secret).update(body).digest('base64');
    return {
      method: 'POST',
      url: new URL('https://hub.example.com/v1/webhooks/mautic'),
      headers: new Headers({ 'Webhook-Signature': signature }),
      body,
    };
  };
  const about = {
    settings: { url: 'https://mautic.example.com', username: 'u', password: 'p' },
    secret,
    now: new Date(),
  };
  const contact = {
    id: 7,
    points: 5,
    dateIdentified: '2026-03-01T08:00:00+00:00',
    fields: {
      core: {
        email: { value: 'ada@example.com' },
        firstname: { value: 'Ada' },
        lastname: { value: 'Albers' },
      },
    },
    tags: [],
    stage: { name: 'Engaged' },
  };

  it('is taken with its signature, and with no other', () => {
    const { webhook } = mautic;
    const good = request({});
    expect(webhook?.verify(good, about)).toBe(true);
    expect(webhook?.verify({ ...good, body: Buffer.from('{ }') }, about)).toBe(false);
    expect(webhook?.verify({ ...good, headers: new Headers() }, about)).toBe(false);
    expect(webhook?.verify(good, { ...about, secret: 'another' })).toBe(false);
    expect(webhook?.replayKey(good)).toBe(webhook?.replayKey(request({})));
  });

  it('brings people, and says what else is to be pulled', () => {
    const news = mautic.webhook?.read(
      request({
        'mautic.lead_post_save_update': [{ contact, timestamp: '2026-03-02T08:00:00+00:00' }],
        'mautic.email_on_open': [{ stat: { id: 1 }, timestamp: '2026-03-02T08:00:00+00:00' }],
      }),
      about.settings,
    );
    expect(news?.people).toMatchObject([
      {
        record: { type: 'contact', id: '7' },
        name: 'Ada Albers',
        status: 'Engaged',
        emails: ['ada@example.com'],
      },
    ]);
    expect(new Set(news?.pull)).toEqual(new Set(['people', 'touchpoints']));
    expect(SourcePerson.safeParse(news?.people?.[0]).success).toBe(true);
  });

  it('is unreadable when it is not what Mautic sends', () => {
    const garbage = { ...request({}), body: Buffer.from('{"mautic.lead') };
    expect(() => mautic.webhook?.read(garbage, about.settings)).toThrow('unreadable');
    expect(() =>
      mautic.webhook?.read(request({ 'mautic.lead_post_save_new': [{}] }), about.settings),
    ).toThrow('unreadable');
  });
});

describe('Mautic', () => {
  it('is told apart by host, and its records are found', () => {
    const settings = { url: 'https://m.example.com/crm/index.php/s/dashboard', username: 'u', password: 'p' };
    expect(mautic.tenant(settings, null)).toBe('m.example.com');
    expect(mautic.recordUrl(settings, { type: 'contact', id: '12' })).toBe(
      'https://m.example.com/crm/s/contacts/view/12',
    );
    expect(mautic.baseUrl({ ...settings, url: 'http://s/' }, null)).toBe('http://s/api');
  });

  it('says with words what may not be read, and that a password is wrong', async () => {
    const { time, fake, io } = setUp(5);
    expect((await mautic.check(io)).every(({ ok }) => ok)).toBe(true);
    fake.forbidTables();
    const findings = await mautic.check(io);
    expect(findings.filter(({ ok }) => !ok)).toMatchObject([
      { words: { en: expect.stringContaining('Contacts → View others') as string } },
    ]);
    await expect(mautic.pullTouchpoints(io, { since: null, cursor: null })).rejects.toMatchObject({
      failure: 'forbidden',
    });
    const wrong = fakeIo({ ...fake, settings: { ...fake.settings, password: 'wrong' } }, time);
    await expect(mautic.check(wrong)).rejects.toMatchObject({ failure: 'signed-out' });
  });
});

/** What a real Mautic 2.15.3 answered; not part of this project. */
describe.skipIf(!existsSync(recorded))('answers of a real Mautic', () => {
  const read = (name: string) => readFileSync(join(recorded, name), 'utf8');
  const ANSWERS: [RegExp, string][] = [
    [/\/api\/contacts$/, 'contacts.json'],
    [/\/api\/emails$/, 'emails.json'],
    [/\/api\/forms$/, 'forms.json'],
    [/\/api\/segments$/, 'segments.json'],
    [/\/stats\/page_hits$/, 'stats_page_hits.json'],
    [/\/stats\/form_submissions$/, 'stats_form_submissions.json'],
    [/\/api\/contacts\/activity$/, 'contacts_activity.json'],
  ];
  const answer = (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const name = ANSWERS.find(([path]) => path.test(pathname))?.[1];
    if (name) return Promise.resolve(new Response(read(name)));
    const list = pathname.split('/').at(-1) ?? '';
    const empty = pathname.includes('/stats/') ? { total: '0', stats: [] } : { total: 0, [list]: [] };
    return Promise.resolve(Response.json(empty));
  };

  it('are understood', async () => {
    const { time, fake } = setUp(1);
    const io = fakeIo({ ...fake, fetch: answer }, time);
    const people = await mautic.pullPeople(io, { since: null, cursor: null });
    expect(people.items.length).toBeGreaterThan(0);
    for (const person of people.items) expect(SourcePerson.safeParse(person).error).toBeUndefined();
    expect(people.items[0]).toMatchObject({ country: 'GB', attributes: { points: 100 } });

    const campaigns = await mautic.pullCampaigns?.(io, { since: null, cursor: { list: 1 } });
    expect(campaigns?.items.map((one) => SourceCampaign.parse(one).sourceId)).toEqual(['email:1', 'email:2']);

    const submitted = await mautic.pullTouchpoints(io, { since: null, cursor: { table: 2 } });
    expect(submitted.items[0]).toMatchObject({
      kind: 'form.submitted',
      title: 'Kaleidoscope Registration',
      occurredAt: '2026-11-21T23:53:41.000Z',
    });
    const hits = await mautic.pullTouchpoints(io, { since: null, cursor: { table: 1 } });
    // These visitors are nobody's.
    expect(hits.items).toEqual([]);
    for (const one of submitted.items) expect(SourceTouchpoint.safeParse(one).error).toBeUndefined();
  });

  it('have the fields that the fake has', async () => {
    const { fake } = setUp(30);
    const ask = async (path: string) => {
      const authorization = mautic.authorise(
        { url: '', username: String(fake.settings['username']), password: String(fake.settings['password']) },
        null,
      );
      const response = await fake.fetch(
        new Request(`https://mautic.example.com/api${path}`, { headers: authorization }),
      );
      return (await response.json()) as Record<string, Record<string, Record<string, unknown>>>;
    };
    const first = (list: Record<string, Record<string, unknown>> | undefined) =>
      Object.values(list ?? {})[0] ?? {};
    const real = (name: string, list: string) =>
      first((JSON.parse(read(name)) as Record<string, Record<string, Record<string, unknown>>>)[list]);
    const [theirs, ours] = [real('contacts.json', 'contacts'), first((await ask('/contacts'))['contacts'])];
    expect(Object.keys(ours).toSorted()).toEqual(Object.keys(theirs).toSorted());
    expect(Object.keys(ours['fields'] as object)).toEqual(Object.keys(theirs['fields'] as object));
    const hit = first((await ask('/stats/form_submissions'))['stats']);
    expect(Object.keys(real('stats_form_submissions.json', 'stats'))).toEqual(
      expect.arrayContaining(Object.keys(hit)),
    );
  });
});
