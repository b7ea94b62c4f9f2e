import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { brevo as connector } from '../../../server/connectors/brevo.ts';
import {
  type Connector,
  type Cursor,
  SourceConsent,
  SourceTouchpoint,
} from '../../../server/connectors/connector.ts';
import { createBrevoFake } from '../../peers/fakes/brevo.ts';
import { fakeIo, pullAll } from '../../peers/fakes/drive.ts';
import { createVirtualTime } from '../../peers/fakes/fake-system.ts';

/** As the runner knows it. */
const brevo: Connector = connector;
const HOUR_MS = 3_600_000;
const specs = resolve(import.meta.dirname, '../../../../shared/specs/brevo');

const setUp = (contacts = 200) => {
  const time = createVirtualTime();
  const fake = createBrevoFake({ contacts, now: time.now });
  return { time, fake, io: fakeIo(fake, time) };
};
const note = {
  feedbackId: '0198c0de-0000-7000-8000-000000000001',
  record: { type: 'contact', id: '100' },
  verdict: 'accepted',
  text: 'Accepted by Mia Sales.',
  at: '2026-03-02T08:00:00.000Z',
  withdrawn: false,
  remoteId: null,
};

describe('a sync of Brevo', () => {
  it('brings in 25,000 contacts and what campaigns did with them, within its limits', async () => {
    const { time, fake } = setUp(25_000);
    const started = time.now().getTime();
    const pulled = await pullAll(fake, time);
    const minutes = Math.round((time.now().getTime() - started) / 60_000);
    process.stdout.write(
      `Brevo: ${String(pulled.requests)} requests, at least ${String(fake.minimumRequests)}; ${String(minutes)} minutes\n`,
    );
    expect(pulled.people).toHaveLength(25_000);
    expect(new Set(pulled.people.map(({ record }) => record.id)).size).toBe(25_000);
    expect(pulled.campaigns).toHaveLength(fake.contents.campaigns);
    expect(new Set(pulled.touchpoints.map(({ sourceId }) => sourceId)).size).toBe(fake.contents.touchpoints);
    expect(pulled.requests).toBeLessThan(fake.minimumRequests * 1.05);
  });

  it('says what Brevo knows of a person, and takes no made-up address for one', async () => {
    const { time, fake } = setUp(300);
    const [contact] = fake.data.contacts;
    Object.assign(contact ?? {}, {
      emailBlacklisted: true,
      listIds: [1, 2],
      modifiedAt: '2026-02-01 10:00:00+00:00',
    });
    Object.assign(contact?.attributes ?? {}, { LIFECYCLE: 'MQL', EMPLOYEES: 40 });
    const { people } = await pullAll(fake, time);
    expect(people[0]).toMatchObject({
      record: { type: 'contact', id: '100' },
      status: 'MQL',
      attributes: { EMPLOYEES: 40, lists: 'Fair 2026, Newsletter' },
      consents: [{ channel: 'email', state: 'denied', since: '2026-02-01T10:00:00.000Z' }],
    });
    const numberOnly = people.filter(({ emails }) => emails.length === 0);
    expect(numberOnly.length).toBeGreaterThan(0);
    expect(numberOnly.every(({ phone }) => phone?.startsWith('4930'))).toBe(true);
  });

  it('reads what was changed since, and not the history of every contact again', async () => {
    const { time, fake } = setUp(1_500);
    await pullAll(fake, time);
    time.advance(HOUR_MS);
    const since = time.now();
    time.advance(1_000);
    fake.change(40);
    const pulled = await pullAll(fake, time, { since });
    expect(pulled.people).toHaveLength(40);
    expect(pulled.touchpoints).toEqual([]);
    expect(pulled.requests).toBeLessThan(10);
  });

  it('misses nobody when contacts are deleted and changed between its pages', async () => {
    const { time, fake, io } = setUp(5_000);
    const since = new Date('2020-01-01T00:00:00.000Z');
    const seen: string[] = [];
    let deletions = 0;
    let cursor: Cursor | null = null;
    do {
      const page = await brevo.pullPeople(io, { since, cursor });
      seen.push(...page.items.map(({ record }) => record.id));
      cursor = page.next;
      // More than the pages overlap by.
      if (deletions++ < 6) fake.data.contacts.splice(0, 150);
      fake.change(100);
      time.advance(1_000);
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    const missed = fake.data.contacts.filter(({ id }) => !seen.includes(String(id)));
    expect(missed.map(({ id }) => id)).toEqual([]);
  });

  it('gives the same ids in every pull', async () => {
    const { time, fake } = setUp(300);
    const [first, second] = [await pullAll(fake, time), await pullAll(fake, time)];
    expect(second.touchpoints).toEqual(first.touchpoints);
    expect(second.planned).toEqual(first.planned);
    expect(first.touchpoints.filter(({ machine }) => machine).length).toBeGreaterThan(0);
  });

  it('says who is due to receive the queued campaign', async () => {
    const { time, fake } = setUp(3_000);
    const { planned } = await pullAll(fake, time);
    const due = fake.data.contacts.filter(
      ({ listIds, emailBlacklisted, email }) =>
        (listIds.includes(2) || listIds.includes(3)) &&
        !listIds.includes(4) &&
        !emailBlacklisted &&
        email.endsWith('@example.com'),
    );
    expect(new Set(planned.map(({ sourceId }) => sourceId)).size).toBe(due.length);
    expect(planned[0]).toMatchObject({ title: 'Fair invitation: news', at: '2026-03-05T08:00:00.000Z' });
  });

  it('waits for the next hour when the company has used up this one', async () => {
    const { time, fake, io } = setUp(10);
    fake.useUp();
    const refused = brevo.pullCampaigns?.(io, { since: null, cursor: null });
    await expect(refused).rejects.toMatchObject({
      failure: 'rate-limited',
      retryAt: new Date(time.now().getTime() + HOUR_MS),
    });
    const pulled = await pullAll(fake, time);
    expect(pulled.people).toHaveLength(10);
  });
});

describe('a verdict in Brevo', () => {
  it('is a note, found again when its answer was lost, changed, and not begun when it was taken back', async () => {
    const { fake, io } = setUp(10);
    const { remoteId } = (await brevo.writeFeedback?.(io, note)) ?? {};
    await brevo.writeFeedback?.(io, note);
    expect(fake.data.notes).toMatchObject([
      { contactIds: [100], text: expect.stringContaining('Mia Sales') as string },
    ]);

    await brevo.writeFeedback?.(io, { ...note, text: 'x'.repeat(5_000), remoteId: remoteId ?? null });
    expect(fake.data.notes).toHaveLength(1);
    expect(fake.data.notes[0]?.text).toHaveLength(3_000);
    expect(fake.data.notes[0]?.text).toContain(note.feedbackId);

    fake.data.notes.splice(0);
    expect(await brevo.writeFeedback?.(io, { ...note, remoteId: remoteId ?? null })).not.toEqual({
      remoteId: null,
    });
    await brevo.writeFeedback?.(io, { ...note, text: 'Taken back.', withdrawn: true });
    expect(fake.data.notes.map(({ text }) => text.startsWith('Taken back.'))).toEqual([true]);
    fake.data.notes.splice(0);
    await brevo.writeFeedback?.(io, { ...note, withdrawn: true });
    expect(fake.data.notes).toEqual([]);
  });
});

describe('a webhook of Brevo', () => {
  const settings = { apiKey: 'k' };
  const request = (payload: unknown, authorization = 'Bearer a-secret') => ({
    method: 'POST',
    url: new URL('https://hub.example.com/v1/webhooks/brevo'),
    headers: new Headers({ authorization }),
    body: Buffer.from(JSON.stringify(payload)),
  });
  const event = {
    event: 'opened',
    email: 'ada.albers@example.com',
    id: 1,
    camp_id: 3,
    'campaign name': 'Letter 3',
    ts_sent: 1_772_438_400,
    ts_event: 1_772_442_000,
  };

  it('is taken with the token we made, and with no other', () => {
    const about = { settings, secret: 'a-secret', now: new Date() };
    expect(brevo.webhook?.verify(request({}), about)).toBe(true);
    expect(brevo.webhook?.verify(request({}, 'Bearer another'), about)).toBe(false);
    expect(brevo.webhook?.verify(request({}, ''), { ...about, secret: '' })).toBe(false);
  });

  it('brings touchpoints and refusals, one event or several', () => {
    const news = brevo.webhook?.read(
      request([
        event,
        { ...event, event: 'click', URL: 'https://www.example.com/prices?uid=1' },
        { ...event, event: 'proxy_open' },
        { ...event, event: 'unsubscribe' },
        { event: 'contact_updated', email: ['ada.albers@example.com'], id: 1 },
        { ...event, camp_id: undefined },
      ]),
      settings,
    );
    expect(news?.touchpoints).toMatchObject([
      {
        kind: 'email.opened',
        occurredAt: '2026-03-02T09:00:00.000Z',
        campaign: { sourceId: '3', name: 'Letter 3' },
      },
      { kind: 'email.clicked', url: 'https://www.example.com/prices' },
      { kind: 'email.opened', machine: true, machineReason: 'proxy' },
      { kind: 'email.unsubscribed' },
    ]);
    expect(news?.consents).toMatchObject([{ consents: [{ channel: 'email', state: 'withdrawn' }] }]);
    expect(news?.pull).toEqual(['people']);
    for (const one of news?.touchpoints ?? []) expect(SourceTouchpoint.safeParse(one).error).toBeUndefined();
    for (const one of news?.consents ?? []) expect(SourceConsent.safeParse(one).error).toBeUndefined();
  });

  it('counts once what is pulled as well', async () => {
    const { time, fake } = setUp(100);
    const { touchpoints } = await pullAll(fake, time);
    const click = touchpoints.find(({ kind, campaign }) => kind === 'email.clicked' && campaign);
    const contact = fake.data.contacts.find(
      ({ id }) => click && 'record' in click.person && String(id) === click.person.record.id,
    );
    const news = brevo.webhook?.read(
      request({
        ...event,
        event: 'click',
        email: contact?.email.toUpperCase(),
        camp_id: Number(click?.campaign?.sourceId),
        ts_event: Date.parse(click?.occurredAt ?? '') / 1_000,
        URL: click?.url,
      }),
      settings,
    );
    expect(news?.touchpoints?.[0]?.sourceId).toBe(click?.sourceId);
  });

  it('is unreadable when it is not what Brevo sends', () => {
    expect(() => brevo.webhook?.read({ ...request({}), body: Buffer.from('{"ev') }, settings)).toThrow(
      'unreadable',
    );
    expect(() => brevo.webhook?.read(request({}), settings)).toThrow('unreadable');
  });
});

describe('Brevo', () => {
  it('says with words what is missing, and that the key is wrong', async () => {
    const { time, fake, io } = setUp(5);
    const wordsOf = async () => (await brevo.check(io)).filter(({ ok }) => !ok).map(({ words }) => words.en);
    expect(await wordsOf()).toEqual([expect.stringContaining('webhook')]);
    fake.data.webhooks.push({ id: 1, url: 'https://hub.example.com/v1/webhooks/brevo' });
    expect(await wordsOf()).toEqual([]);
    const other = fakeIo({ ...fake, settings: { ...fake.settings, statusAttribute: 'Stage' } }, time);
    expect((await brevo.check(other)).filter(({ ok }) => !ok)).toHaveLength(1);
    const wrong = fakeIo({ ...fake, settings: { apiKey: 'wrong' } }, time);
    await expect(brevo.check(wrong)).rejects.toMatchObject({ failure: 'signed-out' });
  });

  it('shows a contact at its address', () => {
    expect(brevo.recordUrl({ apiKey: 'k' }, { type: 'contact', id: '12' })).toBe(
      'https://app.brevo.com/contact/index/12',
    );
  });
});

/** The vendor's description; not part of this project. */
describe.skipIf(!existsSync(specs))('the description of Brevo', () => {
  interface Description {
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, unknown> };
  }
  interface Operation {
    parameters?: { name: string; in: string; schema?: { enum?: unknown[]; maximum?: number } }[];
    responses: Record<string, { content?: Record<string, { schema: unknown }> }>;
  }
  const readDescription = (): Description => {
    const name = readdirSync(specs).find((file) => file.endsWith('.yml')) ?? '';
    return parseYaml(readFileSync(join(specs, name), 'utf8')) as Description;
  };

  it('fits what the connector asks and what the fake answers', async () => {
    const { paths, components } = readDescription();
    const { time, fake } = setUp(40);
    const checked = new Set<string>();
    const fetch = async (request: Request) => {
      const url = new URL(request.url);
      const path = url.pathname.replace('/v3', '').replace(/\/contacts\/\d+\//, '/contacts/{identifier}/');
      const operation = paths[path]?.[request.method.toLowerCase()];
      expect(operation, path).toBeDefined();
      for (const [name, value] of url.searchParams) {
        const parameter = operation?.parameters?.find((one) => one.name === name && one.in === 'query');
        expect(parameter, `${path} ${name}`).toBeDefined();
        const { enum: values, maximum } = parameter?.schema ?? {};
        if (values) expect(values.map(String)).toContain(value);
        if (maximum !== undefined) expect(Number(value)).toBeLessThanOrEqual(maximum);
      }
      const response = await fake.fetch(request);
      const schema = operation?.responses[String(response.status)]?.content?.['application/json']?.schema;
      if (schema && !checked.has(path)) {
        checked.add(path);
        const description = JSON.parse(
          JSON.stringify({ ...schema, $defs: components.schemas }).replaceAll(
            '#/components/schemas/',
            '#/$defs/',
          ),
        ) as Parameters<typeof z.fromJSONSchema>[0];
        const parsed = z.fromJSONSchema(description).safeParse(await response.clone().json());
        expect(parsed.error?.issues ?? [], path).toEqual([]);
      }
      return response;
    };
    const checking = { ...fake, fetch };
    await pullAll(checking, time);
    await pullAll(checking, time, { since: new Date(time.now().getTime() - HOUR_MS) });
    const io = fakeIo(checking, time);
    await brevo.check(io);
    await brevo.writeFeedback?.(io, note);
    expect(checked.size).toBeGreaterThanOrEqual(7);
  });
});
