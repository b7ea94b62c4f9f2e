import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureAgreement } from '../../server/agreement/ensure-agreement.ts';
import { createApp } from '../../server/app.ts';
import { PersonViews } from '../../server/audit/person-views.ts';
import type { Hub } from '../../server/hub.ts';
import { runJobs } from '../../server/jobs/jobs.ts';
import { migrate, readMigrations } from '../../server/store/migrate.ts';
import type { Store } from '../../server/store/store.ts';
import { Agreement } from '../../utils/contract/agreement.ts';
import { Feedback } from '../../utils/contract/feedback.ts';
import { ContextResponse } from '../../utils/contract/lead-context.ts';
import { LeadIndexResponse } from '../../utils/contract/lead-index.ts';
import { indexClient } from './support/index-client.ts';
import { type OldHub, openOldStore, readOldHub } from './support/old-hub.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
let old: OldHub;
let store: Store;
let hub: Hub;

/** What a hub does when it starts on a database (start-hub.ts). */
async function start() {
  await migrate(store.owner);
  await ensureAgreement(store.in(old.workspaceId), old.workspaceId, hub.clock(), hub.logger);
}

async function call(method: string, path: string, body?: unknown) {
  const response = await createApp(hub).request(path, {
    method,
    headers: {
      authorization: `Bearer ${old.token}`,
      'content-type': 'application/json',
      'idempotency-key': uuid(),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return JSON.parse(text) as Record<string, unknown>;
}

const contextOf = async (email: string) => {
  const { contexts } = ContextResponse.parse(await call('POST', '/v1/context', { queries: [{ email }] }));
  return contexts[0]!;
};

const countRows = async (table: string) => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(
    store.owner,
  );
  return rows[0]?.n;
};

beforeAll(async () => {
  old = await readOldHub();
  store = await openOldStore(old);
  const { hub: anyHub } = await hubs.open();
  hub = {
    ...anyHub,
    databaseOf: store.in,
    workspaceId: old.workspaceId,
    personViews: new PersonViews(),
    clock: () => new Date(old.at),
  };
  await start();
});
afterAll(() => store.close());

test('every migration is done, no row of before is lost, and starting again changes nothing', async () => {
  const names = (await readMigrations()).map(({ name }) => name);
  expect(names.at(-1)! > old.migration).toBe(true);
  const count = async () =>
    Object.fromEntries(
      await Promise.all(Object.keys(old.tables).map(async (name) => [name, await countRows(name)] as const)),
    );
  const before = await count();
  for (const [name, rows] of Object.entries(old.tables)) {
    expect(before[name], name).toBeGreaterThanOrEqual(rows.length);
  }
  await start();
  expect(await count()).toEqual(before);
  const { rows } = await sql<{ name: string }>`select m.name from migrations m order by m.name`.execute(
    store.owner,
  );
  expect(rows.map(({ name }) => name)).toEqual(names);
});

test('who was signed in still is, and finds leads with all that was known and said of them', async () => {
  expect(await call('GET', '/v1/me')).toMatchObject({
    user: { name: 'Rita Rep', role: 'rep', team: 'sales' },
  });
  const lena = await contextOf('lena.vogt@hafenlogistik.example');
  expect(lena.person).toMatchObject({
    name: 'Lena Vogt',
    owner: { name: 'Rita Rep' },
    externalIds: [{ system: 'crm', tenant: 'crm.kontor.example', type: 'contact', id: '4711' }],
  });
  expect(lena.stage).toMatchObject({ stage: 'sal', by: { name: 'Rita Rep' } });
  expect(lena.stageEvents.map(({ to }) => to)).toEqual(['sal', 'mql']);
  expect(lena.consents).toMatchObject([{ channel: 'email', state: 'granted', basis: 'double opt-in' }]);
  expect(lena.touchpoints.map(({ title }) => title)).toEqual(['Einladung 2', 'Einladung 1', 'Einladung 0']);
  expect(lena.feedback).toMatchObject([
    {
      verdict: 'accepted',
      comment: 'Passt gut zu uns.',
      replies: [{ text: 'Danke, wir laden ein.', by: { name: 'Mia Market' } }],
    },
  ]);
  const nils = await contextOf('nils@reederei.example');
  expect(nils.handOver).toMatchObject({ followUp: { seen: 'call', by: { name: 'Rita Rep' } } });
});

test("marketing's inbox, the agreement and the list of leads hold what they held", async () => {
  const { items } = await call('GET', '/v1/feedback');
  const found = (items as unknown[]).map((item) => Feedback.parse(item));
  expect(found.map(({ comment }) => comment).toSorted()).toEqual(['Gute Unterlagen.', 'Passt gut zu uns.']);
  expect(Agreement.parse(await call('GET', '/v1/agreement')).version).toBeGreaterThanOrEqual(1);
  const before = old.tables['lead_index']!.filter((row) => row['deleted'] !== true);
  const client = indexClient(async (since) =>
    LeadIndexResponse.parse(await call('GET', `/v1/lead-index?since=${since}`)),
  );
  await client.sync();
  expect(client.states.size).toBe(before.length);
  expect(await client.find('email:nils@reederei.example')).toMatchObject({ clock: 'met' });
});

test('what is new works on what is old: figures count it, people are found, and clicks are taken', async () => {
  await runJobs(hub);
  const { campaigns } = await call('GET', '/v1/campaigns');
  expect(campaigns).toMatchObject([
    {
      campaign: { name: 'Webinar Lagerlogistik' },
      figures: { reached: 1, engaged: 1, accepted: 1, praise: 1 },
    },
  ]);
  const { people } = await call('POST', '/v1/people/search', { text: 'Vogt' });
  expect(people).toMatchObject([{ name: 'Lena Vogt' }]);
  const { id: personId } = (await contextOf('nils@reederei.example')).person;
  await call('POST', '/v1/feedback', {
    id: uuid(),
    about: { kind: 'lead', personId },
    verdict: 'accepted',
    reasons: [],
    clientTime: old.at,
  });
  expect((await contextOf('nils@reederei.example')).stage.stage).toBe('sal');
});
