import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FeedbackNote, Page } from '../../../server/connectors/connector.ts';
import type { SourceError } from '../../../server/connectors/source-error.ts';
import { odoo } from '../../../server/connectors/odoo.ts';
import type { OdooSettings } from '../../../server/connectors/odoo/settings.ts';
import { parsePythonList } from '../../../server/connectors/odoo/python-literal.ts';
import { fakeIo, pullAll } from '../../peers/fakes/drive.ts';
import { createVirtualTime } from '../../peers/fakes/fake-system.ts';
import { createOdooFake, type OdooFake } from '../../peers/fakes/odoo.ts';

const recorded = resolve(import.meta.dirname, '../../../../shared/recorded/odoo19');

function start({ contacts = 40, version = 19 } = {}) {
  const time = createVirtualTime();
  const fake = createOdooFake({ contacts, version, now: time.now });
  const io = (more: Partial<OdooSettings> = {}) => {
    const settings = { ...fake.settings, ...more } as OdooSettings;
    return { ...fakeIo({ ...fake, settings: settings as OdooFake['settings'] }, time), settings };
  };
  return { time, fake, io };
}

describe('a pull', () => {
  it('brings in all there is', async () => {
    const { fake, time } = start({ contacts: 1_200 });
    const pulled = await pullAll(fake, time);
    expect(pulled.people).toHaveLength(fake.contents.people);
    expect(new Set(pulled.touchpoints.map(({ sourceId }) => sourceId)).size).toBe(fake.contents.touchpoints);
    expect(pulled.touchpoints).toHaveLength(fake.contents.touchpoints);
    expect(pulled.campaigns).toHaveLength(fake.contents.campaigns);
  });

  it('brings the same whether Odoo is new or old', async () => {
    const [now, then] = await Promise.all(
      [19, 15].map(async (version) => {
        const { fake, time } = start({ version });
        return { ...(await pullAll(fake, time)), requests: 0 };
      }),
    );
    expect(then).toEqual(now);
  });

  it('says of a lead what Odoo says', async () => {
    const { fake, time } = start();
    const { people } = await pullAll(fake, time);
    expect(people.find(({ record }) => record.id === '20')).toEqual({
      record: { type: 'crm.lead', id: '20' },
      name: 'Lead 20',
      emails: ['lead.20@company-20.example'],
      company: 'Company 20',
      phone: '+49 40 100020',
      country: 'DE',
      language: 'de',
      ownerEmail: 'alex.winter@nordlicht.example',
      status: 'Lost',
      sourcedAt: '2026-02-10T08:00:00.000Z',
      attributes: {
        type: 'opportunity',
        tags: 'Fair, Partner',
        campaign: 'Cold chain',
        medium: 'Website',
        lostReason: 'Too expensive',
      },
    });
  });

  it('makes one person of the leads of one address, by the first, as the newest says that is not lost', async () => {
    const { fake, time } = start();
    const email = 'lead.1@company-1.example';
    const shared = 'info@company-9.example';
    fake.store.write('crm.lead', [7, 20], { email_from: email, email_normalized: email });
    fake.store.write('crm.lead', [8, 9], { email_from: shared, email_normalized: shared });
    const { people } = await pullAll(fake, time);
    expect(people).toHaveLength(38);
    const mine = people.find(({ emails }) => emails.includes(email));
    expect(mine).toMatchObject({
      record: { id: '1' },
      otherRecords: [{ id: '20' }, { id: '7' }],
      name: 'Lead 7',
    });
    expect(people.filter(({ emails }) => emails.includes(shared)).map(({ name }) => name)).toEqual([
      'Lead 8',
      'Lead 9',
    ]);
    const since = time.now();
    time.advance(60_000);
    fake.store.write('crm.lead', [20], { function: 'Changed' });
    expect((await pullAll(fake, time, { since })).people).toEqual([mine]);
  });

  it('afterwards brings only what has changed', async () => {
    const { fake, time } = start({ contacts: 1_200 });
    const since = time.now();
    time.advance(60_000);
    fake.change(3);
    const { people, touchpoints } = await pullAll(fake, time, { since });
    expect(people.map(({ record }) => record.id)).toEqual(['1', '2', '3']);
    expect(people[0]?.title).toBe('Head of Logistics, 3');
    expect(touchpoints).toEqual([]);
  });

  it('leaves nothing out that changes while it goes on', async () => {
    const { fake, io } = start({ contacts: 1_200 });
    const since = new Date(0);
    const seen = new Map<string, string | undefined>();
    let cursor: Page<unknown>['next'] = null;
    do {
      const page = await odoo.pullPeople(io(), { since, cursor });
      for (const { record, title } of page.items) seen.set(record.id, title);
      // Whoever was on the page already, and whoever is on the last one.
      fake.change(1);
      fake.store.write('crm.lead', [1_200], { function: 'Changed' });
      cursor = page.next;
    } while (cursor);
    expect(seen.size).toBe(1_200);
    expect(seen.get('1200')).toBe('Changed');
  });

  it('does without the apps that are not installed, and without what is not wanted', async () => {
    const { fake, time } = start();
    const all = await pullAll(fake, time);
    fake.store.tables.delete('event.event');
    fake.store.tables.delete('event.registration');
    const some = await pullAll(fake, time);
    const isEvent = ({ kind }: { kind: string }) => kind.startsWith('event.');
    expect(some.touchpoints).toEqual(all.touchpoints.filter((one) => !isEvent(one)));

    const { fake: other, io } = start();
    const none = await odoo.pullConsent!(io({ mailings: false }), { since: null, cursor: null });
    expect(none).toEqual({ items: [], next: null });
    expect(other.requests).toBe(0);
  });
});

describe('what happened', () => {
  it('is told of each recipient and each event', async () => {
    const { fake, time } = start();
    const { touchpoints } = await pullAll(fake, time);
    const kinds = new Set(touchpoints.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual([
      ...['call', 'custom', 'email.bounced', 'email.clicked', 'email.opened', 'email.replied', 'email.sent'],
      ...['event.attended', 'event.no_show', 'event.registered', 'form.submitted', 'meeting'],
    ]);
    expect(touchpoints.find(({ sourceId }) => sourceId === 'mailing.trace/10/sent')).toEqual({
      person: { record: { type: 'crm.lead', id: '10' } },
      kind: 'email.sent',
      channel: 'email',
      direction: 'outbound',
      title: 'The cold chain, seen live',
      campaign: { sourceId: 'utm.campaign/1', name: 'Cold chain', kind: 'mail' },
      occurredAt: '2026-02-21T08:00:00.000Z',
      machine: false,
      sourceId: 'mailing.trace/10/sent',
    });
  });

  it('counts as absent who was not ticked off, once there was time to, and only where somebody was', async () => {
    const { fake, time } = start();
    const absent = async (since: Date | null) =>
      (await pullAll(fake, time, { since })).touchpoints.filter(({ kind }) => kind === 'event.no_show');
    expect(await absent(null)).toHaveLength(2);
    fake.store.write('event.event', [1], { seats_used: 0 });
    expect(await absent(null)).toHaveLength(0);
    const end = new Date(time.now().getTime() + 3_600_000);
    fake.store.write('event.event', [1], {
      seats_used: 1,
      date_end: end.toISOString().slice(0, 19).replace('T', ' '),
    });
    expect(await absent(null)).toHaveLength(0);
    time.advance(3 * 86_400_000);
    // Nobody has written anything since.
    expect(await absent(new Date(time.now().getTime() - 86_400_000))).toHaveLength(2);
  });
});

describe('consent', () => {
  it('is withdrawn by the blacklist and by leaving every list, and unknown otherwise', async () => {
    const { fake, time } = start();
    const { consent } = await pullAll(fake, time);
    const of = (number: number) =>
      consent.filter(({ person }) => 'email' in person && person.email.startsWith(`lead.${number}@`));
    const left = {
      channel: 'email',
      state: 'withdrawn',
      basis: 'Newsletter',
      since: '2026-02-24T08:00:00.000Z',
    };
    expect(of(9)).toEqual([{ person: { email: 'lead.9@company-9.example' }, consents: [left] }]);
    expect(of(5)).toEqual([]);
    time.advance(60_000);
    fake.store.write('mailing.subscription', [3], { opt_out: false, opt_out_datetime: false });
    const again = await pullAll(fake, time, { since: time.now() });
    expect(again.consent).toMatchObject([
      { person: { email: 'lead.9@company-9.example' }, consents: [{ state: 'granted' }] },
    ]);
  });
});

describe('what is planned', () => {
  it('goes to those whom the mailing’s domain finds, but for those on the blacklist', async () => {
    const { fake, time } = start({ contacts: 1_200 });
    fake.store.write('crm.lead', [7], { is_blacklisted: true });
    const { planned } = await pullAll(fake, time);
    // Every twentieth is lost, and archived.
    expect(planned).toHaveLength(100 - 5 - 1);
    expect(planned[0]).toEqual({
      person: { record: { type: 'crm.lead', id: '1' } },
      title: 'Invitation to the fair',
      channel: 'email',
      at: '2026-03-05T08:00:00.000Z',
      editableUntil: '2026-03-05T08:00:00.000Z',
      campaign: { sourceId: 'mailing.mailing/3', name: 'Invitation to the fair', kind: 'mail' },
      sourceId: 'mailing.mailing/3/crm.lead/1',
      cancelled: false,
    });
  });

  it.each([
    ["[('id', 'in', [1, 2,]), ]", [['id', 'in', [1, 2]]]],
    [`['|', ("a", '=', 'it\\'s'), ('b', '!=', None)]`, ['|', ['a', '=', "it's"], ['b', '!=', null]]],
    [
      "[('a', '=', 'x, ]'), ('b', '=', True), ('c', '<', -1.5)]",
      [
        ['a', '=', 'x, ]'],
        ['b', '=', true],
        ['c', '<', -1.5],
      ],
    ],
    ['[]', []],
    ["[('user_id', '=', uid)]", undefined],
    ["[('a', '=', 1)", undefined],
  ])('reads a domain as Python writes it: %s', (text, expected) => {
    expect(parsePythonList(text)).toEqual(expected);
  });
});

describe('feedback', () => {
  const note: FeedbackNote = {
    feedbackId: '0198c0de-0000-7000-8000-000000000001',
    record: { type: 'crm.lead', id: '4' },
    verdict: 'returned',
    text: 'Returned: no budget <this year>\nAlex Winter',
    at: '2026-03-02T08:00:00.000Z',
    withdrawn: false,
    remoteId: null,
  };
  const notes = ({ store }: OdooFake) =>
    [...store.table('mail.message').values()].filter(({ message_id: id }) => id !== undefined);

  it('becomes one note, though the answer was lost, and is changed in place', async () => {
    const { fake, io } = start();
    const first = await odoo.writeFeedback!(io(), note);
    const again = await odoo.writeFeedback!(io(), note);
    expect(again).toEqual(first);
    expect(notes(fake)).toMatchObject([
      { model: 'crm.lead', res_id: 4, body: '<p>Returned: no budget &lt;this year&gt;<br>Alex Winter</p>' },
    ]);
    await odoo.writeFeedback!(io(), { ...note, ...first, text: 'Taken back', withdrawn: true });
    expect(notes(fake)).toHaveLength(1);
    expect(notes(fake)[0]?.['body']).toBe('<p>Taken back</p>');
  });

  it('sets the tag and the stage that the administrator has named', async () => {
    const { fake, io } = start();
    const settings = { feedbackTag: 'Judged', returnedStage: 'Qualified' };
    const lead = () => fake.store.record('crm.lead', 4);
    const { remoteId } = await odoo.writeFeedback!(io(settings), note);
    expect(lead()).toMatchObject({ stage_id: 2, tag_ids: [1, 2, 3] });
    fake.store.write('crm.lead', [4], { stage_id: 3 });
    await odoo.writeFeedback!(io(settings), { ...note, remoteId, text: 'With a reason' });
    expect(lead()['stage_id']).toBe(3);
    await odoo.writeFeedback!(io(settings), { ...note, remoteId, withdrawn: true });
    expect(lead()['tag_ids']).toEqual([1, 2]);
    await expect(
      odoo.writeFeedback!(io({ returnedStage: 'No such stage' }), {
        ...note,
        feedbackId: crypto.randomUUID(),
      }),
    ).rejects.toMatchObject({ failure: 'not-found', detail: 'crm.stage: No such stage' });
  });
});

describe('the check', () => {
  it('says which version it is and what is missing', async () => {
    const { fake, io } = start();
    expect((await odoo.check(io())).every(({ ok }) => ok)).toBe(true);
    fake.store.tables.delete('event.registration');
    const words = (await odoo.check(io())).filter(({ ok }) => !ok).map(({ words: { en } }) => en);
    expect(words).toEqual([expect.stringContaining('“Events” is not installed')]);
  });

  it('fails with the reason where nothing works', async () => {
    const failure = async (version: number, more: Partial<OdooSettings>) =>
      odoo.check(start({ version }).io(more)).catch((error: unknown) => (error as SourceError).failure);
    expect(await failure(19, { apiKey: 'wrong' })).toBe('signed-out');
    expect(await failure(15, { apiKey: 'wrong' })).toBe('signed-out');
    expect(await failure(15, { login: undefined })).toBe('signed-out');
    expect(await failure(15, { database: undefined })).toBe('not-found');
  });
});

it('finds the record’s page in the versions that name it so', () => {
  const record = { type: 'crm.lead', id: '7' };
  const { io } = start();
  expect(odoo.recordUrl(io().settings, record)).toBe('https://odoo.nordlicht.example/odoo/crm/7');
  expect(odoo.tenant(io().settings, null)).toBe('odoo.nordlicht.example');
});

describe.skipIf(!existsSync(recorded))('the fake answers as Odoo 19 did:', () => {
  const files = existsSync(recorded) ? readdirSync(recorded) : [];
  const { fake } = start();
  it.each(files.filter((file) => fake.store.tables.has(file.replace('.json', ''))))('%s', async (file) => {
    const model = file.replace('.json', '');
    const [row = {}] = JSON.parse(readFileSync(resolve(recorded, file), 'utf8')) as Record<string, unknown>[];
    const fields = Object.keys(row);
    const known = await ask(fake, model, 'fields_get', { allfields: fields, attributes: ['type'] });
    const [answer] = (await ask(fake, model, 'search_read', {
      domain: [],
      fields: Object.keys(known as object),
      limit: 1,
    })) as Record<string, unknown>[];
    expect(Object.keys(answer!).length).toBeGreaterThan(5);
    for (const [field, value] of Object.entries(answer!))
      // Nothing is `false` in either.
      if (value !== false && row[field] !== false)
        expect([field, shapeOf(value)]).toEqual([field, shapeOf(row[field])]);
  });
});

const shapeOf = (value: unknown): string =>
  Array.isArray(value) && !value.some((one) => typeof one === 'string')
    ? '[ids]'
    : Array.isArray(value)
      ? `[${value.map(shapeOf).join()}]`
      : typeof value === 'string'
        ? value.replaceAll(/\d/g, '0').replace(/^(?!0000-00-00 00:00:00$).*$/u, 'text')
        : typeof value;

async function ask({ fetch, settings }: OdooFake, model: string, method: string, named: object) {
  const request = new Request(`https://odoo.nordlicht.example/json/2/${model}/${method}`, {
    method: 'POST',
    headers: { authorization: `bearer ${String(settings['apiKey'])}`, 'content-type': 'application/json' },
    body: JSON.stringify(named),
  });
  return (await (await fetch(request)).json()) as unknown;
}
