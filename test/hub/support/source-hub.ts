import { sql } from 'kysely';
import type { Connector } from '../../../server/connectors/connector.ts';
import { secretNames } from '../../../server/connectors/describe-connector.ts';
import { readPulls } from '../../../server/connectors/pull-store.ts';
import { runSources } from '../../../server/connectors/run-sources.ts';
import { createSourceAccess } from '../../../server/connectors/source-access.ts';
import { sourcePurpose } from '../../../server/connectors/source-secrets.ts';
import { insertSource, readSources, updateSource } from '../../../server/connectors/source-store.ts';
import type { Database } from '../../../server/store/database.ts';
import { transact } from '../../../server/store/transact.ts';
import { createVirtualTime, type FakeSystem } from '../../peers/fakes/fake-system.ts';
import type { CreateFake } from '../../peers/fakes/fake-system.ts';
import type { useTestHub } from './test-hub.ts';

/** So long a sync may take, in turns and in the time that passes between them. */
const MAX_TURNS = 5_000;

/** Ids differ from one workspace to the next. */
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** What lies between the hub and a fake. */
interface Between {
  connector?: (connector: Connector) => Connector;
  fetch?: (fake: FakeSystem) => FakeSystem['fetch'];
}

/** A hub with one source, a fake, in a time of its own. */
export async function openSourceHub(
  hubs: ReturnType<typeof useTestHub>,
  createFake: CreateFake,
  contacts: number,
  { connector: wrap = (connector) => connector, fetch = ({ fetch }) => fetch }: Between = {},
) {
  const time = createVirtualTime(new Date('2026-11-20T09:00:00.000Z'));
  const fake = createFake({ contacts, now: time.now });
  const { refreshToken } = fake;
  const connector = wrap(fake.connector);
  const opened = await hubs.open({
    clock: time.now,
    sources: createSourceAccess({
      ...{ allowPrivate: true, connectors: [connector], fetch: fetch(fake), time },
      ...(refreshToken && { refreshToken: (_hub, _connector, stale) => refreshToken(stale) }),
    }),
  });
  const { hub } = opened;
  const { workspaceId } = hub;
  const db = hub.databaseOf(workspaceId);
  const system = connector.id;
  await add();

  async function add() {
    const seal = (value: unknown, what: 'secrets' | 'token') =>
      hub.secrets?.seal(JSON.stringify(value), sourcePurpose(workspaceId, system, what)) ?? null;
    const names = secretNames(connector);
    const entries = Object.entries(fake.settings);
    const secret = entries.filter(([name]) => names.includes(name));
    await transact(db, workspaceId, time.now(), (tx) =>
      insertSource(
        tx,
        workspaceId,
        {
          ...{ system, label: connector.label, enabled: true, sealedWebhookSecret: null },
          settings: Object.fromEntries(entries.filter(([name]) => !names.includes(name))),
          sealedSecrets: secret.length === 0 ? null : seal(Object.fromEntries(secret), 'secrets'),
          sealedToken: fake.token && seal(fake.token, 'token'),
        },
        time.now(),
      ),
    );
  }

  const source = async () => {
    const [stored] = await readSources(db, workspaceId, system);
    if (!stored) throw new Error('The source is gone.');
    return stored;
  };
  const pulls = () => readPulls(db, workspaceId, system);

  return {
    ...opened,
    ...{ time, fake, db, system, source, pulls },
    run: () => runSources(hub),
    /** Goes on, in the fake's time, until nothing is under way. */
    async sync() {
      for (let turn = 0; turn < MAX_TURNS; turn++) {
        await runSources(hub);
        const under = (await pulls()).filter(({ finishedAt }) => finishedAt === null);
        if (under.length === 0) return;
        const { dueAt } = await source();
        time.advance(Math.max(1, Date.parse(dueAt) - time.now().getTime()));
      }
      throw new Error('The sync does not end.');
    },
    /** Asks for what has changed, once it is time to. */
    async syncChanges() {
      const { nextRoundAt } = await source();
      time.advance(Math.max(0, Date.parse(nextRoundAt) - time.now().getTime()));
      await this.sync();
    },
    restart: () =>
      transact(db, workspaceId, time.now(), (tx) =>
        updateSource(tx, workspaceId, system, {}, { now: time.now(), restart: true }),
      ),
    async problem(): Promise<{ en: string; de: string } | null> {
      const { rows } = await sql<{ problem: { en: string; de: string } | null }>`
        select s.problem from source_status s
        where s.workspace_id = ${workspaceId} and s.system = ${system}`.execute(db);
      return rows[0]?.problem ?? null;
    },
    /** What has come in, without what every writing makes anew. */
    rows: () => readRows(hubs.db, workspaceId, system),
  };
}

export type SourceHub = Awaited<ReturnType<typeof openSourceHub>>;

async function readRows(db: Database, workspaceId: string, system: string) {
  const read = async (query: ReturnType<typeof sql<{ row: Record<string, unknown> }>>) =>
    (await query.execute(db)).rows.map(({ row }) => JSON.stringify(row).replaceAll(UUID, 'id')).toSorted();
  return {
    people: await read(sql`
      select to_jsonb(p) - '{sourced_at,stage_since,stage_event_id,content_hash}'::text[] as row from people p
      where p.workspace_id = ${workspaceId} and p.source = ${system} and p.archived_at is null`),
    records: await read(sql`
      select to_jsonb(x) as row from person_external_ids x
      where x.workspace_id = ${workspaceId} and x.system = ${system}`),
    emails: await read(sql`
      select to_jsonb(e) as row from person_emails e
      join people p on p.workspace_id = e.workspace_id and p.id = e.person_id
      where e.workspace_id = ${workspaceId} and p.source = ${system}`),
    consents: await read(sql`
      select to_jsonb(c) as row from consents c where c.workspace_id = ${workspaceId} and c.source = ${system}`),
    touchpoints: await read(sql`
      select to_jsonb(t) || jsonb_build_object('person', p.name) as row from touchpoints t
      join people p on p.workspace_id = t.workspace_id and p.id = t.person_id
      where t.workspace_id = ${workspaceId} and t.source = ${system}`),
    planned: await read(sql`
      select (to_jsonb(t) - 'seen_at') || jsonb_build_object('person', p.name) as row from planned_touches t
      join people p on p.workspace_id = t.workspace_id and p.id = t.person_id
      where t.workspace_id = ${workspaceId} and t.source = ${system}`),
    campaigns: await read(sql`
      select to_jsonb(c) as row from campaigns c where c.workspace_id = ${workspaceId}`),
  };
}
