import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { FeedbackNote } from '../../../server/connectors/connector.ts';
import { hubspot } from '../../../server/connectors/hubspot.ts';
import { SourceError } from '../../../server/connectors/source-error.ts';
import type { WebhookRequest } from '../../../server/connectors/webhook.ts';
import { fakeIo, pullAll } from '../../peers/fakes/drive.ts';
import { createVirtualTime } from '../../peers/fakes/fake-system.ts';
import { createHubspotFake } from '../../peers/fakes/hubspot.ts';

type Options = Partial<Parameters<typeof createHubspotFake>[0]>;

function open(options: Options = {}) {
  const time = createVirtualTime();
  const fake = createHubspotFake({ contacts: 600, now: time.now, ...options });
  const io = () => fakeIo(fake, time) as unknown as Parameters<typeof hubspot.check>[0];
  return { time, fake, io, pull: (since: Date | null = null) => pullAll(fake, time, { since }) };
}

const idsOf = (items: readonly { sourceId: string }[]) => new Set(items.map(({ sourceId }) => sourceId));
const recordsOf = (people: readonly { record: { id: string } }[]) =>
  new Set(people.map(({ record }) => record.id));

describe('a whole account', () => {
  test('of 25,000 contacts comes in within the limits, in few more requests than there must be', async () => {
    const { fake, pull, time } = open({ contacts: 25_000 });
    const begun = time.now().getTime();
    const pulled = await pull();
    const { contents, minimumRequests } = fake;
    const seconds = Math.round((time.now().getTime() - begun) / 1_000);
    process.stdout.write(
      `HubSpot: ${pulled.requests} requests, at least ${minimumRequests}, in ${seconds} s of its time\n`,
    );
    expect(recordsOf(pulled.people).size).toBe(contents.people);
    expect(idsOf(pulled.touchpoints).size).toBe(contents.touchpoints);
    expect(idsOf(pulled.campaigns).size).toBe(contents.campaigns);
    // Refused ones, those after short pages, and what changed at the same moment as the last of a page.
    expect(pulled.requests).toBeLessThan(minimumRequests * 1.25);
    expect(fake.requests).toBe(pulled.requests);
  });

  test('is told in the words of the contract', async () => {
    const { fake, pull } = open();
    const { people, touchpoints, campaigns } = await pull();
    const ofIndex = (index: number) =>
      people.find(({ emails }) => emails[0] === `k${index}@firma${index}.example`);
    expect(ofIndex(3)?.emails).toEqual(['k3@firma3.example', 'k3@privat.example', 'k3.alt@privat.example']);
    expect(ofIndex(7)?.otherRecords).toEqual([{ type: 'contact', id: '90000007' }]);
    expect(ofIndex(5)?.consents).toMatchObject([{ channel: 'email', state: 'withdrawn' }]);
    expect(ofIndex(6)?.consents).toMatchObject([
      { channel: 'email', state: 'granted', basis: 'Newsletter (CONSENT_WITH_NOTICE)' },
    ]);
    // Never asked: unknown.
    expect(ofIndex(8)?.consents).toBeUndefined();
    expect(ofIndex(1)?.ownerEmail).toMatch(/^rep\d+@hersteller\.example$/);
    const statuses = new Set(people.map(({ status }) => status));
    expect(statuses).toContain('marketingqualifiedlead');
    expect(statuses).toContain('Pilotkunde');
    expect(statuses).not.toContain('84512967');
    expect(new Set(people.map(({ country }) => country))).toEqual(new Set(['DE', 'AT', 'CH', undefined]));
    expect(new Set(people.map(({ language }) => language))).toEqual(new Set(['de', 'en', undefined]));
    expect(people.some(({ attributes }) => attributes?.['leadStatus'] === 'IN_PROGRESS')).toBe(true);
    expect(people.some(({ emails }) => emails.length === 0)).toBe(true);

    const kinds = new Set(touchpoints.map(({ kind }) => kind));
    expect([...kinds].toSorted()).toEqual([
      'call',
      'email.bounced',
      'email.clicked',
      'email.delivered',
      'email.opened',
      'email.sent',
      'email.unsubscribed',
      'event.attended',
      'event.registered',
      'form.submitted',
      'meeting',
      'page.visited',
      'webinar.watched',
    ]);
    const named = touchpoints.map(({ campaign }) => campaign?.name);
    // One newsletter belongs to a campaign, the other stands for itself.
    expect(new Set(named)).toEqual(
      new Set([undefined, 'Newsletter 1', 'Kampagne 3', 'Termin 1', 'Termin 2']),
    );
    const opened = touchpoints.filter(({ kind }) => kind === 'email.opened');
    expect(opened.some(({ machine, machineReason }) => machine && machineReason === 'source')).toBe(true);
    expect(opened[0]?.title).toMatch(/^Neues aus der Werkstatt, Ausgabe \d$/);
    expect(campaigns[0]).toMatchObject({ name: 'Kampagne 0', startsAt: '2025-09-01T00:00:00.000Z' });
    expect(fake.asked.filter((path) => path.includes('/owners'))).toHaveLength(2);
  });

  test('comes in by the token of a private app, too', async () => {
    const { fake, pull } = open({ by: 'key' });
    expect(recordsOf((await pull()).people).size).toBe(fake.contents.people);
  });

  test('without what the key or the plan does not include comes in otherwise', async () => {
    const lacking = [
      'crm.objects.owners.read',
      'crm.schemas.contacts.read',
      'communication_preferences.statuses.batch.read',
      'enterprise',
      'content',
      'marketing.campaigns.read',
    ];
    const { fake, io, pull } = open({ lacking });
    const { people, touchpoints, campaigns } = await pull();
    expect(recordsOf(people).size).toBe(fake.contents.people);
    expect(people.every(({ ownerEmail }) => ownerEmail === undefined)).toBe(true);
    // An opt-out from all mail stands on the contact itself.
    expect(people.some(({ consents }) => consents?.[0]?.state === 'withdrawn')).toBe(true);
    expect(campaigns).toEqual([]);
    const kinds = new Set(touchpoints.map(({ kind }) => kind));
    expect(kinds).toContain('form.submitted');
    expect(kinds).toContain('call');
    expect(kinds).not.toContain('page.visited');
    expect(fake.asked.filter((path) => path.startsWith('/communication-preferences'))).toHaveLength(1);

    const findings = await hubspot.check(io());
    const missing = findings.filter(({ ok }) => !ok).map(({ words }) => words.en);
    expect(missing).toHaveLength(lacking.length);
    expect(missing).toContain('Owners: missing is the scope crm.objects.owners.read.');
    expect(missing).toContain('Page visits: missing is a Hub of the Enterprise edition.');
  });

  test('without its contacts is a failure', async () => {
    const { pull } = open({ lacking: ['crm.objects.contacts.read'] });
    await expect(pull()).rejects.toMatchObject({ failure: 'forbidden' });
  });
});

describe('what is planned', () => {
  test('is each member of the lists of a mail that is due within the week', async () => {
    const { fake, pull, time } = open();
    const { planned } = await pull();
    const [to = [], notTo = []] = fake.account.lists.values();
    const contacts = to.filter((id) => !notTo.includes(id));
    expect(contacts.length).toBeGreaterThan(10);
    expect(idsOf(planned)).toEqual(new Set(contacts.map((id) => `mail:9500:${id}`)));
    const at = '2026-03-05T08:00:00.000Z';
    expect(planned[0]).toMatchObject({
      title: 'Tag der offenen Tür',
      at,
      editableUntil: at,
      cancelled: false,
    });
    // It has gone out.
    time.advance(3 * 86_400_000);
    expect((await pull()).planned).toEqual([]);
  });

  test('is nothing without the lists', async () => {
    const { pull } = open({ lacking: ['crm.lists.read'] });
    expect((await pull()).planned).toEqual([]);
  });
});

describe('changes', () => {
  test('come with the next pull, and few requests', async () => {
    const { fake, pull, time } = open();
    await pull();
    const since = new Date(time.now().getTime() - hubspot.overlapMs);
    fake.change(25);
    time.advance(60_000);
    const { people, touchpoints, requests } = await pull(since);
    expect(recordsOf(people).size).toBe(25);
    expect(new Set(people.map(({ status }) => status)).size).toBeLessThanOrEqual(2);
    expect(touchpoints).toEqual([]);
    expect(requests).toBeLessThan(25);
  });

  test('that a search has not noticed yet come with the pull after it, which overlaps', async () => {
    const { fake, pull, time } = open({ contacts: 20 });
    const first = new Date(time.now().getTime() - hubspot.overlapMs);
    const { id } = fake.addContact({ email: 'neu@firma.example', lastname: 'Neu', lifecyclestage: 'lead' });
    const startedAt = time.now().getTime();
    expect(recordsOf((await pull(first)).people)).not.toContain(id);
    time.advance(60_000);
    const second = await pull(new Date(startedAt - hubspot.overlapMs));
    expect(recordsOf(second.people)).toContain(id);
  });

  test('between two pages lose nobody', async () => {
    const { fake, io, time } = open({ contacts: 1_000 });
    const everybody = recordsOf((await pullAll(fake, time)).people);
    const seen = new Set<string>();
    let cursor = null;
    do {
      const page: Awaited<ReturnType<typeof hubspot.pullPeople>> = await hubspot.pullPeople(io(), {
        since: null,
        cursor,
      });
      for (const { record } of page.items) seen.add(record.id);
      cursor = page.next;
      // With paging by offset each of these would push another one over the edge.
      if (seen.size < 900) fake.change(10);
      time.advance(10_000);
    } while (cursor !== null);
    expect(seen).toEqual(everybody);
  });

  test('have meetings once they have begun, however long ago they were entered', async () => {
    const { fake, pull, time } = open({ contacts: 50 });
    const [contact = ''] = fake.account.records.contacts.keys();
    const at = Date.UTC(2026, 1, 2);
    const meeting = (id: string, hs_meeting_outcome: string) => {
      const begins = new Date(time.now().getTime() + 3_600_000).toISOString();
      const properties = {
        ...{ hs_meeting_title: 'Vorführung', hs_meeting_start_time: begins, hs_meeting_outcome },
        ...{ hs_timestamp: begins, hs_lastmodifieddate: new Date(at).toISOString() },
      };
      const record = { id, properties, contacts: [contact], createdAt: at, changedAt: at, before: null };
      fake.account.records.meetings.set(id, { ...record, archived: false });
    };
    meeting('71', 'SCHEDULED');
    meeting('72', 'CANCELED');
    const idsSince = async () =>
      idsOf((await pull(new Date(time.now().getTime() - hubspot.overlapMs))).touchpoints);
    expect(await idsSince()).toEqual(new Set());
    time.advance(3_700_000);
    expect(await idsSince()).toEqual(new Set([`meeting:71:${contact}`]));
    time.advance(3_600_000);
    expect(await idsSince()).toEqual(new Set());
  });

  test('of which more happened in a millisecond than a page holds come after any pause', async () => {
    const { fake, io, time } = open({ contacts: 4_000 });
    const seen = new Set<string>();
    let cursor = null;
    do {
      const page: Awaited<ReturnType<typeof hubspot.pullTouchpoints>> = await hubspot.pullTouchpoints(io(), {
        since: null,
        cursor,
      });
      for (const { sourceId } of page.items) seen.add(sourceId);
      cursor = page.next;
      // Offsets into mail events are not good for so long.
      time.advance(seen.size % 2 === 0 ? 600_000 : 1_000);
    } while (cursor !== null);
    expect(seen.size).toBe(fake.contents.touchpoints);
  });
});

describe('feedback', () => {
  const note = (record: string, more: Partial<FeedbackNote> = {}): FeedbackNote => ({
    feedbackId: '0197f1a2-0000-7000-8000-000000000001',
    record: { type: 'contact', id: record },
    verdict: 'returned',
    text: 'Zurück ans Marketing: kein Budget <2027>\nAnna, 2. März',
    at: '2026-03-02T08:00:00.000Z',
    withdrawn: false,
    remoteId: null,
    ...more,
  });

  test('becomes a note on the contact, once, changes with the verdict and goes with it', async () => {
    const { fake, io } = open({ contacts: 20 });
    const [contact = ''] = fake.account.records.contacts.keys();
    const notes = () => [...fake.account.records.notes.values()].filter(({ archived }) => !archived);
    const { remoteId } = await write(io(), note(contact));
    expect(notes()).toMatchObject([{ id: remoteId, contacts: [contact] }]);
    expect(notes()[0]?.properties['hs_note_body']).toContain('kein Budget &lt;2027&gt;<br>Anna');
    // The answer was lost: nobody knows the note's number.
    expect(await write(io(), note(contact))).toEqual({ remoteId });
    await write(io(), note(contact, { remoteId, text: 'Doch angenommen' }));
    expect(notes()).toHaveLength(1);
    expect(notes()[0]?.properties['hs_note_body']).toContain('Doch angenommen');
    expect(await write(io(), note(contact, { remoteId, withdrawn: true }))).toEqual({ remoteId: null });
    expect(notes()).toEqual([]);
    // Somebody deleted it, and the verdict stands again.
    expect((await write(io(), note(contact, { remoteId }))).remoteId).not.toBe(remoteId);
    expect(notes()).toHaveLength(1);
  });

  test('on a contact that is gone is told', async () => {
    const { io } = open({ contacts: 20 });
    await expect(write(io(), note('1'))).rejects.toMatchObject({ failure: 'not-found' });
  });

  const write = (...args: Parameters<NonNullable<typeof hubspot.writeFeedback>>) =>
    hubspot.writeFeedback?.(...args) ?? Promise.reject(new Error('It writes none.'));
});

describe('the check', () => {
  test('says that all is well', async () => {
    const { io } = open({ contacts: 20 });
    const findings = await hubspot.check(io());
    expect(findings.filter(({ ok }) => !ok)).toEqual([]);
    expect(findings[0]?.words.en).toBe('Signed in to account 4711000.');
  });

  test('tells of another account’s key', async () => {
    const { fake, io } = open({ contacts: 20 });
    fake.settings['portalId'] = '12';
    const [account] = await hubspot.check(io());
    expect(account).toMatchObject({ ok: false });
    expect(account?.words.en).toContain('4711000');
  });

  test('throws where nothing works', async () => {
    const { fake, io } = open({ contacts: 20, by: 'key' });
    fake.settings['accessToken'] = 'pat-eu1-revoked';
    const failed: unknown = await hubspot.check(io()).catch((error: unknown) => error);
    expect(failed).toMatchObject({ failure: 'signed-out' });
    expect(String(failed)).not.toContain('revoked');
  });
});

describe('webhooks', () => {
  const now = new Date('2026-03-02T08:00:00.000Z');
  const settings = { portalId: '4711000', clientSecret: 'shared-with-hubspot' };
  const secret = 'ours';
  const event = {
    ...{
      eventId: 100,
      subscriptionId: 7,
      portalId: 4_711_000,
      objectId: 1_000_123,
      occurredAt: 1,
      attemptNumber: 0,
    },
    ...{ subscriptionType: 'contact.propertyChange', propertyName: 'lifecyclestage', propertyValue: 'lead' },
  };
  const address = 'https://hub.example.com/webhooks/hubspot/w%2D1?to=a%40b%3Ac%20d';
  /** As HubSpot's guide has it: these characters are decoded, others are not. */
  const signedAddress = 'https://hub.example.com/webhooks/hubspot/w%2D1?to=a@b:c%20d';

  function signed(events: unknown, { at = now, address: uri = signedAddress } = {}): WebhookRequest {
    const body = JSON.stringify(events);
    const timestamp = String(at.getTime());
    const signature = createHmac('sha256', settings.clientSecret)
      .update(`POST${uri}${body}${timestamp}`)
      .digest('base64');
    const headers = new Headers({
      'X-HubSpot-Signature-v3': signature,
      'X-HubSpot-Request-Timestamp': timestamp,
    });
    return { method: 'POST', url: new URL(address), headers, body: Buffer.from(body) };
  }
  const isTaken = (request: WebhookRequest, given: object = settings) =>
    hubspot.webhook?.verify(request, { settings: given as typeof settings, secret, now });

  test('are taken with a right signature that is fresh', () => {
    const request = signed([event]);
    expect(isTaken(request)).toBe(true);
    expect(isTaken({ ...request, body: Buffer.from('[]') })).toBe(false);
    expect(isTaken({ ...request, method: 'PUT' })).toBe(false);
    expect(isTaken({ ...request, url: new URL('https://hub.example.com/other') })).toBe(false);
    expect(isTaken({ ...request, headers: new Headers() })).toBe(false);
    expect(isTaken(request, { portalId: '4711000' })).toBe(false);
    expect(isTaken(request, { ...settings, clientSecret: 'guessed' })).toBe(false);
    expect(isTaken(signed([event], { at: new Date(now.getTime() - 299_000) }))).toBe(true);
    expect(isTaken(signed([event], { at: new Date(now.getTime() - 301_000) }))).toBe(false);
    expect(isTaken(signed([event], { at: new Date(now.getTime() + 301_000) }))).toBe(false);
  });

  test('are the same when they are delivered again, in another order or attempt', () => {
    const other = { ...event, eventId: 101 };
    const key = hubspot.webhook?.replayKey(signed([event, other]));
    expect(hubspot.webhook?.replayKey(signed([{ ...other, attemptNumber: 1 }, event]))).toBe(key);
    expect(hubspot.webhook?.replayKey(signed([event]))).not.toBe(key);
    expect(hubspot.webhook?.replayKey(signed('nonsense'))).toBeNull();
  });

  test.each([
    ['contact.creation', {}, { pull: ['people'] }],
    ['contact.privacyDeletion', {}, { pull: ['people'] }],
    ['object.propertyChange', { objectTypeId: '0-1' }, { pull: ['people'] }],
    ['object.creation', { objectTypeId: '0-48' }, { pull: ['touchpoints'] }],
    ['deal.creation', {}, {}],
    ['contact.creation', { portalId: 12 }, {}],
  ])('%s %j asks for %j', (subscriptionType, more, news) => {
    const request = signed([{ ...event, subscriptionType, ...more }]);
    expect(hubspot.webhook?.read(request, settings)).toEqual(news);
  });

  test('that are no list of events are unreadable', () => {
    const read = () => hubspot.webhook?.read(signed({ hello: 1 }), settings);
    expect(read).toThrow(SourceError);
  });
});

test('records are found where people look at them', () => {
  const settings = { portalId: '4711000' };
  expect(hubspot.recordUrl(settings, { type: 'contact', id: '123' })).toBe(
    'https://app.hubspot.com/contacts/4711000/record/0-1/123',
  );
  expect(hubspot.recordUrl(settings, { type: 'company', id: '123' })).toBeNull();
});
