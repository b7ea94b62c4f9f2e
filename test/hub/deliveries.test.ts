import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { v7 as uuid } from 'uuid';
import { deliverDue } from '../../server/deliveries/deliver.ts';
import { forgetDeliveries } from '../../server/deliveries/delivery-store.ts';
import { runJobs } from '../../server/jobs/jobs.ts';
import type { Channel, Delivery } from '../../utils/contract/channel.ts';
import { startReceiver } from './support/receiver.ts';
import { type Call, useTestHub } from './support/test-hub.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
/** The longest waits of the schedule. */
const WAITS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400].map((wait) => wait * SECOND);

const hubs = useTestHub();
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeAll(async () => void (receiver = await startReceiver()));
afterAll(() => receiver.close());
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer(() => ({ status: 204 }));
});
afterEach(() => void vi.useRealTimers());

type Opened = Awaited<ReturnType<typeof hubs.open>>;

async function addChannel(admin: Call, rest: object = {}) {
  const body = {
    kind: 'webhook',
    name: 'CRM',
    url: `${receiver.url}/hook/s3cr3t-path`,
    events: ['feedback.created'],
  };
  const { status, json } = await admin('POST', '/v1/channels', { ...body, ...rest });
  expect(status).toBe(200);
  return json as { channel: Channel; secret: string | null };
}

/** A rep returns Lena, the way the panel does. */
async function giveFeedback(hub: Opened, rest: object = {}): Promise<string> {
  const rep = await hub.as(hub.rep);
  const id = uuid();
  const { status } = await rep('POST', '/v1/feedback', {
    id,
    about: { kind: 'lead', personId: hub.lena.id },
    verdict: 'returned',
    reasons: ['no-budget'],
    comment: 'Not <this> year & *not* <!channel>',
    clientTime: hub.now(),
    ...rest,
  });
  expect(status).toBe(200);
  return id;
}

const list = async (admin: Call, state: string) =>
  ((await admin('GET', `/v1/deliveries?state=${state}`)).json as { deliveries: Delivery[] }).deliveries;
const channelsOf = async (admin: Call) =>
  ((await admin('GET', '/v1/channels')).json as { channels: Channel[] }).channels;

/** The library looks at the real clock. */
function verify(hub: Opened, secret: string | null, index = 0, body = receiver.received[index]?.body ?? '') {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(hub.now()) });
  return new Webhook(secret ?? '').verify(body, receiver.received[index]?.headers as Record<string, string>);
}

test('a webhook is signed so that the receiver can check it, and holds no address', async () => {
  const hub = await hubs.open();
  const admin = await hub.as(hub.admin);
  const { secret, channel } = await addChannel(admin);
  expect(secret).toMatch(/^whsec_/);
  const id = await giveFeedback(hub);

  await deliverDue(hub.hub);
  expect(receiver.received).toHaveLength(0);
  hub.pass(15 * SECOND);
  await deliverDue(hub.hub);
  expect(receiver.received).toHaveLength(1);
  expect(receiver.received[0]?.path).toBe('/hook/s3cr3t-path');
  const payload = verify(hub, secret);
  expect(payload).toMatchObject({
    type: 'feedback.created',
    timestamp: '2026-11-20T09:00:00.000Z',
    data: {
      person: { id: hub.lena.id },
      feedback: { id, verdict: 'returned', reasons: ['no-budget'], by: { name: hub.rep.name } },
    },
  });
  const body = receiver.received[0]?.body ?? '';
  expect(body).not.toMatch(/Lena|Vogt|hafenlogistik/i);
  expect(() => verify(hub, secret, 0, body.replace('returned', 'accepted'))).toThrow('No matching signature');
  expect(() => verify(hub, 'whsec_AAAA')).toThrow('No matching signature');

  vi.useRealTimers();
  expect(await list(admin, 'delivered')).toMatchObject([
    {
      kind: 'feedback.created',
      channel: { id: channel.id, name: 'CRM' },
      attempts: 1,
      lastAttempt: { delivered: true },
    },
  ]);
  await deliverDue(hub.hub);
  expect(receiver.received).toHaveLength(1);
});

test('with personal data the webhook says who the lead is', async () => {
  const hub = await hubs.open();
  await addChannel(await hub.as(hub.admin), { includePersonalData: true });
  await giveFeedback(hub);
  hub.pass(15 * SECOND);
  await deliverDue(hub.hub);
  expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({
    data: {
      person: {
        name: 'Lena Vogt',
        emails: ['Lena.Vogt@Hafenlogistik.example', 'lena+messe@hafenlogistik.example'],
      },
    },
  });
});

test('every kind of event reaches a channel that wants it, and only that', async () => {
  const hub = await hubs.open();
  const admin = await hub.as(hub.admin);
  const kinds = [
    'feedback.created',
    'feedback.answered',
    'feedback.acted',
    'hand_over.created',
    'hand_over.breached',
    'stage.changed',
    'agreement.proposed',
    'agreement.in_force',
  ];
  await addChannel(admin, { events: kinds });
  await addChannel(admin, { name: 'Other', url: `${receiver.url}/other`, events: ['agreement.in_force'] });

  const id = await giveFeedback(hub);
  const marketer = await hub.as(hub.marketer);
  await marketer('POST', `/v1/feedback/${id}/replies`, { id: uuid(), text: 'We will ask again in May.' });
  await marketer('PATCH', `/v1/feedback/${id}`, { state: 'acted' });
  const { rows } = await sql<{ eventId: string }>`
    select p.stage_event_id as "eventId" from people p where p.id = ${hub.lena.id}`.execute(hubs.db);
  const eventId = rows[0]?.eventId;
  const back = { id: uuid(), personId: hub.lena.id, to: 'mql', basedOn: eventId, clientTime: hub.now() };
  expect((await marketer('POST', '/v1/stage-changes', back)).status).toBe(200);
  const { json } = await marketer('GET', '/v1/agreement/versions/1/text?format=json');
  const changed = (json as { text: string }).text.replace('"longestPauseDays": 14', '"longestPauseDays": 3');
  expect((await marketer('PUT', '/v1/agreement', { basedOn: 1, text: changed, format: 'json' })).status).toBe(
    200,
  );
  const manager = await hub.as(hub.salesManager);
  expect((await manager('POST', '/v1/agreement/versions/2/signatures', {})).status).toBe(200);
  hub.pass(10 * DAY);
  await runJobs(hub.hub);
  hub.pass(60 * SECOND);
  await deliverDue(hub.hub);

  const types = receiver.received
    .filter(({ path }) => path !== '/other')
    .map(({ body }) => (JSON.parse(body) as { type: string }).type);
  expect(new Set(types)).toEqual(new Set(kinds));
  // Each step of the escalation, and each move, is one.
  expect(types.filter((type) => type === 'hand_over.breached').length).toBeGreaterThan(1);
  expect(types.filter((type) => type === 'stage.changed')).toHaveLength(2);
  const others = receiver.received.filter(({ path }) => path === '/other');
  expect(others.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
    { type: 'agreement.in_force', data: { agreement: { version: 2, state: 'in-force' } } },
  ]);
});

test('without a channel that wants it, nothing is stored', async () => {
  const hub = await hubs.open();
  const admin = await hub.as(hub.admin);
  const { channel } = await addChannel(admin, { events: ['agreement.in_force'] });
  await giveFeedback(hub);
  await admin('PATCH', `/v1/channels/${channel.id}`, { events: ['feedback.created'], enabled: false });
  await giveFeedback(hub, { verdict: 'accepted', reasons: [] });
  expect(await list(admin, 'waiting')).toEqual([]);
});

test('what was taken back in time is not told', async () => {
  const hub = await hubs.open();
  const admin = await hub.as(hub.admin);
  await addChannel(admin);
  const id = await giveFeedback(hub);
  const rep = await hub.as(hub.rep);
  expect(
    (await rep('PATCH', `/v1/feedback/${id}`, { state: 'withdrawn', clientTime: hub.now() })).status,
  ).toBe(200);
  hub.pass(15 * SECOND);
  await deliverDue(hub.hub);
  expect(receiver.received).toEqual([]);
  expect(await list(admin, 'waiting')).toEqual([]);
});

test('a failure is tried again by the schedule, with the same id, until it is a dead letter; then by hand', async () => {
  const hub = await hubs.open();
  const admin = await hub.as(hub.admin);
  const { secret } = await addChannel(admin);
  await giveFeedback(hub);
  hub.pass(15 * SECOND);
  receiver.answer(() => ({ status: 500, body: 'x'.repeat(100_000) }));
  for (const wait of WAITS) {
    await deliverDue(hub.hub);
    const [waiting] = await list(admin, 'waiting');
    const left = Date.parse(waiting?.dueAt ?? '') - Date.parse(hub.now());
    expect(left).toBeGreaterThanOrEqual(0);
    expect(left).toBeLessThanOrEqual(wait);
    if (left > 0) {
      hub.pass(left - 1);
      const before = receiver.received.length;
      await deliverDue(hub.hub);
      expect(receiver.received).toHaveLength(before);
      hub.pass(1);
    }
  }
  await deliverDue(hub.hub);
  expect(receiver.received).toHaveLength(10);
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  const [dead] = await list(admin, 'dead');
  expect(dead).toMatchObject({
    attempts: 10,
    lastAttempt: { delivered: false, words: { en: 'The other system did not take it (HTTP 500).' } },
  });
  expect((await channelsOf(admin))[0]?.problem?.en).toBe('The other system did not take it (HTTP 500).');
  hub.pass(DAY);
  await deliverDue(hub.hub);
  expect(receiver.received).toHaveLength(10);

  receiver.answer(() => ({ status: 200 }));
  expect((await admin('POST', `/v1/deliveries/${dead?.id}/retry`, {})).status).toBe(200);
  expect((await admin('POST', `/v1/deliveries/${dead?.id}/retry`, {})).status).toBe(409);
  await deliverDue(hub.hub);
  expect(receiver.received[10]?.headers['webhook-id']).toBe(receiver.received[0]?.headers['webhook-id']);
  verify(hub, secret, 10);
  vi.useRealTimers();
  expect(await list(admin, 'dead')).toEqual([]);
  expect((await channelsOf(admin))[0]?.problem).toBeUndefined();
});

test('a receiver that asks for time gets it, one that is gone is left alone', async () => {
  const hub = await hubs.open();
  const admin = await hub.as(hub.admin);
  await addChannel(admin);
  await giveFeedback(hub);
  await giveFeedback(hub, { verdict: 'accepted', reasons: [] });
  hub.pass(15 * SECOND);
  receiver.answer(() => ({ status: 429, headers: { 'retry-after': '3600' } }));
  await deliverDue(hub.hub);
  expect(receiver.received).toHaveLength(2);
  hub.pass(HOUR - 1);
  await deliverDue(hub.hub);
  expect(receiver.received).toHaveLength(2);
  hub.pass(1);
  receiver.answer(() => ({ status: 410 }));
  await deliverDue(hub.hub);
  expect((await list(admin, 'dead')).length).toBeGreaterThan(0);
  const [channel] = await channelsOf(admin);
  expect(channel?.enabled).toBe(false);
  expect(channel?.problem?.en).toContain('gone');
});

test('redirects are not followed, and nothing answering is said in words', async () => {
  const hub = await hubs.open();
  const admin = await hub.as(hub.admin);
  const { channel } = await addChannel(admin);
  receiver.answer(() => ({ status: 307, headers: { location: `${receiver.url}/elsewhere` } }));
  const redirected = await admin('POST', `/v1/channels/${channel.id}/test`, {});
  expect(redirected.json).toMatchObject({
    delivered: false,
    words: { en: expect.stringContaining('redirects') as string },
  });
  expect(receiver.received).toHaveLength(1);
  await admin('PATCH', `/v1/channels/${channel.id}`, { url: 'http://127.0.0.1:1/' });
  const away = await admin('POST', `/v1/channels/${channel.id}/test`, {});
  expect(away.json).toMatchObject({ delivered: false, words: { en: 'The other system cannot be reached.' } });
});

test('a test says what came back and is signed, too', async () => {
  const hub = await hubs.open();
  const admin = await hub.as(hub.admin);
  const { channel, secret } = await addChannel(admin);
  const { json } = await admin('POST', `/v1/channels/${channel.id}/test`, {});
  expect(json).toMatchObject({ delivered: true, words: { de: 'Zugestellt (HTTP 204).' } });
  expect(verify(hub, secret)).toMatchObject({ type: 'test', data: {} });
});

test('a hub that dies in the middle is followed by one that sends the same again', async () => {
  const hub = await hubs.open();
  const admin = await hub.as(hub.admin);
  await addChannel(admin);
  await giveFeedback(hub);
  hub.pass(15 * SECOND);
  // The first one sends, but never gets to note it.
  const clock = () => {
    if (receiver.received.length > 0) throw new Error('died');
    return new Date(hub.now());
  };
  await expect(deliverDue({ ...hub.hub, clock })).rejects.toThrow('died');
  expect(receiver.received).toHaveLength(1);
  await deliverDue(hub.hub);
  expect(receiver.received).toHaveLength(1);
  hub.pass(30 * SECOND);
  await deliverDue(hub.hub);
  expect(receiver.received).toHaveLength(2);
  expect(receiver.received[1]?.headers['webhook-id']).toBe(receiver.received[0]?.headers['webhook-id']);
  expect(await list(admin, 'delivered')).toMatchObject([{ attempts: 2 }]);
});

test('two hubs deliver each once, and a channel that hangs leaves room for others', async () => {
  const hub = await hubs.open();
  const admin = await hub.as(hub.admin);
  await addChannel(admin, { url: `${receiver.url}/slow` });
  await addChannel(admin, { name: 'Quick', url: `${receiver.url}/quick` });
  for (let index = 0; index < 12; index++) {
    await giveFeedback(hub, {
      about: { kind: 'campaign', campaignId: hub.campaign.id },
      verdict: 'praise',
      reasons: [],
    });
  }
  hub.pass(15 * SECOND);
  let release = () => {};
  const after = new Promise<void>((resolve) => (release = resolve));
  receiver.answer(({ path }) => (path === '/slow' ? { status: 204, after } : { status: 204 }));
  const both = Promise.all([deliverDue(hub.hub), deliverDue(hub.hub)]);
  // Each hub has at most four of the slow ones under way.
  await receiver.has(12 + 8);
  expect(receiver.received.filter(({ path }) => path === '/quick')).toHaveLength(12);
  release();
  await both;
  expect(receiver.received).toHaveLength(24);
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(24);
});

test('a hub that stops finishes what is under way and takes nothing more', async () => {
  const hub = await hubs.open();
  const admin = await hub.as(hub.admin);
  await addChannel(admin);
  for (let index = 0; index < 6; index++) {
    await giveFeedback(hub, {
      about: { kind: 'campaign', campaignId: hub.campaign.id },
      verdict: 'praise',
      reasons: [],
    });
  }
  hub.pass(15 * SECOND);
  let release = () => {};
  const after = new Promise<void>((resolve) => (release = resolve));
  receiver.answer(() => ({ status: 204, after }));
  let stopped = false;
  const running = deliverDue(hub.hub, () => stopped);
  await receiver.has(4);
  stopped = true;
  release();
  await running;
  expect(receiver.received).toHaveLength(4);
  expect(await list(admin, 'delivered')).toHaveLength(4);
  expect(await list(admin, 'waiting')).toMatchObject([{ attempts: 0 }, { attempts: 0 }]);
});

test('while a secret is rotated both sign, for a day', async () => {
  const hub = await hubs.open();
  const admin = await hub.as(hub.admin);
  const { channel, secret: old } = await addChannel(admin);
  const rotated = await admin('POST', `/v1/channels/${channel.id}/secret`, {});
  const { secret } = rotated.json as { secret: string };
  expect(secret).not.toBe(old);
  const tryOut = () => admin('POST', `/v1/channels/${channel.id}/test`, {});
  await tryOut();
  verify(hub, old, 0);
  verify(hub, secret, 0);
  vi.useRealTimers();
  hub.pass(DAY);
  await tryOut();
  expect(() => verify(hub, old, 1)).toThrow('No matching signature');
  verify(hub, secret, 1);
});

test('a channel of a chat says what a colleague needs, and people cannot write markup', async () => {
  const hub = await hubs.open();
  const admin = await hub.as(hub.admin);
  const { secret } = await addChannel(admin, { kind: 'slack', url: `${receiver.url}/slack`, language: 'de' });
  expect(secret).toBeNull();
  await addChannel(admin, { kind: 'teams', url: `${receiver.url}/teams` });
  await giveFeedback(hub);
  hub.pass(15 * SECOND);
  await deliverDue(hub.hub);
  const slack = receiver.received.find(({ path }) => path === '/slack')?.body ?? '';
  expect(JSON.parse(slack)).toEqual({
    text: 'Der Vertrieb hat einen Lead zurückgegeben',
    blocks: [
      '*Der Vertrieb hat einen Lead zurückgegeben*',
      '*Lead:* Lena Vogt, Hafenlogistik GmbH',
      expect.stringMatching(/^\*Grund:\* \S/) as string,
      '*Kommentar:* Not &lt;this&gt; year &amp; *not* &lt;!channel&gt;',
      '*Von:* Rita Rep',
    ].map((text) => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } })),
  });
  const teams = receiver.received.find(({ path }) => path === '/teams')?.body ?? '';
  expect(teams).toContain('Not <this> year & *not* <!channel>');
  expect(teams).toContain('Lena Vogt, Hafenlogistik GmbH');
  expect(JSON.parse(teams)).toMatchObject({
    type: 'message',
    attachments: [
      { contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard' } },
    ],
  });
});

test('secrets and addresses are in no log, answer or table', async () => {
  const hub = await hubs.open();
  const admin = await hub.as(hub.admin);
  const key = { 'idempotency-key': uuid() };
  const body = {
    kind: 'webhook',
    name: 'CRM',
    url: `${receiver.url}/hook/s3cr3t-path`,
    events: ['feedback.created'],
  };
  const created = await admin('POST', '/v1/channels', body, key);
  const { secret, channel } = created.json as { secret: string; channel: Channel };
  // A repeated request is answered the same, though what was kept of the answer is encrypted.
  expect((await admin('POST', '/v1/channels', body, key)).text).toBe(created.text);
  await giveFeedback(hub);
  hub.pass(15 * SECOND);
  receiver.answer(() => ({ status: 500 }));
  await deliverDue(hub.hub);
  await admin('POST', `/v1/channels/${channel.id}/test`, {});

  const told = [
    ...(await Promise.all(
      ['/v1/channels', '/v1/deliveries?state=waiting'].map(async (path) => (await admin('GET', path)).text),
    )),
    ...hub.log,
  ];
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public'`.execute(hubs.db);
  for (const { name } of rows) {
    const { rows: stored } = await sql<{
      text: string;
    }>`select t::text as text from ${sql.table(name)} t`.execute(hubs.db);
    told.push(...stored.map(({ text }) => text));
  }
  for (const text of told) {
    expect(text).not.toContain('s3cr3t-path');
    expect(text).not.toContain(secret.replace('whsec_', ''));
  }
});

test('only administrators see channels, and a hub without a key makes none', async () => {
  const hub = await hubs.open();
  const { channel } = await addChannel(await hub.as(hub.admin));
  for (const user of [hub.rep, hub.marketer, hub.salesManager]) {
    const call = await hub.as(user);
    expect((await call('GET', '/v1/channels')).status).toBe(403);
    expect((await call('POST', `/v1/channels/${channel.id}/test`, {})).status).toBe(403);
  }
  const keyless = await hubs.open({ secrets: null });
  const admin = await keyless.as(keyless.admin);
  const body = { kind: 'slack', name: 'Sales', url: 'https://hooks.example/x', events: ['feedback.created'] };
  const refused = await admin('POST', '/v1/channels', body);
  expect(refused).toMatchObject({
    status: 409,
    json: { detail: expect.stringContaining('TANDEM_SECRET_KEYS') as string },
  });
  const plain = await hub.as(hub.admin);
  for (const url of ['http://hooks.example/x', 'ftp://hooks.example/x', 'https://a:b@hooks.example/x', 'x']) {
    expect((await plain('POST', '/v1/channels', { ...body, url })).status).toBe(400);
  }
});

test('a removed channel takes its deliveries along', async () => {
  const hub = await hubs.open();
  const admin = await hub.as(hub.admin);
  const { channel } = await addChannel(admin);
  await giveFeedback(hub);
  expect((await admin('DELETE', `/v1/channels/${channel.id}`)).status).toBe(204);
  expect(await list(admin, 'waiting')).toEqual([]);
  expect((await admin('DELETE', `/v1/channels/${channel.id}`)).status).toBe(404);
});

test('what was delivered is forgotten after a week, what was not after a month', async () => {
  const hub = await hubs.open();
  const admin = await hub.as(hub.admin);
  await addChannel(admin);
  await addChannel(admin, { name: 'Gone', url: `${receiver.url}/gone` });
  await giveFeedback(hub);
  hub.pass(15 * SECOND);
  receiver.answer(({ path }) => ({ status: path === '/gone' ? 410 : 204 }));
  await deliverDue(hub.hub);
  const counts = async () => {
    await forgetDeliveries(hubs.db, hub.workspace.id, new Date(hub.now()));
    return [(await list(admin, 'delivered')).length, (await list(admin, 'dead')).length];
  };
  hub.pass(7 * DAY);
  expect(await counts()).toEqual([1, 1]);
  hub.pass(1);
  expect(await counts()).toEqual([0, 1]);
  hub.pass(23 * DAY);
  expect(await counts()).toEqual([0, 0]);
});
