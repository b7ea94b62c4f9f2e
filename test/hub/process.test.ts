import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { v7 as uuid } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { SignInResponse } from '../../utils/contract/session.ts';
import { type Ended, type SpawnedHub, spawnHub } from './support/spawn-hub.ts';

const KILLS = 3;
/** Sent at once before each kill. */
const CLICKS = 12;
let prepared: string;
let folder: string;
let running: SpawnedHub | undefined;

const settings = () => ({ PORT: '0', TANDEM_DATA: folder, LOG_LEVEL: 'warn' });

// Making a database takes seconds, copying its folder does not.
beforeAll(async () => {
  prepared = folder = await mkdtemp(join(tmpdir(), 'tandem-hub-'));
  expect((await (await start()).end('SIGTERM')).code).toBe(0);
});
afterAll(() => rm(prepared, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-hub-'));
  await cp(prepared, folder, { recursive: true });
});
afterEach(async () => {
  await running?.end('SIGKILL');
  running = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<SpawnedHub> {
  const hub = await spawnHub(settings());
  if (!('url' in hub)) throw new Error(`The hub did not start: ${hub.stderr}`);
  return (running = hub);
}

async function startInVain(environment: Record<string, string>): Promise<Ended> {
  const hub = await spawnHub(environment);
  if ('url' in hub) throw new Error('The hub started.');
  return hub;
}

function post(url: string, path: string, token: string | null, body: unknown, key?: string) {
  return fetch(url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    body: JSON.stringify(body),
  });
}
const listed = async (url: string, token: string) =>
  (await get(url, '/v1/feedback?limit=100', token)) as { items: { id: string }[] };
async function signIn({ url, signInCode }: SpawnedHub) {
  return SignInResponse.parse(await (await post(url, '/v1/sign-in', null, { code: signInCode })).json());
}
const get = async (url: string, path: string, token: string) =>
  (await fetch(url + path, { headers: { authorization: `Bearer ${token}` } })).json() as Promise<unknown>;

test('starts, answers, prints the next code, refuses a second on the folder, and ends in order', async () => {
  const hub = await start();
  expect(hub.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const { token, user } = await signIn(hub);
  expect(user.role).toBe('admin');
  expect(await hub.nextSignInCode()).not.toBe(hub.signInCode);

  const otherName = `${folder}-link`;
  await symlink(folder, otherName);
  const second = await startInVain({ ...settings(), TANDEM_DATA: otherName });
  await rm(otherName);
  expect(second.code).toBe(1);
  expect(second.stderr).toContain(`Another hub is using the folder ${otherName}`);

  // The connection of this request stays open; the hub must not wait for it.
  expect(await get(hub.url, '/v1/me', token)).toMatchObject({ user });
  expect((await hub.end('SIGTERM')).code).toBe(0);
  const again = await start();
  expect(await get(again.url, '/v1/me', token)).toMatchObject({ user });
}, 60_000);

test('a click is neither lost nor doubled, whenever the hub is killed', async () => {
  let hub = await start();
  const { token, user } = await signIn(hub);
  const person = { id: uuid(), name: 'Lena Vogt', emails: ['lena@hafenlogistik.example'], externalIds: [] };
  expect((await post(hub.url, '/v1/people', token, { people: [person] })).status).toBe(200);

  const clicks: { id: string }[] = [];
  for (let round = 0; round < KILLS; round++) {
    const { url } = hub;
    const sent = Array.from({ length: CLICKS }, (_, index) => ({
      id: uuid(),
      about: { kind: 'lead', personId: person.id },
      verdict: index % 2 === 0 ? 'accepted' : 'returned',
      reasons: [],
      clientTime: new Date().toISOString(),
    }));
    clicks.push(...sent);
    const answers = sent.map((click) => post(url, '/v1/feedback', token, click, click.id));
    const settled = Promise.allSettled(answers);
    // The hub dies with some clicks answered, some under way and some not begun.
    await answers[randomInt(CLICKS)];
    await hub.end('SIGKILL');
    const acknowledged = (await settled).flatMap(({ status }, index) =>
      status === 'fulfilled' ? [sent[index]?.id] : [],
    );
    expect(acknowledged.length).toBeGreaterThan(0);

    hub = await start();
    const { items } = await listed(hub.url, token);
    expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining(acknowledged));
    for (const click of [...sent, ...sent]) {
      const retried = await post(hub.url, '/v1/feedback', token, click, click.id);
      expect(retried.status).toBe(200);
      expect(await retried.json()).toMatchObject({ id: click.id, by: { id: user.id } });
    }
  }
  const { items } = await listed(hub.url, token);
  expect(items.map(({ id }) => id).sort()).toEqual(clicks.map(({ id }) => id).sort());
  const { contexts } = (await (
    await post(hub.url, '/v1/context', token, { queries: [{ email: person.emails[0] }] })
  ).json()) as { contexts: { feedback: unknown[] }[] };
  expect(contexts[0]?.feedback).toHaveLength(KILLS * CLICKS);
}, 120_000);

test('finishes the request under way before it ends', async () => {
  const hub = await start();
  const { token } = await signIn(hub);
  const body = JSON.stringify({ queries: [{ email: 'nobody@example.com' }] });
  const slow = request(`${hub.url}/v1/context`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': body.length,
    },
  });
  slow.write(body.slice(0, 10));
  // The hub has the request once it answers another one sent after it.
  await get(hub.url, '/v1/me', token);
  const ended = hub.end('SIGTERM');
  slow.end(body.slice(10));
  const [answer] = (await once(slow, 'response')) as [IncomingMessage];
  expect(JSON.parse(await text(answer))).toEqual({ contexts: [null] });
  expect((await ended).code).toBe(0);
}, 60_000);

test('a large body is refused in words, not by a broken connection', async () => {
  const hub = await start();
  const { token } = await signIn(hub);
  const large = await post(hub.url, '/v1/feedback', token, { junk: 'x'.repeat(2 * 1024 * 1024) });
  expect(large.status).toBe(413);
  expect(await large.json()).toMatchObject({ type: 'urn:tandem:problem:too-large' });
}, 60_000);

test('says what is wrong with its settings', async () => {
  const { code, stderr } = await startInVain({ ...settings(), PORT: 'many' });
  expect(code).toBe(1);
  expect(stderr).toContain('PORT=many: must be a number');

  const { url } = await start();
  const copy = join(folder, 'copy');
  await cp(prepared, copy, { recursive: true });
  const other = await startInVain({ ...settings(), TANDEM_DATA: copy, PORT: new URL(url).port });
  expect(other.code).toBe(1);
  expect(other.stderr).toContain('The hub cannot listen at PORT=');
}, 60_000);

test('says that its folder is no folder, or holds something broken, and leaves it as it was', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  const onFile = await startInVain({ ...settings(), TANDEM_DATA: file });
  expect(onFile.code).toBe(1);
  expect(onFile.stderr).toContain(`The folder ${file} cannot be written`);

  await (await start()).end('SIGTERM');
  const control = join(folder, 'postgres', 'global', 'pg_control');
  await writeFile(control, 'broken');
  const before = await readdir(folder, { recursive: true });
  const broken = await startInVain(settings());
  expect(broken.code).toBe(1);
  expect(broken.stderr).toContain(`The database in ${folder} cannot be opened`);
  expect(await readdir(folder, { recursive: true })).toEqual(expect.arrayContaining(before));
}, 60_000);
