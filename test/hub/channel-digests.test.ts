import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { v7 as uuid } from 'uuid';
import { deliverDue } from '../../server/deliveries/deliver.ts';
import { noteDigests } from '../../server/deliveries/note-digests.ts';
import { startReceiver } from './support/receiver.ts';
import { useTestHub } from './support/test-hub.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const HOSTILE = '<!channel> <https://evil.example|Log in> & *you*\n*Lead:* nobody';

const hubs = useTestHub();
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeAll(async () => void (receiver = await startReceiver()));
afterAll(() => receiver.close());
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer(() => ({ status: 204 }));
});

/** A hub on a Friday at nine: channels are added, and news only when asked for. */
async function open() {
  const hub = await hubs.open();
  const admin = await hub.as(hub.admin);
  const add = async (name: string, events: readonly string[], rest: object = {}) => {
    const channel = { kind: 'webhook', name, url: `${receiver.url}/${name}`, events, ...rest };
    const added = await admin('POST', '/v1/channels', channel);
    expect(added.status, added.text).toBe(200);
    return (added.json as { channel: { id: string } }).channel.id;
  };
  const praise = async () => {
    const rep = await hub.as(hub.rep);
    const about = { kind: 'campaign', campaignId: hub.campaign.id };
    const body = { about, verdict: 'praise', reasons: [], comment: HOSTILE, clientTime: hub.now() };
    expect((await rep('POST', '/v1/feedback', { id: uuid(), ...body })).status).toBe(200);
  };
  const note = () => noteDigests(hubs.db, hub.workspace.id, new Date(hub.now()));
  const received = () => receiver.received.map(({ path }) => path).toSorted();
  const body = (path: string) =>
    JSON.parse(receiver.received.find((one) => one.path === path)?.body ?? '{}') as unknown;
  return { ...hub, admin, add, praise, note, received, body };
}

test('goes out once each Monday, whatever the number of hubs, to channels that want it', async () => {
  const { add, praise, note, received, hub, pass, body } = await open();
  await add('marketing', ['digest.marketing']);
  await add('other', ['agreement.in_force']);
  await praise();
  await note();
  await deliverDue(hub);
  expect(received()).toEqual([]);

  // From Friday to Monday.
  pass(3 * DAY);
  await Promise.all([note(), note(), note()]);
  await Promise.all([deliverDue(hub), deliverDue(hub)]);
  // Another hub that starts later.
  pass(HOUR);
  await note();
  await deliverDue(hub);
  expect(received()).toEqual(['/marketing']);
  expect(body('/marketing')).toMatchObject({
    type: 'digest.marketing',
    timestamp: '2026-11-23T09:00:00.000Z',
    data: { digest: { team: 'marketing', waiting: 1, praise: { count: 1, first: [{ by: 'Rita Rep' }] } } },
  });

  pass(7 * DAY);
  await note();
  await deliverDue(hub);
  expect(received()).toEqual(['/marketing', '/marketing']);
});

test('is not sent when there is nothing to say', async () => {
  const { add, note, received, hub, pass, workspace } = await open();
  await add('both', ['digest.sales', 'digest.marketing']);
  pass(3 * DAY);
  await note();
  await deliverDue(hub);
  expect(received()).toEqual([]);
  const { rows } = await sql`
    select 1 from deliveries d where d.workspace_id = ${workspace.id}`.execute(hubs.db);
  expect(rows).toEqual([]);
});

test('a hub that dies after noting it leaves it to the next one', async () => {
  const { add, praise, note, received, hub, pass } = await open();
  await add('marketing', ['digest.marketing']);
  await praise();
  pass(3 * DAY);
  await note();
  receiver.answer(() => ({ status: 503 }));
  await deliverDue(hub);
  receiver.answer(() => ({ status: 204 }));
  pass(30 * HOUR);
  await note();
  await deliverDue(hub);
  expect(received()).toEqual(['/marketing', '/marketing']);
  const ids = new Set(receiver.received.map(({ headers }) => headers['webhook-id']));
  expect(ids.size).toBe(1);
});

test('a channel that is off gets none, and who takes both teams gets one of each', async () => {
  const { add, praise, note, received, hub, pass, admin, marketer, as, now } = await open();
  const off = await add('off', ['digest.marketing']);
  expect((await admin('PATCH', `/v1/channels/${off}`, { enabled: false })).status).toBe(200);
  await add('both', ['digest.sales', 'digest.marketing']);
  await praise();
  const later = (days: number) => new Date(Date.parse(now()) + days * DAY).toISOString();
  const plan = {
    id: uuid(),
    title: 'Mailing',
    details: 'To all',
    goesOutAt: later(9),
    opinionsUntil: later(8),
  };
  expect((await (await as(marketer))('POST', '/v1/plans', plan)).status).toBe(200);
  pass(3 * DAY);
  await note();
  await deliverDue(hub);
  expect(received()).toEqual(['/both', '/both']);
});

test('chats read it in their language, and nobody can write markup or lines of their own into it', async () => {
  const { add, praise, note, hub, pass, body, campaign, workspace } = await open();
  await sql`
    update campaigns c set name = ${`${campaign.name} <!here>`}
    where c.workspace_id = ${workspace.id} and c.id = ${campaign.id}`.execute(hubs.db);
  await add('slack', ['digest.marketing'], { kind: 'slack', language: 'de' });
  await add('teams', ['digest.marketing'], { kind: 'teams' });
  await praise();
  pass(3 * DAY);
  await note();
  await deliverDue(hub);
  const slack = JSON.stringify(body('/slack'));
  expect(slack).toContain('*Die Woche des Marketings in Tandem*');
  expect(slack).toContain('*Lob dieser Woche (1):* Webinar Lagerlogistik &lt;!here&gt;: „&lt;!channel&gt;');
  expect(slack).toContain('*Mehr in Tandem:* auf den Seiten „Feedback-Eingang“');
  expect(slack).not.toMatch(/<!|<http|\\n/);
  const teams = JSON.stringify(body('/teams'));
  expect(teams).toContain('Marketing’s week in Tandem');
  expect(teams).toContain(
    'Webinar Lagerlogistik <!here>: “<!channel> <https://evil.example|Log in> & *you* *Lead:*',
  );
  expect(teams).not.toContain('"Lead: "');
  expect(teams).not.toContain('\\n');
});
