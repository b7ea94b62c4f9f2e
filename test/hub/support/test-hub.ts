import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import { createApp } from '../../../server/app.ts';
import { PersonViews } from '../../../server/audit/person-views.ts';
import { SignInCodes } from '../../../server/auth/sign-in-codes.ts';
import { issueToken } from '../../../server/auth/tokens.ts';
import type { Hub } from '../../../server/hub.ts';
import { createSourceAccess } from '../../../server/connectors/source-access.ts';
import { createMetrics } from '../../../server/metrics.ts';
import type { Database } from '../../../server/store/database.ts';
import { createLive } from '../../../server/live/live.ts';
import { createSecrets } from '../../../server/secrets.ts';
import { loadSample } from '../../../server/store/load-sample.ts';
import type { Store } from '../../../server/store/store.ts';
import type { User } from '../../../utils/contract/session.ts';
import { smallWorkspace } from './small-workspace.ts';
import { openTestStore } from './test-database.ts';

export interface Answered {
  status: number;
  headers: Headers;
  /** The parsed JSON; null when there is none. */
  json: unknown;
  text: string;
}

export type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answered>;

/** One database for a test file; each test makes itself a workspace in it. */
export function useTestHub() {
  let store: Store;
  let db: Database;
  beforeAll(async () => {
    store = await openTestStore();
    db = store.owner;
  });
  afterAll(() => store.close());

  return {
    /** Sees every workspace. */
    get db() {
      return db;
    },

    get store() {
      return store;
    },

    async open(settings: Partial<Hub> = {}) {
      let now = Date.parse('2026-11-20T09:00:00.000Z');
      const small = smallWorkspace(new Date(now));
      await loadSample(db, small, new Date(now));
      const log: string[] = [];
      const codes: string[] = [];
      const clock = () => new Date(now);
      const logger = pino({ level: 'info' }, { write: (line) => void log.push(line) });
      const hub: Hub = {
        databaseOf: store.in,
        clock,
        logger,
        live: createLive({ databaseOf: store.in, clock, logger }),
        signInCodes: new SignInCodes((code) => codes.push(code)),
        signIn: { oidc: null, secretKeys: [], trustedProxies: 0 },
        workspaceId: small.workspace.id,
        mailer: null,
        secrets: createSecrets([randomBytes(32)]),
        sources: createSourceAccess({ allowPrivate: true }),
        allowPrivateTargets: true,
        publicUrl: null,
        extensionOrigins: [],
        requestsPerMinute: 100_000,
        metrics: createMetrics(),
        personViews: new PersonViews(),
        metricsToken: null,
        stopping: new AbortController().signal,
        wake: () => undefined,
        ...settings,
      };
      const app = createApp(hub);
      const call: Call = async (method, path, body, headers = {}) => {
        const response = await app.request(path, {
          method,
          headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
          ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        });
        const isStream = response.headers.get('content-type') === 'text/event-stream';
        // A stream's text would never come to an end.
        const text = isStream ? await response.body!.cancel().then(() => '') : await response.text();
        const isJson = response.headers.get('content-type')?.includes('json') ?? false;
        return {
          status: response.status,
          headers: response.headers,
          json: isJson ? (JSON.parse(text) as unknown) : null,
          text,
        };
      };
      return {
        ...small,
        hub,
        app,
        log,
        /** Codes announced after the first. */
        codes,
        call,
        /** Calls as this user, with a token of its own. */
        as: async (user: User): Promise<Call> => {
          const token = await issueToken(db, small.workspace.id, user.id, new Date(now));
          return (method, path, body, headers = {}) =>
            call(method, path, body, { authorization: `Bearer ${token}`, ...headers });
        },
        pass: (milliseconds: number) => {
          now += milliseconds;
        },
        now: () => new Date(now).toISOString(),
      };
    },

    /** How many rows each table holds, to see that nothing was stored; but for what signing in writes. */
    async countRows(): Promise<Record<string, number>> {
      const tables = await sql<{ name: string }>`
        select tablename as name from pg_tables where schemaname = 'public'
          and tablename not in ('sessions', 'oauth_records', 'audit_events') order by 1`.execute(db);
      const counts = await Promise.all(
        tables.rows.map(async ({ name }) => {
          const { rows } = await sql<{
            n: number;
          }>`select count(*)::int as n from ${sql.table(name)}`.execute(db);
          return [name, rows[0]?.n ?? 0] as const;
        }),
      );
      return Object.fromEntries(counts);
    },
  };
}
