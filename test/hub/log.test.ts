import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import { issueToken } from '../../server/auth/tokens.ts';
import type { Hub } from '../../server/hub.ts';
import { runJobs } from '../../server/jobs/jobs.ts';
import type { Handlers } from '../../server/operation.ts';
import { createEmbeddedStore } from '../../server/store/embedded-store.ts';
import { api, type Operation } from '../../utils/contract/api.ts';
import { MARK, marked } from './support/marked.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();

const PERSONAL = 'xenia.zzyzx@zzyzx.example';
const HEADERS = [
  'accept-language',
  'cookie',
  'forwarded',
  'from',
  'if-none-match',
  'origin',
  'referer',
  'traceparent',
  'user-agent',
  'x-forwarded-for',
  'x-request-id',
];
const markedHeaders = () => ({
  ...Object.fromEntries(HEADERS.map((name) => [name, PERSONAL])),
  'idempotency-key': uuid(),
});

/** As PostgreSQL fails: it quotes the row. The second line looks like one of a trace. */
function failure(): Error {
  const error = new Error(`Key (email)=(${PERSONAL}) exists.\n    at zzyzx (zzyzx:1:1)`, {
    cause: new Error(PERSONAL),
  });
  return Object.assign(error, { detail: PERSONAL, where: PERSONAL, body: { email: PERSONAL } });
}
const failing = () => Promise.reject(failure());

const operations = Object.entries<Operation>(api);
/** `people` of `/v1/people/{id}`. */
const kindOf = ({ path }: Operation) => path.split('/')[2] ?? '';

/** Of an operation: the address with personal values wherever there can be some. */
function addressOf(operation: Operation): string {
  const { path, params, query } = operation;
  const values = Object.entries((params ? marked(params, kindOf(operation)) : {}) as Record<string, unknown>);
  const filled = values.reduce<string>(
    (text, [name, value]) => text.replace(`{${name}}`, encodeURIComponent(String(value))),
    path,
  );
  const asked = Object.entries((query ? marked(query, kindOf(operation)) : {}) as Record<string, unknown>);
  return `${filled}?${new URLSearchParams([...asked.map(([k, v]) => [k, String(v)]), ['mail', PERSONAL]])}`;
}

async function callEverything(
  app: ReturnType<typeof createApp>,
  tokenOf: (operation: Operation) => Promise<string>,
) {
  const statuses: number[] = [];
  const call = async (address: string, init: RequestInit) => {
    const answer = await app.request(address, init);
    statuses.push(answer.status);
    await answer.body?.cancel();
  };
  for (const [, operation] of operations) {
    const { method, body } = operation;
    const sound = body && JSON.stringify(marked(body, kindOf(operation)));
    const bodies =
      sound === undefined ? [undefined] : [sound, sound.slice(0, -3), `{"${PERSONAL}":"${PERSONAL}"}`];
    for (const each of bodies) {
      const authorization = `Bearer ${await tokenOf(operation)}`;
      const headers = { ...markedHeaders(), 'content-type': 'application/json', authorization };
      await call(addressOf(operation), {
        method: method.toUpperCase(),
        headers,
        ...(each && { body: each }),
      });
    }
    await call(addressOf(operation), {
      method: method.toUpperCase(),
      headers: { ...markedHeaders(), authorization: `Bearer ${PERSONAL}` },
    });
  }
  // Those with a protocol of their own, and none.
  const others = app.routes.filter(({ method, path }) => method !== 'ALL' && !path.startsWith('/v1'));
  for (const { method, path } of [...others, { method: 'GET', path: `/nowhere/${PERSONAL}` }]) {
    await call(`${path.replaceAll(/:\w+/g, PERSONAL)}?mail=${PERSONAL}`, {
      method,
      headers: markedHeaders(),
    });
  }
  return statuses;
}

test('nothing personal is in the log, whatever is sent to whichever address, answered or refused', async () => {
  const { hub, app, log, admin, marketingManager } = await hubs.open();
  const tokenOf = tokens(hub, { admin, marketingManager });
  // The second time, what the first has stored is there.
  const statuses = [...(await callEverything(app, tokenOf)), ...(await callEverything(app, tokenOf))];
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(10);
  expect(statuses).not.toContain(500);
  expect(log.filter((line) => line.includes('"msg":"request"'))).toHaveLength(statuses.length);
  expectNothingPersonal(log);
});

test('nor when every handler fails, in words that hold it', async () => {
  const { hub, log, admin, marketingManager } = await hubs.open();
  const handlers = Object.fromEntries(operations.map(([name]) => [name, failing])) as unknown as Handlers;
  const statuses = await callEverything(createApp(hub, handlers), tokens(hub, { admin, marketingManager }));
  expect(statuses.filter((status) => status === 500).length).toBeGreaterThan(operations.length * 0.8);
  expectNothingPersonal(log);
});

test('nor when the database or a job does', async () => {
  const { hub, log, admin, marketingManager } = await hubs.open();
  const { in: databaseOf } = createEmbeddedStore({ wire: { send: failing, close: () => Promise.resolve() } });
  const app = createApp({ ...hub, databaseOf });
  const statuses = await callEverything(app, tokens(hub, { admin, marketingManager }));
  expect(statuses.filter((status) => status === 500).length).toBeGreaterThan(operations.length);
  await runJobs({ ...hub, databaseOf });
  await runJobs(hub, { odd: failing });
  expect(log.filter((line) => line.includes('"msg":"job ')).length).toBeGreaterThan(4);
  expectNothingPersonal(log);
});

const tokens =
  (hub: Hub, { admin, marketingManager }: Record<'admin' | 'marketingManager', { id: string }>) =>
  ({ roles }: Operation) =>
    issueToken(
      hubs.db,
      hub.workspaceId,
      (roles?.includes('admin') === false ? marketingManager : admin).id,
      hub.clock(),
    );

function expectNothingPersonal(log: readonly string[]): void {
  for (const line of log) expect(line).not.toMatch(MARK);
}
