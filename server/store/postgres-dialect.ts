import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  AbortedTransactionError,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { PoolClient } from 'pg';
import { isConnectionLost, OutcomeUnknownError } from './connection-failure.ts';
import type { PrimaryPool } from './primary-pool.ts';
import { type Scope, scopeCommand, scopeKey } from './scope.ts';
import type { StatementNames } from './statement-names.ts';

/** Kysely over `pg` by named statements, each connection seeing the rows of one scope. */
export function createPostgresDialect(pool: PrimaryPool, names: StatementNames, scope: Scope): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PostgresDriver(pool, names, scope),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

/** The scope each connection was given last. */
const scopes = new WeakMap<PoolClient, string>();

class PostgresConnection implements DatabaseConnection {
  readonly #client: PoolClient;
  readonly #names: StatementNames;
  state: 'sound' | 'broken' | 'lost' = 'sound';

  constructor(client: PoolClient, names: StatementNames) {
    this.#client = client;
    this.#names = names;
  }

  get client(): PoolClient {
    return this.#client;
  }

  async executeQuery<Row>({ sql: text, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const name = this.#names.nameOf(text);
    const values = [...parameters];
    const result = await this.run(() =>
      this.#client.query(name === undefined ? { text, values } : { name, text, values }),
    );
    return { rows: result.rows as Row[], numAffectedRows: BigInt(result.rowCount ?? 0) };
  }

  async *streamQuery(): AsyncGenerator<never> {
    yield await Promise.reject<never>(new Error('Not offered: read by pages instead.'));
  }

  async command(text: string): Promise<string> {
    return (await this.run(() => this.#client.query(text))).command;
  }

  async enter(scope: Scope): Promise<void> {
    const key = scopeKey(scope);
    if (scopes.get(this.#client) === key) return;
    await this.command(scopeCommand(scope));
    scopes.set(this.#client, key);
  }

  async run<Result>(query: () => Promise<Result>): Promise<Result> {
    try {
      return await query();
    } catch (error) {
      if (isConnectionLost(error)) this.state = 'lost';
      else if (needsNewPlans(error)) this.state = 'broken';
      throw error;
    }
  }
}

/** "Cached plan must not change result type": a newer hub has changed a table under the statements prepared here. */
const needsNewPlans = (error: unknown) => error instanceof Error && 'code' in error && error.code === '0A000';

class PostgresDriver implements Driver {
  readonly #pool: PrimaryPool;
  readonly #names: StatementNames;
  readonly #scope: Scope;

  constructor(pool: PrimaryPool, names: StatementNames, scope: Scope) {
    this.#pool = pool;
    this.#names = names;
    this.#scope = scope;
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  async acquireConnection(): Promise<PostgresConnection> {
    const connection = new PostgresConnection(await this.#pool.connect(), this.#names);
    try {
      await connection.enter(this.#scope);
      return connection;
    } catch (error) {
      await this.releaseConnection(connection);
      throw error;
    }
  }

  async beginTransaction(connection: PostgresConnection): Promise<void> {
    await connection.command('begin');
  }

  async commitTransaction(connection: PostgresConnection): Promise<void> {
    let tag: string;
    try {
      tag = await connection.command('commit');
    } catch (error) {
      if (!isConnectionLost(error)) throw error;
      throw new OutcomeUnknownError('The connection broke while a transaction ended.', { cause: error });
    }
    // PostgreSQL answers so when a statement had failed and the error was swallowed.
    if (tag === 'ROLLBACK') throw new AbortedTransactionError();
  }

  /** What broke the connection must come through, not that nothing can be taken back on it. */
  async rollbackTransaction(connection: PostgresConnection): Promise<void> {
    if (connection.state === 'lost') return;
    await connection.command('rollback').catch(() => (connection.state = 'lost'));
  }

  releaseConnection(connection: PostgresConnection): Promise<void> {
    this.#pool.release(connection.client, connection.state);
    return Promise.resolve();
  }

  /** The pool is closed by whoever made it: others use it, too. */
  destroy(): Promise<void> {
    return Promise.resolve();
  }
}
