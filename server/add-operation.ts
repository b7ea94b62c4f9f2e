import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { etag, RETAINED_304_HEADERS } from 'hono/etag';
import type { Operation } from '../utils/contract/api.ts';
import { noteAudit } from './audit/audit-events.ts';
import type { HubEnv } from './auth/authorise.ts';
import { describeOperation, IDEMPOTENCY_KEY } from './describe-operation.ts';
import type { Hub } from './hub.ts';
import { type HubRequest, JsonText } from './operation.ts';
import type { Database } from './store/database.ts';
import { once, onceSealed, type StoredAnswer } from './store/idempotency.ts';
import { retrying } from './store/retrying.ts';
import { transact } from './store/transact.ts';

/** What is left of a handler's type once its row is known only at run time; validation sees to the rest. */
type AnyHandler = (request: HubRequest<Operation>) => Promise<unknown>;

/** On an answer 304, besides those of HTTP: without them the browser would hide it from the extension. */
const KEPT_ON_304 = [
  ...RETAINED_304_HEADERS,
  'access-control-allow-origin',
  'access-control-expose-headers',
  'ratelimit',
  'ratelimit-policy',
  'x-request-id',
];

/** No proxy may keep events back or for others. */
const STREAM_HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
};

/** Adds an operation to the app: who may call it, its validation, its transaction, its description. */
export function addOperation(
  app: OpenAPIHono<HubEnv>,
  { hub, authorise }: { hub: Hub; authorise: (operation: Operation) => MiddlewareHandler<HubEnv> },
  [name, operation, handler]: [name: string, operation: Operation, handler: AnyHandler],
): void {
  const writes = operation.method !== 'get' && !operation.direct;
  const conditional =
    operation.method === 'get' && !operation.stream ? [etag({ retainedHeaders: KEPT_ON_304 })] : [];
  const route = createRoute({
    ...describeOperation(name, operation, writes),
    middleware: [authorise(operation), ...conditional],
  });

  app.openapi(route, async (c: Context<HubEnv>) => {
    const request = requestOf(c, hub, operation);
    const workspaceId = request.session?.workspaceId ?? hub.workspaceId;
    const database = hub.databaseOf(workspaceId);
    if (operation.stream) {
      const events = await handler({ ...request, db: database } as HubRequest<Operation>);
      return c.body(events as ReadableStream<Uint8Array>, 200, STREAM_HEADERS);
    }
    const run = async (db: Database) => {
      const answer = toAnswer(await handler({ ...request, db } as HubRequest<Operation>));
      if (operation.audit === 'always') await noteOperation(db, name, request);
      return answer;
    };
    if (!writes) {
      const read = () =>
        operation.audit && !operation.direct
          ? transact(database, workspaceId, request.now, run)
          : run(database);
      return send(c, await retrying(read, { repeatable: true }));
    }

    const key = c.req.header(IDEMPOTENCY_KEY);
    // Only for the key: Hono writes the text of a body anew that it has parsed.
    const bodyText = operation.body && key !== undefined ? await c.req.text() : '';
    // The answer leaves only after the commit.
    const keyed = key !== undefined && request.session !== null;
    const transaction = () =>
      transact(database, workspaceId, request.now, (tx) => {
        if (!keyed || request.session === null) return run(tx);
        const callerId = 'user' in request.session ? request.session.user.id : request.session.writeKeyId;
        const parts = [callerId, operation.method, c.req.path, bodyText];
        const asked = { workspaceId, key, parts, now: request.now };
        return operation.secret
          ? onceSealed(hub.secrets, tx, asked, () => run(tx))
          : once(tx, asked, () => run(tx));
      });
    const answer = await retrying(transaction, { repeatable: keyed });
    if (answer.replayed) c.header('Idempotency-Replayed', 'true');
    else {
      hub.live.poke(workspaceId);
      hub.wake();
    }
    return send(c, answer);
  });
}

/** What stands in the path says what it was done to; bodies stay out, for they hold what people wrote. */
async function noteOperation(
  db: Database,
  action: string,
  { session, params, now }: ReturnType<typeof requestOf>,
) {
  if (session === null || !('user' in session)) return;
  const { id: subjectId, ...details } = (params ?? {}) as Record<string, unknown> & { id?: string };
  await noteAudit(db, session.workspaceId, {
    action,
    byUserId: session.user.id,
    subjectId,
    details,
    at: now,
  });
}

function requestOf(c: Context<HubEnv>, hub: Hub, { roles, body, params, query, headers }: Operation) {
  const valid = (target: string): unknown => c.req.valid(target as never);
  return {
    hub,
    session: roles === null ? null : c.get('session'),
    body: body && valid('json'),
    params: params && valid('param'),
    query: query && valid('query'),
    headers: headers && valid('header'),
    now: hub.clock(),
    userAgent: c.req.header('user-agent'),
  };
}

function toAnswer(value: unknown): StoredAnswer {
  if (value === undefined) return { status: 204, body: '' };
  return { status: 200, body: value instanceof JsonText ? value.text : JSON.stringify(value) };
}

function send(c: Context, { status, body }: StoredAnswer): Response {
  return status === 204 ? c.body(null, 204) : c.body(body, 200, { 'content-type': 'application/json' });
}
