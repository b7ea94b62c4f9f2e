import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createSourceAccess } from '../../server/connectors/source-access.ts';
import { tidy } from '../../server/jobs/tidy.ts';
import type { Source } from '../../utils/contract/source.ts';
import { littleConnector, oauthConnector, signed } from './support/little-connector.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const MINUTE = 60_000;
const person = {
  record: { type: 'contact', id: '7' },
  name: 'Iris Sommer',
  emails: ['iris@webhook.example'],
  status: 'Warm lead',
};
const news = JSON.stringify({
  people: [person],
  touchpoints: [
    {
      sourceId: 'form-1',
      kind: 'form.submitted',
      channel: 'web',
      direction: 'inbound',
      title: 'Price list',
      machine: false,
      occurredAt: '2026-11-20T08:00:00.000Z',
      person: { record: person.record },
    },
  ],
});

/** A hub with both of the test's sources; `send` sends as the one that signs. */
async function open() {
  const connectors = [littleConnector, oauthConnector];
  const opened = await hubs.open({
    sources: createSourceAccess({ allowPrivate: true, connectors }),
    publicUrl: 'https://hub.example',
  });
  const admin = await opened.as(opened.admin);
  const url = 'https://crm.example';
  const little = { system: 'little', settings: { url, key: 'key-of-the-little-one' } };
  const added = (await admin('POST', '/v1/sources', little)).json as Source;
  await admin('POST', '/v1/sources', { system: 'signed', settings: { url, clientId: 'tandem' } });
  const source = async (system: string) => {
    const { json } = await admin('GET', '/v1/sources');
    return (json as { sources: Source[] }).sources.find((one) => one.system === system)!;
  };
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    opened.call('POST', path, body, headers);
  const sign = (body: string, at = opened.hub.clock(), secret = added.webhook!.secret) => {
    const time = String(at.getTime());
    return { 'x-little-time': time, 'x-little-signature': signed(secret, time, body) };
  };
  const send = (body: string, headers = sign(body)) => post('/v1/webhooks/little', body, headers);
  const counted = async (outcome: string) => {
    const { values } = await opened.hub.metrics.registry.getSingleMetric('tandem_webhooks_total')!.get();
    return values
      .filter(({ labels }) => labels['outcome'] === outcome)
      .reduce((sum, { value }) => sum + value, 0);
  };
  /** What the hub says of the person whom the webhooks tell of. */
  const known = async () =>
    (await admin('POST', '/v1/context', { queries: [{ email: person.emails[0] }] })).text;
  return { ...opened, admin, source, post, send, sign, counted, known };
}

test('what a signed webhook brings is stored as a pull would', async () => {
  const { send, known, counted } = await open();
  expect(await known()).not.toContain(person.name);
  const answer = await send(news);
  expect([answer.status, answer.text]).toEqual([200, '']);
  const said = await known();
  for (const words of [person.name, person.status, 'Price list']) expect(said).toContain(words);
  expect(await counted('taken')).toBe(1);
});

test('a bad signature is refused and counted, and nothing is stored', async () => {
  const { send, sign, source, counted, known, hub } = await open();
  const wrong = [
    {},
    sign(`${news} `),
    sign(news, hub.clock(), 'another-secret'),
    { ...sign(news), 'x-little-time': '0' },
    { ...sign(news), 'x-little-signature': 'ü' },
  ];
  for (const headers of wrong) expect((await send(news, headers as never)).status).toBe(401);
  expect(await known()).not.toContain(person.name);
  expect((await source('little')).webhook?.refused).toBe(wrong.length);
  expect(await counted('refused')).toBe(wrong.length);
});

test('a second delivery has no effect, for a week; one from the past is refused', async () => {
  const { send, sign, counted, pass, workspace, hub } = await open();
  const receipts = async () =>
    (await sql`select 1 from webhook_receipts r where r.workspace_id = ${workspace.id}`.execute(hubs.db)).rows
      .length;
  const pull = JSON.stringify({ pull: ['people'] });
  const headers = sign(pull);
  expect((await send(pull, headers)).status).toBe(200);
  const due = async () =>
    (
      await sql<{ at: string }>`
    select s.due_at::text as at from sources s where s.workspace_id = ${workspace.id} and s.system = 'little'`.execute(
        hubs.db,
      )
    ).rows[0]?.at;
  const before = await due();
  pass(MINUTE);
  expect((await send(pull, headers)).status).toBe(200);
  expect(await due()).toBe(before);
  expect([await counted('taken'), await counted('repeated')]).toEqual([1, 1]);
  const together = sign(pull);
  const answers = await Promise.all([send(pull, together), send(pull, together), send(pull, together)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(await counted('taken')).toBe(2);
  pass(6 * MINUTE);
  expect((await send(pull, headers)).status).toBe(401);
  expect(await receipts()).toBe(2);
  pass(7 * 24 * 60 * MINUTE);
  await tidy(hubs.store.in(workspace.id), workspace.id, hub.clock());
  expect(await receipts()).toBe(0);
});

test('what is only told of is pulled at once', async () => {
  const { send, source, workspace, now, pass } = await open();
  await sql`
    update sources s set due_at = ${'2027-01-01'}, next_round_at = ${'2027-01-01'}
    where s.workspace_id = ${workspace.id}`.execute(hubs.db);
  pass(MINUTE);
  expect((await send('{}')).status).toBe(200);
  expect((await source('little')).nextRunAt).toBe('2027-01-01T00:00:00.000Z');
  expect((await send('{"pull":["people"]}')).status).toBe(200);
  expect((await source('little')).nextRunAt).toBe(now());
  expect((await source('signed')).nextRunAt).toBe('2027-01-01T00:00:00.000Z');
});

test('a system that knows nothing but an address proves itself by its end, which no log shows', async () => {
  const { post, source, known, log, counted } = await open();
  const { url, secret } = (await source('signed')).webhook!;
  expect(url).toBe(`https://hub.example/v1/webhooks/signed/${secret}`);
  const path = new URL(url).pathname;
  expect((await post(path.slice(0, -1), news)).status).toBe(401);
  expect((await post('/v1/webhooks/signed', news)).status).toBe(401);
  expect((await source('signed')).webhook?.refused).toBe(2);
  expect(await known()).not.toContain(person.name);
  expect((await post(path, news, { 'x-delivery': '1' })).status).toBe(200);
  expect(await known()).toContain(person.name);
  expect((await post(path, news, { 'x-delivery': '1' })).status).toBe(200);
  expect(await counted('repeated')).toBe(1);
  expect(log.join('')).not.toContain(secret.slice(0, 20));
  expect(log.join('')).not.toContain(person.emails[0]);
});

test('what is genuine and makes no sense is said so, and may come again once it does', async () => {
  const { send, counted } = await open();
  expect((await send('no JSON')).status).toBe(400);
  expect(await counted('unreadable')).toBe(1);
  expect((await send(JSON.stringify({ people: [person, { record: person.record }] }))).status).toBe(400);
});

test('there is nothing at the address of a source that is switched off, removed, or never was', async () => {
  const { send, admin, post } = await open();
  await admin('PATCH', '/v1/sources/little', { enabled: false });
  expect((await send(news)).status).toBe(404);
  await admin('DELETE', '/v1/sources/little');
  expect((await send(news)).status).toBe(404);
  expect((await post('/v1/webhooks/nothing', news)).status).toBe(404);
});

test('a webhook is bounded in size and in number', async () => {
  const { send, sign } = await open();
  const large = JSON.stringify({ people: [], padding: 'x'.repeat(1024 * 1024) });
  expect(
    (await send(large, { ...sign(large), 'content-length': String(large.length) } as never)).status,
  ).toBe(413);
  const answer = await send('{}');
  expect(answer.headers.get('ratelimit-policy')).toBe('"webhooks";q=600;w=60');
});
