import fc from 'fast-check';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import { runJobs } from '../../server/jobs/jobs.ts';
import { applyDefaultMappings } from '../../server/mapping/default-mappings.ts';
import { remapDue } from '../../server/mapping/remap-due.ts';
import { transact } from '../../server/store/transact.ts';
import { AuditEvent } from '../../utils/contract/audit.ts';
import { BatchResult } from '../../utils/contract/ingest.ts';
import { ContextResponse } from '../../utils/contract/lead-context.ts';
import { MappingPreview, SourceStatuses } from '../../utils/contract/source.ts';
import { Stage } from '../../utils/contract/stage.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const PATH = '/v1/sources/crm/statuses';

async function open() {
  const hub = await hubs.open();
  const workspaceId = hub.workspace.id;
  const admin = await hub.as(hub.admin);
  const ask = async (method: string, path: string, body?: unknown, call = admin) => {
    const answer = await call(method, path, body);
    expect(answer.status, answer.text).toBe(200);
    return answer.json;
  };
  const listed = (mappings: Record<string, Stage | null>) => ({
    mappings: Object.entries(mappings).map(([value, stage]) => ({ value, stage })),
  });
  const stages = async (): Promise<Record<string, Stage>> => {
    const { rows } = await sql<{ name: string; stage: Stage }>`
      select p.name, p.stage from people p
      where p.workspace_id = ${workspaceId} and p.archived_at is null`.execute(hubs.db);
    return Object.fromEntries(rows.map(({ name, stage }) => [name, stage]));
  };
  return {
    ...hub,
    adminCall: admin,
    workspaceId,
    stages,
    stage: async (name: string) => (await stages())[name],
    people: async (...people: object[]) => BatchResult.parse(await ask('POST', '/v1/people', { people })),
    statuses: async () => SourceStatuses.parse(await ask('GET', PATH)).statuses,
    preview: async (mappings: Record<string, Stage | null>) =>
      MappingPreview.parse(await ask('POST', `${PATH}/preview`, listed(mappings))),
    /** Without the jobs that follow. */
    put: async (mappings: Record<string, Stage | null>) =>
      SourceStatuses.parse(await ask('PUT', PATH, listed(mappings))).statuses,
    remap: () => runJobs(hub.hub, { remap: remapDue }),
    context: async (email: string) =>
      ContextResponse.parse(await ask('POST', '/v1/context', { queries: [{ email }] })).contexts[0],
    /** What the panel's buttons do. */
    judge: async (personId: string, verdict: string, reasons: string[] = []) =>
      ask(
        'POST',
        '/v1/feedback',
        { id: uuid(), about: { kind: 'lead', personId }, verdict, reasons, clientTime: hub.now() },
        await hub.as(hub.rep),
      ),
  };
}

const person = (name: string, status: string, more: object = {}) => ({
  id: uuid(),
  name,
  emails: [`${name.toLowerCase()}@reederei.example`],
  externalIds: [{ system: 'crm', tenant: 'crm.example', type: 'contact', id: `${name}-1` }],
  source: 'crm',
  sourceStatus: { system: 'crm', value: status },
  ...more,
});

describe('the statuses of a system', () => {
  test('are listed verbatim with how many people have each, and those that nobody has', async () => {
    const { people, statuses, put } = await open();
    await people(person('Nora', 'Heiß ☀'), person('Olaf', 'Heiß ☀'), person('Pia', ' lost'));
    await put({ 'Heiß ☀': 'mql', 'Never seen': 'sql' });
    expect(await statuses()).toEqual([
      { value: 'Heiß ☀', stage: 'mql', people: 2 },
      { value: ' lost', stage: null, people: 1 },
      { value: 'Marketing Qualified', stage: null, people: 1 },
      { value: 'Never seen', stage: 'sql', people: 0 },
    ]);
    expect(await put({ 'Never seen': null, ' lost': 'disqualified' })).toEqual([
      { value: 'Heiß ☀', stage: 'mql', people: 2 },
      { value: ' lost', stage: 'disqualified', people: 1 },
      { value: 'Marketing Qualified', stage: null, people: 1 },
    ]);
  });

  test('are an administrator’s, who is written down', async () => {
    const { as, marketer, admin, adminCall, put } = await open();
    const call = await as(marketer);
    expect((await call('GET', PATH)).status).toBe(403);
    expect((await call('PUT', PATH, { mappings: [] })).status).toBe(403);
    await put({ Working: 'sal' });
    const log = (await adminCall('GET', '/v1/audit')).json as { items: unknown[] };
    const action = { action: 'putStatuses', by: { id: admin.id }, details: { system: 'crm' } };
    expect(AuditEvent.parse(log.items[0])).toMatchObject(action);
  });

  test('may be named once only', async () => {
    const { adminCall } = await open();
    const mappings = [
      { value: 'Working', stage: 'sal' },
      { value: 'Working', stage: null },
    ];
    expect((await adminCall('PUT', PATH, { mappings })).status).toBe(400);
  });

  test('that are long are listed, too', async () => {
    const { people, statuses } = await open();
    const status = Array.from({ length: 4_000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('');
    expect(await people(person('Nora', status))).toMatchObject({ stored: 1 });
    expect(await statuses()).toContainEqual({ value: status, stage: null, people: 1 });
  });
});

describe('a mapping', () => {
  test('moves who has the status as if their source had said so now', async () => {
    const { people, preview, put, remap, context, stage, hub, adminCall, workspaceId, rep } = await open();
    const nora = person('Nora', 'Hot', { ownerEmail: rep.email });
    await people(nora);
    const channel = { kind: 'webhook', name: 'CRM', url: 'https://hook.example/', events: ['stage.changed'] };
    expect((await adminCall('POST', '/v1/channels', channel)).status).toBe(200);
    const before = await context('nora@reederei.example');
    expect(before?.stage).toMatchObject({ stage: 'inquiry', sourceStatus: { value: 'Hot', mappedTo: null } });

    const foreseen = {
      moves: [{ from: 'inquiry', to: 'mql', people: 1 }],
      examples: [{ personId: nora.id, name: 'Nora', status: 'Hot', from: 'inquiry', to: 'mql' }],
      unmapped: 1,
    };
    expect(await preview({ Hot: 'mql' })).toEqual(foreseen);
    expect(await stage('Nora')).toBe('inquiry');
    await put({ Hot: 'mql' });
    await remap();

    expect(await context('nora@reederei.example')).toMatchObject({
      stage: {
        stage: 'mql',
        by: { kind: 'system', id: 'crm' },
        sourceStatus: { value: 'Hot', mappedTo: 'mql' },
      },
      handOver: { to: { id: rep.id } },
    });
    const { rows } = await sql<{ kind: string }>`
      select d.kind from deliveries d where d.workspace_id = ${workspaceId}`.execute(hubs.db);
    expect(rows).toEqual([{ kind: 'stage.changed' }]);
    await runJobs(hub);
    expect((await context('nora@reederei.example'))?.stage.stage).toBe('mql');
    expect(await preview({ Hot: 'mql' })).toMatchObject({ moves: [], examples: [] });
  });

  test('moves nobody where the agreement does not let a system, and the preview says so', async () => {
    const { people, preview, put, remap, stage, workspaceId } = await open();
    await sql`update agreements a
      set document = replace(a.document::text, '"system"', '"marketing"')::json
      where a.workspace_id = ${workspaceId}`.execute(hubs.db);
    await people(person('Nora', 'Hot'));
    expect((await preview({ Hot: 'mql' })).moves).toEqual([]);
    await put({ Hot: 'mql' });
    await remap();
    expect(await stage('Nora')).toBe('inquiry');
  });

  test('undoes nobody’s verdict, not when the source repeats itself either', async () => {
    const { people, put, remap, stage, stages, judge } = await open();
    const nora = person('Nora', 'Hot', { stage: 'mql' });
    const olaf = person('Olaf', 'Hot', { stage: 'mql' });
    await people(nora, olaf);
    await judge(nora.id, 'returned', ['no-budget']);
    await judge(olaf.id, 'accepted');
    expect(await stages()).toMatchObject({ Nora: 'recycled', Olaf: 'sal' });
    await put({ Hot: 'lead' });
    await remap();
    expect(await stages()).toMatchObject({ Nora: 'recycled', Olaf: 'sal' });
    // Another field has changed; what the status stands for the source has said by now.
    await people(...[nora, olaf].map((one) => ({ ...one, stage: undefined, company: 'Reederei' })));
    expect(await stages()).toMatchObject({ Nora: 'recycled', Olaf: 'sal' });
    // Further on is no step back.
    await put({ Hot: 'opportunity' });
    await remap();
    expect(await stages()).toMatchObject({ Nora: 'recycled', Olaf: 'opportunity' });
    await people({ ...olaf, stage: undefined, sourceStatus: { system: 'crm', value: 'Other' } });
    expect(await stage('Olaf')).toBe('opportunity');
  });

  test('knows by which of two rows its system speaks of somebody', async () => {
    const { people, put, remap, stage, judge } = await open();
    const record = { system: 'mailing', tenant: 'm.example', type: 'contact', id: 'm1' };
    const own = person('Nora', 'x', { externalIds: [record], source: 'mailing', sourceStatus: undefined });
    const alias = person('Nora', 'Hot', { stage: undefined });
    await people(own);
    await people(alias);
    await put({ Hot: 'mql' });
    await remap();
    expect(await stage('Nora')).toBe('mql');
    await judge(own.id, 'returned', ['no-budget']);
    await people({ ...alias, company: 'Reederei' });
    expect(await stage('Nora')).toBe('recycled');
    await people({ ...own, company: 'Reederei' });
    expect(await stage('Nora')).toBe('recycled');
  });

  test('that is taken away moves nobody', async () => {
    const { people, put, remap, preview, context } = await open();
    await put({ Hot: 'mql' });
    await people(person('Nora', 'Hot'));
    expect(await preview({ Hot: null })).toEqual({ moves: [], examples: [], unmapped: 2 });
    await put({ Hot: null });
    await remap();
    const stage = { stage: 'mql', sourceStatus: { value: 'Hot', mappedTo: null } };
    expect((await context('nora@reederei.example'))?.stage).toMatchObject(stage);
  });

  test('of many people goes on where it was, whatever stops it', async () => {
    const { people, put, hub, stages, workspaceId, preview } = await open();
    const many = Array.from({ length: 250 }, (_, index) => person(`P${index}`, 'Hot'));
    await people(...many);
    expect((await preview({ Hot: 'mql' })).moves).toEqual([{ from: 'inquiry', to: 'mql', people: 250 }]);
    await put({ Hot: 'mql' });
    const moved = async () => Object.values(await stages()).filter((stage) => stage === 'mql').length - 1;
    const once = () => remapDue(hub.databaseOf(workspaceId), workspaceId, hub.clock());
    expect(await once()).toBe(true);
    expect(await moved()).toBe(100);
    // A second change begins anew; whoever was moved already is left alone or moved again.
    await put({ Hot: 'lead' });
    for (let turn = 0; turn < 3; turn++) expect(await once()).toBe(true);
    expect(await once()).toBe(false);
    const counts = Object.values(await stages()).filter((stage) => stage === 'lead').length;
    expect(counts).toBe(250);
  });

  test('that is stored while people are being stored misses none of them', async () => {
    const { people, put, remap, stages } = await open();
    for (let round = 0; round < 4; round++) {
      const some = Array.from({ length: 20 }, (_, index) => person(`R${round}x${index}`, `Hot ${round}`));
      await Promise.all([people(...some), put({ [`Hot ${round}`]: 'lead' })]);
      await remap();
    }
    const found = Object.entries(await stages()).filter(([name]) => name.startsWith('R'));
    expect(found.filter(([, stage]) => stage !== 'lead')).toEqual([]);
    expect(found).toHaveLength(80);
  });

  test('that its connector brings along counts until somebody says otherwise', async () => {
    const { people, put, remap, statuses, stages, hub, workspaceId } = await open();
    await people(person('Nora', 'Open'), person('Olaf', 'Lost'));
    await put({ Open: 'mql' });
    const connector = { id: 'crm', defaultMappings: { Open: 'lead', Lost: 'disqualified' } as const };
    const apply = () =>
      transact(hub.databaseOf(workspaceId), workspaceId, hub.clock(), (tx) =>
        applyDefaultMappings(tx, workspaceId, connector),
      );
    await apply();
    await remap();
    expect(await stages()).toMatchObject({ Nora: 'mql', Olaf: 'disqualified' });
    await put({ Lost: 'recycled' });
    await apply();
    const mapped = (await statuses()).filter(({ stage }) => stage !== null);
    expect(mapped).toEqual([
      { value: 'Lost', stage: 'recycled', people: 1 },
      { value: 'Open', stage: 'mql', people: 1 },
    ]);
  });
});

const status = fc.constantFrom('New', 'Open', 'Won', 'Lost');
const stage = fc.option(fc.constantFrom(...Stage.options), { nil: null });
const mapping = fc.dictionary(status, stage, { maxKeys: 4 });
const somebody = fc.record({
  status: fc.option(status, { nil: undefined }),
  stage: fc.option(fc.constantFrom(...Stage.options), { nil: undefined }),
  /** A row of another system about them, before or after. */
  other: fc.constantFrom('none', 'before', 'after'),
  movedTo: fc.option(fc.constantFrom(...Stage.options), { nil: undefined }),
  byRule: fc.boolean(),
});

test('the preview says just what is done then, whatever was before', async () => {
  await fc.assert(
    fc.asyncProperty(
      mapping,
      fc.array(somebody, { minLength: 1, maxLength: 8 }),
      fc.array(mapping, { minLength: 1, maxLength: 3 }),
      async (first, crowd, mappings) => {
        const { people, put, remap, preview, stages, adminCall, now, workspaceId } = await open();
        await put(first);
        await remap();
        for (const [index, one] of crowd.entries()) {
          const name = `P${index}`;
          const row = person(name, one.status ?? '', {
            stage: one.stage,
            ...(one.status === undefined && { sourceStatus: undefined }),
          });
          const externalIds = [{ system: 'mailing', tenant: 'm.example', type: 'contact', id: name }];
          const other = { ...row, id: uuid(), source: 'mailing', externalIds, sourceStatus: undefined };
          if (one.other === 'before') await people(other);
          await people(row);
          if (one.other === 'after') await people(other);
          if (one.movedTo === undefined) continue;
          const { rows } = await sql<{ id: string; eventId: string }>`
            select p.id, p.stage_event_id as "eventId" from people p
            where p.workspace_id = ${workspaceId} and p.name = ${name}`.execute(hubs.db);
          const { id: personId, eventId: basedOn } = rows[0]!;
          const move = { id: uuid(), personId, to: one.movedTo, basedOn, clientTime: now() };
          await adminCall('POST', '/v1/stage-changes', move);
          if (!one.byRule) continue;
          await sql`
            update stage_events v set by_kind = 'rule' where v.workspace_id = ${workspaceId} and v.id = ${move.id}`.execute(
            hubs.db,
          );
        }
        for (const next of mappings) {
          const before = await stages();
          const foreseen = await preview(next);
          expect(await stages()).toEqual(before);
          const listed = await put(next);
          await remap();
          const after = await stages();
          const moved = Object.keys(before).filter((name) => before[name] !== after[name]);
          const counts = new Map<string, number>();
          for (const name of moved) {
            const key = `${before[name]} ${after[name]}`;
            counts.set(key, (counts.get(key) ?? 0) + 1);
          }
          expect(new Map(foreseen.moves.map(({ from, to, people: n }) => [`${from} ${to}`, n]))).toEqual(
            counts,
          );
          for (const { name, from, to } of foreseen.examples) {
            expect({ name, from, to }).toEqual({ name, from: before[name], to: after[name] });
          }
          expect(foreseen.examples.length > 0).toBe(moved.length > 0);
          expect(foreseen.unmapped).toBe(listed.filter((one) => one.stage === null).length);
        }
      },
    ),
    { numRuns: 12 },
  );
});
