import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createSourceAccess } from '../../server/connectors/source-access.ts';
import { sourceJson } from '../../server/connectors/source-json.ts';
import { readSources } from '../../server/connectors/source-store.ts';
import { resealSources } from '../../server/jobs/outgoing.ts';
import { createSecrets } from '../../server/secrets.ts';
import type { ConnectorDescription, Source, SourceCheck } from '../../utils/contract/source.ts';
import type { Problem } from '../../utils/contract/problem.ts';
import { littleConnector, oauthConnector } from './support/little-connector.ts';
import { type Answered, useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const KEY = 'key-of-the-little-one';
const settings = { url: 'https://crm.example', key: KEY, team: 'North' };

/** A hub that knows the test's own connectors, whose requests `answer` answers. */
async function openHub(
  answer: (request: Request) => Response | Promise<Response> = () => new Response(null),
) {
  const asked: Request[] = [];
  const sources = createSourceAccess({
    allowPrivate: true,
    connectors: [littleConnector, oauthConnector],
    fetch: (request) => {
      asked.push(request);
      return Promise.resolve(answer(request));
    },
  });
  const opened = await hubs.open({ sources, publicUrl: 'https://hub.example' });
  const admin = await opened.as(opened.admin);
  const stored = async () => (await readSources(hubs.store.in(opened.workspace.id), opened.workspace.id))[0];
  return { ...opened, admin, asked, stored };
}

const faultsOf = ({ json }: Answered) =>
  Object.fromEntries(((json as Problem).errors ?? []).map(({ pointer, detail }) => [pointer, detail]));
const add = (admin: Awaited<ReturnType<typeof openHub>>['admin'], more = {}) =>
  admin('POST', '/v1/sources', { system: 'little', settings: { ...settings, ...more } });

test('each system says what it must be told, and what it can do', async () => {
  const { admin } = await openHub();
  const { json } = await admin('GET', '/v1/connectors');
  const [little, signed] = (json as { connectors: ConnectorDescription[] }).connectors;
  expect(little).toMatchObject({ system: 'little', signIn: false, writesFeedback: false });
  expect(little?.webhook?.de).toContain('Enter address');
  expect(little?.redirectUrl).toBeUndefined();
  expect(little?.fields).toMatchObject([
    { name: 'url', kind: 'text', required: true, placeholder: 'https://crm.example' },
    { name: 'key', kind: 'secret', required: true, help: { en: 'From its settings.' } },
    { name: 'edition', kind: 'choice', options: ['small', 'large'], required: false, default: 'small' },
    { name: 'archived', kind: 'yes-no', required: false },
    { name: 'team', kind: 'text', required: false },
  ]);
  expect(signed).toMatchObject({
    signIn: true,
    redirectUrl: 'https://hub.example/connect/signed/callback',
  });
});

test('a source is added, and its key is seen nowhere again', async () => {
  const { admin, workspace, log, stored } = await openHub();
  const added = await add(admin);
  expect(added.status).toBe(200);
  const source = added.json as Source;
  expect(source).toMatchObject({
    system: 'little',
    label: 'Little CRM',
    settings: { url: 'https://crm.example', team: 'North' },
    secrets: ['key'],
    signedIn: null,
    enabled: true,
    state: 'new',
    progress: [],
    lastSuccessAt: null,
    completeSince: null,
    unmapped: 0,
  });
  expect(source.webhook).toMatchObject({ url: 'https://hub.example/v1/webhooks/little', refused: 0 });
  const listed = await admin('GET', '/v1/sources');
  expect((listed.json as { sources: Source[] }).sources).toEqual([source]);
  const audit = await admin('GET', '/v1/audit?action=createSource');
  const rows = await sql<{ text: string }>`
    select s::text as text from sources s where s.workspace_id = ${workspace.id}
    union all select k::text from idempotency_keys k where k.workspace_id = ${workspace.id}`.execute(hubs.db);
  const seen = [added.text, listed.text, audit.text, ...log, ...rows.rows.map(({ text }) => text)].join('\n');
  expect(seen).not.toContain(KEY);
  expect((await stored())?.sealedSecrets).toMatch(/^v1\./);
});

test('what is wrong in the settings is said of the field', async () => {
  const { admin, stored } = await openHub();
  const wrong = await add(admin, { url: 'crm', key: '', edition: 'tiny', colour: 'red' });
  expect([wrong.status, faultsOf(wrong)]).toEqual([
    400,
    { '/settings/colour': 'is no setting of Little CRM' },
  ]);
  const again = faultsOf(await add(admin, { url: 'crm', key: '', edition: 'tiny', team: '' }));
  expect(Object.keys(again)).toEqual(['/settings/url', '/settings/key', '/settings/edition']);
  expect(again['/settings/key']).toBe('must be filled in');
  const unknown = await admin('POST', '/v1/sources', { system: 'nothing', settings: {} });
  expect(faultsOf(unknown)).toEqual({ '/system': 'is no system that this hub knows' });
  expect(await stored()).toBeUndefined();
});

test('there is one source of a system', async () => {
  const { admin } = await openHub();
  await add(admin);
  expect((await add(admin)).status).toBe(409);
});

test('settings that are left out stay, empty ones are taken out, and the source begins at once', async () => {
  const { admin, workspace, stored, pass, now } = await openHub();
  await add(admin);
  await sql`
    update sources s set failures = 3, failure = 'signed-out', due_at = ${'2027-01-01'}
    where s.workspace_id = ${workspace.id}`.execute(hubs.db);
  const failed = ((await admin('GET', '/v1/sources')).json as { sources: Source[] }).sources[0];
  expect(failed).toMatchObject({ state: 'failed', nextRunAt: '2027-01-01T00:00:00.000Z' });
  expect(failed?.problem?.de).toContain('Schlüssel');
  pass(60_000);
  const patched = await admin('PATCH', '/v1/sources/little', { settings: { archived: true, team: '' } });
  expect(patched.json).toMatchObject({
    settings: { url: 'https://crm.example', archived: true },
    secrets: ['key'],
    state: 'new',
    nextRunAt: now(),
  });
  expect((patched.json as Source).settings['team']).toBeUndefined();
  expect((patched.json as Source).problem).toBeUndefined();
  const silent = await admin('PATCH', '/v1/sources/little', { writesFeedback: false });
  expect(silent.json).toMatchObject({ enabled: true, writesFeedback: false });
  const off = await admin('PATCH', '/v1/sources/little', { enabled: false });
  expect(off.json).toMatchObject({
    enabled: false,
    writesFeedback: false,
    state: 'disabled',
    secrets: ['key'],
  });
  expect((await admin('POST', '/v1/sources/little/sync', {})).status).toBe(409);
  expect((await stored())?.failures).toBe(0);
});

test('a key goes to no other address than the one it was entered for', async () => {
  const { admin, stored } = await openHub();
  await add(admin);
  const moved = await admin('PATCH', '/v1/sources/little', {
    settings: { url: 'https://elsewhere.example' },
  });
  expect(faultsOf(moved)['/settings/key']).toContain('must be entered again');
  expect((await stored())?.settings).toMatchObject({ url: 'https://crm.example' });
  const entered = { url: 'https://elsewhere.example', key: 'another-key' };
  expect((await admin('PATCH', '/v1/sources/little', { settings: entered })).status).toBe(200);
});

test('another installation is brought in from its beginning', async () => {
  const { admin, workspace } = await openHub();
  await add(admin);
  const progress = async () =>
    ((await admin('GET', '/v1/sources')).json as { sources: Source[] }).sources[0]?.progress;
  await sql`
    insert into source_pulls (workspace_id, system, pull, lane, began_at, finished_at)
    values (${workspace.id}, 'little', 'people', 'history', ${'2026-11-20'}, ${'2026-11-20'})`.execute(
    hubs.db,
  );
  await admin('PATCH', '/v1/sources/little', { settings: { team: 'South' } });
  expect(await progress()).toHaveLength(1);
  await admin('PATCH', '/v1/sources/little', { settings: { url: 'https://new.example', key: KEY } });
  expect(await progress()).toEqual([]);
});

test('a check says what works, and in words what does not', async () => {
  const answers = [
    () => Response.json({ account: 'Kontor GmbH' }),
    () => Response.json({ error: 'no' }, { status: 401 }),
    () => new Response('<html>'),
  ];
  const { admin, asked, log } = await openHub(() => answers.shift()!());
  await add(admin);
  const check = async () =>
    ((await admin('POST', '/v1/sources/little/check', {})).json as SourceCheck).findings[0];
  expect(await check()).toMatchObject({ ok: true, words: { en: 'Reads Kontor GmbH.' } });
  expect(asked[0]?.url).toBe('https://crm.example/ping');
  expect(asked[0]?.headers.get('authorization')).toBe(`Key ${KEY}`);
  const refused = await check();
  expect([refused?.ok, refused?.words.en]).toEqual([false, expect.stringContaining('not accepted')]);
  expect((await check())?.words.de).toContain('Antwort');
  expect(log.join('')).not.toContain(KEY);
  expect((await admin('POST', '/v1/sources/signed/check', {})).status).toBe(404);
});

test('a source is asked now when somebody wants it', async () => {
  const { admin, workspace, now } = await openHub();
  await add(admin);
  await sql`
    update sources s set due_at = ${'2027-01-01'} where s.workspace_id = ${workspace.id}`.execute(hubs.db);
  const synced = await admin('POST', '/v1/sources/little/sync', {});
  expect(synced.json).toMatchObject({ nextRunAt: now() });
});

test('a removed source is asked nothing more, and what it brought in stays', async () => {
  const { admin, lena } = await openHub();
  await add(admin);
  const batch = { people: [{ ...lena, source: 'little' }] };
  await admin('POST', '/v1/people', batch);
  expect((await admin('DELETE', '/v1/sources/little')).status).toBe(204);
  expect((await admin('GET', '/v1/sources')).json).toEqual({ sources: [] });
  expect((await admin('DELETE', '/v1/sources/little')).status).toBe(404);
  const { text } = await admin('POST', '/v1/context', { queries: [{ email: lena.emails[0] }] });
  expect(text).toContain(lena.id);
  expect((await add(admin)).status).toBe(200);
});

test('the secret of webhooks is made anew when asked for', async () => {
  const { admin } = await openHub();
  const before = (await add(admin)).json as Source;
  const after = (await admin('POST', '/v1/sources/little/webhook-secret', {})).json as Source;
  expect(after.webhook?.secret).toMatch(/^[\w-]{43}$/);
  expect(after.webhook?.secret).not.toBe(before.webhook?.secret);
});

test('only administrators see sources, and a hub without a key keeps none', async () => {
  const { as, rep, marketer } = await openHub();
  for (const user of [rep, marketer]) expect((await (await as(user))('GET', '/v1/sources')).status).toBe(403);
  const sources = createSourceAccess({ allowPrivate: true, connectors: [littleConnector] });
  const keyless = await hubs.open({ secrets: null, sources });
  const answer = await add(await keyless.as(keyless.admin));
  expect([answer.status, answer.text]).toEqual([409, expect.stringContaining('TANDEM_SECRET_KEYS')]);
});

test('sources are sealed anew by the newest key, so that the old one can go', async () => {
  const [old, fresh] = [randomBytes(32), randomBytes(32)];
  const sources = createSourceAccess({ allowPrivate: true, connectors: [littleConnector] });
  const opened = await hubs.open({
    secrets: createSecrets([old]),
    sources,
    publicUrl: 'https://hub.example',
  });
  const { workspace, hub } = opened;
  const db = hubs.store.in(workspace.id);
  const before = (await add(await opened.as(opened.admin))).json as Source;
  await resealSources({ ...hub, secrets: createSecrets([fresh, old]) }, db, workspace.id);
  const [stored] = await readSources(db, workspace.id);
  const secrets = createSecrets([fresh])!;
  expect(secrets.isCurrent(stored!.sealedSecrets!)).toBe(true);
  const later = await hubs.open({ secrets, sources, publicUrl: 'https://hub.example' });
  const json = await sourceJson(later.hub, db, workspace.id, stored!);
  expect([json.secrets, json.webhook]).toEqual([['key'], before.webhook]);
});
