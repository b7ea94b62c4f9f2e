import {
  AbortedTransactionError,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import type { PGliteSession } from './pglite-session.ts';
import type { Scope } from './scope.ts';

/** Kysely over PGlite by named statements, which its own dialect for PGlite does not use. */
export function createPGliteDialect(session: PGliteSession, scope: Scope): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PGliteDriver(session, scope),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

/** What Kysely takes for a connection: a turn in the one session, for one query or one transaction. */
class Turn implements DatabaseConnection {
  readonly #session: PGliteSession;
  readonly #scope: Scope;
  #release: (() => void) | undefined;

  constructor(session: PGliteSession, scope: Scope) {
    this.#session = session;
    this.#scope = scope;
  }

  executeQuery<Row>({ sql, parameters }: CompiledQuery) {
    return this.#release
      ? this.#session.queryLocked<Row>(sql, parameters)
      : this.#session.query<Row>(sql, parameters, this.#scope);
  }

  async *streamQuery(): AsyncGenerator<never> {
    yield await Promise.reject<never>(new Error('Not offered: read by pages instead.'));
  }

  async begin(): Promise<void> {
    this.#release = await this.#session.lock();
    await this.#session.enter(this.#scope);
    await this.#session.command('begin');
  }

  /** Ends the transaction; resolves with whether its changes stay. */
  async end(command: 'commit' | 'rollback'): Promise<boolean> {
    const tag = await this.#session.command(command);
    return tag === 'COMMIT';
  }

  leave(): void {
    this.#release?.();
    this.#release = undefined;
  }
}

class PGliteDriver implements Driver {
  readonly #session: PGliteSession;
  readonly #scope: Scope;

  constructor(session: PGliteSession, scope: Scope) {
    this.#session = session;
    this.#scope = scope;
  }

  init(): Promise<void> {
    return this.#session.open();
  }

  acquireConnection(): Promise<Turn> {
    return Promise.resolve(new Turn(this.#session, this.#scope));
  }

  /** Isolation is no question where one transaction runs at a time. */
  beginTransaction(turn: Turn): Promise<void> {
    return turn.begin();
  }

  async commitTransaction(turn: Turn): Promise<void> {
    // PostgreSQL answers so when a statement had failed and the error was swallowed.
    if (!(await turn.end('commit'))) throw new AbortedTransactionError();
  }

  async rollbackTransaction(turn: Turn): Promise<void> {
    await turn.end('rollback');
  }

  releaseConnection(turn: Turn): Promise<void> {
    turn.leave();
    return Promise.resolve();
  }

  /** The session is closed by whoever opened it: others may be using it. */
  destroy(): Promise<void> {
    return Promise.resolve();
  }
}
