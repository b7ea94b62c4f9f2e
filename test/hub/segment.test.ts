import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { getRequestListener } from '@hono/node-server';
import { Analytics } from '@segment/analytics-node';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { afterEach, describe, expect, test } from 'vitest';
import { tidy } from '../../server/jobs/tidy.ts';
import { MAX_WAITING } from '../../server/segment/waiting.ts';
import { ContextResponse } from '../../utils/contract/lead-context.ts';
import { SegmentAnswer } from '../../utils/contract/segment.ts';
import { CreatedWriteKey } from '../../utils/contract/write-key.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const DAY = 86_400_000;
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function open() {
  const hub = await hubs.open();
  const admin = await hub.as(hub.admin);
  const { key } = CreatedWriteKey.parse((await admin('POST', '/v1/write-keys', { name: 'Site' })).json);
  const authorization = `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
  const post = async (path: string, body: unknown) => {
    const answer = await hub.call('POST', `/v1/${path}`, body, { authorization });
    expect(answer.text).not.toContain('stack');
    expect(answer.status).toBe(200);
    return SegmentAnswer.parse(answer.json);
  };
  return {
    ...hub,
    key,
    authorization,
    post,
    batch: (...messages: object[]) =>
      post('batch', { batch: messages.map((message) => ({ messageId: uuid(), ...message })) }),
    context: async (email: string) => {
      const answer = await admin('POST', '/v1/context', { queries: [{ email }] });
      return ContextResponse.parse(answer.json).contexts[0] ?? null;
    },
  };
}

/** The hub over HTTP; `before` may answer a request in its place. */
async function listen(hub: Awaited<ReturnType<typeof open>>, before: () => Response | null = () => null) {
  const bodies: string[] = [];
  const listener = getRequestListener(async (request) => {
    bodies.push(await request.clone().text());
    return before() ?? hub.app.fetch(request, {});
  });
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const analytics = new Analytics({
    writeKey: hub.key,
    host: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    flushAt: 50,
    flushInterval: 60_000,
  });
  const errors: unknown[] = [];
  analytics.on('error', (error) => errors.push(error));
  return { analytics, bodies, errors };
}

const identify = (userId: string, traits: object, more: object = {}) => ({
  type: 'identify',
  userId,
  traits,
  ...more,
});
const track = (userId: string, event: string, more: object = {}) => ({
  type: 'track',
  userId,
  event,
  ...more,
});

describe('Segment’s own client', () => {
  test('identifies people and tracks what they do', async () => {
    const hub = await open();
    const { analytics, errors } = await listen(hub);
    analytics.identify({
      userId: 'u-17',
      traits: {
        email: 'Pia@Spedition.example',
        firstName: 'Pia',
        lastName: 'Petersen',
        company: { name: 'Spedition Petersen', employee_count: 40 },
        title: 'Disponentin',
        phone: '+49 40 1',
        address: { city: 'Hamburg', country: 'de' },
        locale: 'de-DE',
        plan: 'trial',
      },
    });
    analytics.track({
      userId: 'u-17',
      event: 'Form Submitted',
      properties: { title: 'Angebot' },
      context: {
        campaign: { name: 'Herbst', source: 'newsletter', medium: 'email' },
        page: { url: 'https://www.example.com/angebot?mail=pia@spedition.example', title: 'Seite' },
      },
    });
    analytics.track({ userId: 'u-17', event: 'Robot Danced' });
    analytics.track({
      userId: 'u-17',
      event: 'email_opened',
      context: { userAgent: 'GoogleImageProxy' },
    });
    analytics.page({ userId: 'u-17', name: 'Prices', properties: { url: 'https://www.example.com/prices' } });
    analytics.screen({ userId: 'u-17', name: 'Start' });
    analytics.group({ userId: 'u-17', groupId: 'g-1', traits: { industry: 'Logistics' } });
    analytics.alias({ userId: 'u-17', previousId: 'a-1' });
    await analytics.closeAndFlush();
    expect(errors).toEqual([]);

    const found = await hub.context('pia@spedition.example');
    expect(found?.person).toMatchObject({
      name: 'Pia Petersen',
      emails: ['Pia@Spedition.example'],
      company: 'Spedition Petersen',
      title: 'Disponentin',
      phone: '+49 40 1',
      country: 'DE',
      language: 'de',
      externalIds: [{ system: 'segment', type: 'user', id: 'u-17' }],
      attributes: { plan: 'trial', industry: 'Logistics' },
    });
    const shown = found?.touchpoints.map(({ kind, title, url, machine }) => ({ kind, title, url, machine }));
    expect(shown).toHaveLength(5);
    expect(shown).toEqual(
      expect.arrayContaining([
        { kind: 'form.submitted', title: 'Angebot', url: 'https://www.example.com/angebot', machine: false },
        { kind: 'custom', title: 'Robot Danced', machine: false },
        { kind: 'email.opened', title: 'email_opened', machine: true },
        { kind: 'page.visited', title: 'Prices', url: 'https://www.example.com/prices', machine: false },
        { kind: 'page.visited', title: 'Start', machine: false },
      ]),
    );
    expect(found?.campaigns).toMatchObject([{ name: 'Herbst', kind: 'mail' }]);
    expect(hub.log.join('')).not.toMatch(/pia|petersen|u-17/i);
  });

  test('tries again after 5xx and 429, and nothing happens twice', async () => {
    const hub = await open();
    const failures = [
      () => new Response(null, { status: 503 }),
      () => new Response(null, { status: 429, headers: { 'retry-after': '1' } }),
    ];
    const { analytics, bodies, errors } = await listen(hub, () => failures.shift()?.() ?? null);
    analytics.identify({ userId: 'u-1', traits: { email: 'una@spedition.example' } });
    analytics.track({ userId: 'u-1', event: 'Webinar Attended' });
    await analytics.closeAndFlush();
    expect(errors).toEqual([]);
    expect(bodies).toHaveLength(3);
    const [first] = bodies;
    // An answer that never came: the client would send the same once more.
    expect(await hub.post('batch', first)).toEqual({ success: true });
    const found = await hub.context('una@spedition.example');
    expect(found?.touchpoints.map(({ kind }) => kind)).toEqual(['webinar.watched']);
    expect(found?.touchpointCount).toBe(1);
  });

  test('sends a batch as large as it makes them', async () => {
    const hub = await open();
    const { analytics, bodies, errors } = await listen(hub);
    analytics.identify({ userId: 'u-1', traits: { email: 'una@spedition.example' } });
    for (let index = 0; index < 20; index++) {
      analytics.track({ userId: 'u-1', event: `Step ${index}`, properties: { text: 'x'.repeat(22_000) } });
    }
    await analytics.closeAndFlush();
    expect(errors).toEqual([]);
    expect(Math.max(...bodies.map((body) => body.length))).toBeGreaterThan(400_000);
    expect((await hub.context('una@spedition.example'))?.touchpointCount).toBe(20);
  });
});

describe('messages', () => {
  test('that are bad are named and lose no good ones', async () => {
    const { batch, context } = await open();
    const answer = await batch(
      identify('u-1', { email: 'una@spedition.example' }),
      { type: 'track', userId: 'u-1' },
      { type: 'dance', userId: 'u-1' },
      { type: 'track', event: 'Form Submitted' },
      track('u-1', 'Form Submitted'),
      track('u-1', 'Long', { properties: { text: 'x'.repeat(33_000) } }),
      { messageId: null, ...track('u-1', 'Form Submitted') },
      identify('u-2', { email: 'info@spedition.example' }),
      identify('u-3', { email: 'info@spedition.example' }),
    );
    expect(answer.rejected?.map(({ index }) => index)).toEqual([1, 2, 3, 5, 6, 8]);
    expect(JSON.stringify(answer)).not.toContain('spedition');
    expect((await context('una@spedition.example'))?.touchpointCount).toBe(1);
  });

  test('one by one go to addresses of their own', async () => {
    const { post, context } = await open();
    expect(
      await post('identify', { messageId: '1', userId: 'u', traits: { email: 'u@spedition.example' } }),
    ).toEqual({
      success: true,
    });
    await post('track', { messageId: '2', userId: 'u', event: 'Demo Requested' });
    await post('page', { messageId: '3', userId: 'u' });
    await post('import', { batch: [{ type: 'track', messageId: '4', userId: 'u', event: 'Ad Clicked' }] });
    const bad = await post('track', { messageId: '5', userId: 'u' });
    expect(bad.rejected).toHaveLength(1);
    const kinds = (await context('u@spedition.example'))?.touchpoints.map(({ kind }) => kind).toSorted();
    expect(kinds).toEqual(['ad.clicked', 'form.submitted', 'page.visited']);
  });

  test('are dated by the hub’s clock, however wrong the sender’s is', async () => {
    const { post, context, now } = await open();
    const wrong = Date.parse(now()) + 5 * DAY;
    const at = (milliseconds: number) => new Date(milliseconds).toISOString();
    await post('batch', {
      sentAt: at(wrong),
      batch: [
        { messageId: '1', ...identify('u', { email: 'u@spedition.example' }) },
        { messageId: '2', ...track('u', 'Form Submitted', { timestamp: at(wrong - 60_000) }) },
        { messageId: '3', ...track('u', 'Form Submitted', { originalTimestamp: at(wrong + DAY) }) },
      ],
    });
    const found = await context('u@spedition.example');
    expect(found?.touchpoints.map(({ occurredAt }) => occurredAt)).toEqual([
      now(),
      at(Date.parse(now()) - 60_000),
    ]);
  });

  test('may come packed', async () => {
    const { app, authorization, context } = await open();
    const body = JSON.stringify({ messageId: '1', userId: 'u', traits: { email: 'u@spedition.example' } });
    const send = async (packed: Uint8Array<ArrayBuffer>, encoding = 'gzip') => {
      const headers = { authorization, 'content-type': 'application/json', 'content-encoding': encoding };
      return (await app.request('/v1/identify', { method: 'POST', headers, body: packed })).status;
    };
    expect(await send(new Uint8Array(gzipSync(body)))).toBe(200);
    expect(await context('u@spedition.example')).not.toBeNull();
    expect(await send(new Uint8Array(gzipSync('x'.repeat(50_000_000))))).toBe(413);
    expect(await send(new TextEncoder().encode(body))).toBe(400);
    expect(await send(new TextEncoder().encode(body), 'br')).toBe(400);
  });
});

describe('identify', () => {
  test('adds to what is known, and takes nothing away', async () => {
    const { batch, context, lena } = await open();
    await batch(identify('u', { email: 'u@spedition.example', name: 'Uwe', company: 'Spedition' }));
    await batch(identify('u', { title: 'Chef' }));
    await batch(identify('u', { email: 'uwe@spedition.example' }));
    expect((await context('u@spedition.example'))?.person).toMatchObject({
      name: 'Uwe',
      company: 'Spedition',
      title: 'Chef',
      emails: ['u@spedition.example', 'uwe@spedition.example'],
    });
    // Whom the CRM knows already gets a record, and keeps what the CRM says.
    const address = 'lena.vogt@hafenlogistik.example';
    await batch(identify('l', { email: address, name: 'Somebody', phone: '1', company: 'Other' }));
    expect((await context(address))?.person).toMatchObject({
      id: lena.id,
      name: 'Lena Vogt',
      company: 'Hafenlogistik GmbH',
      phone: '1',
      externalIds: [...lena.externalIds, { system: 'segment', type: 'user', id: 'l' }],
    });
  });
});

describe('visitors', () => {
  test('get what they did once they are named, once', async () => {
    const { batch, context } = await open();
    const first = { messageId: 'm-1', type: 'page', anonymousId: 'a-1', name: 'Prices' };
    await batch(
      first,
      { type: 'track', anonymousId: 'a-1', event: 'Asset Downloaded' },
      track('u-1', 'Form Submitted'),
    );
    await batch(first);
    expect(await countWaiting()).toBe(3);
    await batch(identify('u-1', { email: 'una@spedition.example' }, { anonymousId: 'a-1' }));
    expect(await countWaiting()).toBe(0);
    await batch(first, { type: 'page', anonymousId: 'a-1', name: 'Later' });
    const found = await context('una@spedition.example');
    expect(found?.touchpoints.map(({ title }) => title).toSorted()).toEqual([
      'Asset Downloaded',
      'Form Submitted',
      'Later',
      'Prices',
    ]);
  });

  test('are named by an alias or by their address, too', async () => {
    const { batch, context } = await open();
    await batch(
      { type: 'page', anonymousId: 'a-1', name: 'One' },
      { type: 'page', anonymousId: 'a-2', name: 'Two' },
    );
    await batch(identify('u-1', { email: 'una@spedition.example' }), {
      type: 'alias',
      userId: 'u-1',
      previousId: 'a-1',
    });
    await batch({ type: 'identify', anonymousId: 'a-2', traits: { email: 'tom@spedition.example' } });
    expect((await context('una@spedition.example'))?.touchpoints.map(({ title }) => title)).toEqual(['One']);
    expect((await context('tom@spedition.example'))?.touchpoints.map(({ title }) => title)).toEqual(['Two']);
  });

  test('nobody names are forgotten, and kept within bounds until then', async () => {
    const { batch, hub, pass, workspace } = await open();
    const pages = Array.from({ length: MAX_WAITING + 20 }, (_, index) => ({
      type: 'page',
      anonymousId: 'a-1',
      name: `Page ${index}`,
    }));
    await batch(...pages.slice(0, 300));
    await batch(...pages.slice(300));
    expect(await countWaiting()).toBe(MAX_WAITING);
    pass(30 * DAY);
    await tidy(hubs.db, workspace.id, hub.clock());
    expect(await countWaiting()).toBe(MAX_WAITING);
    pass(1);
    await tidy(hubs.db, workspace.id, hub.clock());
    expect(await countWaiting()).toBe(0);
  });
});

async function countWaiting(): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from waiting_events`.execute(hubs.db);
  return rows[0]?.n ?? 0;
}
