import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { etag, RETAINED_304_HEADERS } from 'hono/etag';
import { api, type Operation } from '../utils/contract/api.ts';
import type { HubEnv } from './auth/authorise.ts';
import { describeOperation, IDEMPOTENCY_KEY } from './describe-operation.ts';
import type { Hub } from './hub.ts';
import { type HubRequest, JsonText } from './operation.ts';
import type { Database } from './store/database.ts';
import { once, type StoredAnswer } from './store/idempotency.ts';
import { retrying } from './store/retrying.ts';

/** What is left of a handler's type once its row is known only at run time; validation sees to the rest. */
type AnyHandler = (request: HubRequest<Operation>) => Promise<unknown>;

/** On an answer 304, besides those of HTTP: without them the browser would hide it from the extension. */
const KEPT_ON_304 = [
  ...RETAINED_304_HEADERS,
  'access-control-allow-origin',
  'access-control-expose-headers',
  'ratelimit',
  'ratelimit-policy',
];

/** Adds an operation to the app: who may call it, its validation, its transaction, its description. */
export function addOperation(
  app: OpenAPIHono<HubEnv>,
  { hub, authorise }: { hub: Hub; authorise: (operation: Operation) => MiddlewareHandler<HubEnv> },
  [name, operation, handler]: [name: string, operation: Operation, handler: AnyHandler],
): void {
  // Asking for contexts is a POST only to keep addresses out of the URL.
  const writes = operation.method !== 'get' && operation !== api.context;
  const conditional = operation.method === 'get' ? [etag({ retainedHeaders: KEPT_ON_304 })] : [];
  const route = createRoute({
    ...describeOperation(name, operation, writes),
    middleware: [authorise(operation), ...conditional],
  });

  app.openapi(route, async (c: Context<HubEnv>) => {
    const request = requestOf(c, hub, operation);
    const database = hub.databaseOf(request.session?.workspaceId ?? hub.workspaceId);
    const run = async (db: Database) => toAnswer(await handler({ ...request, db } as HubRequest<Operation>));
    if (!writes) return send(c, await retrying(() => run(database), { repeatable: true }));

    const key = c.req.header(IDEMPOTENCY_KEY);
    const bodyText = operation.body ? await c.req.text() : '';
    // The answer leaves only after the commit.
    const transaction = () =>
      database.transaction().execute((tx) => {
        if (key === undefined || request.session === null) return run(tx);
        const { workspaceId, user } = request.session;
        const parts = [user.id, operation.method, c.req.path, bodyText];
        return once(tx, { workspaceId, key, parts, now: request.now }, () => run(tx));
      });
    const answer = await retrying(transaction, { repeatable: key !== undefined && request.session !== null });
    if (answer.replayed) c.header('Idempotency-Replayed', 'true');
    else hub.wake();
    return send(c, answer);
  });
}

function requestOf(c: Context<HubEnv>, hub: Hub, { roles, body, params, query }: Operation) {
  const valid = (target: string): unknown => c.req.valid(target as never);
  return {
    hub,
    session: roles === null ? null : c.get('session'),
    body: body && valid('json'),
    params: params && valid('param'),
    query: query && valid('query'),
    now: hub.clock(),
  };
}

function toAnswer(value: unknown): StoredAnswer {
  if (value === undefined) return { status: 204, body: '' };
  return { status: 200, body: value instanceof JsonText ? value.text : JSON.stringify(value) };
}

function send(c: Context, { status, body }: StoredAnswer): Response {
  return status === 204 ? c.body(null, 204) : c.body(body, 200, { 'content-type': 'application/json' });
}
