import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { remindRenewal } from '../../server/agreement/remind-renewal.ts';
import { readStory } from '../../server/deliveries/read-story.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const DAY = 86_400_000;

/** A hub whose agreement is good for a year, and a channel that wants to hear of its end. */
async function open() {
  const hub = await hubs.open();
  const asAdmin = await hub.as(hub.admin);
  const channel = { kind: 'slack', name: 'Managers', url: 'https://hooks.example.com/x' };
  const added = await asAdmin('POST', '/v1/channels', { ...channel, events: ['agreement.ending'] });
  expect(added.status, added.text).toBe(200);
  const { rows } = await sql<{ until: Date }>`
    select a.valid_until as until from agreements a where a.workspace_id = ${hub.workspace.id}`.execute(
    hubs.db,
  );
  const end = new Date(rows[0]!.until).getTime();
  const remindAt = (daysBefore: number) =>
    remindRenewal(hubs.db, hub.workspace.id, new Date(end - daysBefore * DAY));
  const told = async () => {
    const { rows: subjects } = await sql<{ subject: { days: number } }>`
      select d.subject from deliveries d
      where d.workspace_id = ${hub.workspace.id} and d.kind = 'agreement.ending' order by d.happened_at`.execute(
      hubs.db,
    );
    return subjects.map(({ subject }) => subject.days);
  };
  return { ...hub, remindAt, told, end };
}

test('tells once at each step that the agreement ends', async () => {
  const { remindAt, told } = await open();
  for (const days of [60, 30.5]) await remindAt(days);
  expect(await told()).toEqual([]);
  for (const days of [30, 29, 12]) await remindAt(days);
  expect(await told()).toEqual([30]);
  for (const days of [7, 3, 1, 0.01]) await remindAt(days);
  expect(await told()).toEqual([30, 7]);
  for (const days of [0, -1, -50]) await remindAt(days);
  expect(await told()).toEqual([30, 7, 0]);
});

test('tells only the last of the steps that it missed', async () => {
  const { remindAt, told } = await open();
  await remindAt(-2);
  expect(await told()).toEqual([0]);
});

test('says when it ends, and nothing once it is renewed', async () => {
  const { remindAt, workspace, end } = await open();
  await remindAt(7);
  const event = { kind: 'agreement.ending' as const, subject: { version: 1, days: 7 } };
  expect(await readStory(hubs.db, workspace.id, event)).toMatchObject({
    kind: 'agreement.ending',
    agreement: { version: 1 },
    validUntil: new Date(end).toISOString(),
    days: 7,
  });
  await sql`
    update agreements a set state = 'superseded' where a.workspace_id = ${workspace.id}`.execute(hubs.db);
  expect(await readStory(hubs.db, workspace.id, event)).toBeNull();
});
