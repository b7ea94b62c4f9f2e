import type { QueryResult } from 'kysely';
import { DatabaseError, serialize } from 'pg-protocol';
import type {
  BackendMessage,
  CommandCompleteMessage,
  DataRowMessage,
  ParameterDescriptionMessage,
  RowDescriptionMessage,
} from 'pg-protocol/dist/messages.js';
import { Parser } from 'pg-protocol/dist/parser.js';
import { createValues, scalarValues, type Values } from './pglite-values.ts';
import { joinBytes, type PGliteWire } from './pglite-wire.ts';
import { type Scope, scopeCommand, scopeKey } from './scope.ts';

/** The program has fewer texts of SQL than this; each prepared plan takes memory in the database. */
const MAX_STATEMENTS = 500;
/** Their tags end in a count of rows that were changed; SELECT's does not. */
const CHANGES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

interface Statement {
  name: string;
  parameters: readonly number[];
  columns: readonly { name: string; type: number }[];
}

/**
 * Runs SQL in the one session a PGlite has. Every text is prepared once under a name, because planning a
 * look-up takes longer than running it; from its sixth run on PostgreSQL keeps the plan when that pays.
 *
 * Queries are sent without waiting for the answers of those before. A transaction has the session for
 * itself: whoever comes meanwhile waits until it is over.
 */
export class PGliteSession {
  readonly #wire: PGliteWire;
  readonly #parser = new Parser();
  /** By their text; those used last stand last. */
  readonly #statements = new Map<string, Statement>();
  /** Names of statements to be closed with the next message that prepares one. */
  #forgotten: string[] = [];
  #prepared = 0;
  #values: Values = scalarValues;
  #opening: Promise<void> | undefined;
  /** Whose rows the session sees; see scope.ts. */
  #scope = 'owner';
  /** Resolves when everybody who asked for the session alone has given it back. */
  #free: Promise<void> = Promise.resolve();

  constructor(wire: PGliteWire) {
    this.#wire = wire;
  }

  /** Learns the database's types; to be called first, and again by whoever else uses the session. */
  open(): Promise<void> {
    this.#opening ??= this.#learnTypes();
    return this.#opening;
  }

  async #learnTypes(): Promise<void> {
    const { rows } = await this.query<{ element: number; array: number }>(
      'select oid as element, typarray as array from pg_type where typarray <> 0',
      [],
      'owner',
    );
    this.#values = createValues(rows);
  }

  close(): Promise<void> {
    return this.#wire.close();
  }

  /** Waits for the session and keeps everybody else out until the function it resolves with is called. */
  async lock(): Promise<() => void> {
    const before = this.#free;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#free = promise;
    await before;
    return resolve;
  }

  /** Runs a query when its turn has come. */
  async query<Row>(text: string, parameters: readonly unknown[], scope: Scope): Promise<QueryResult<Row>> {
    await this.#free;
    const known = this.#scope === scopeKey(scope) ? this.#statements.get(text) : undefined;
    // Nothing may be awaited in between: the next in turn begins its transaction at once.
    if (known) return this.#execute(text, known, parameters);
    const release = await this.lock();
    try {
      await this.enter(scope);
      return await this.queryLocked(text, parameters);
    } finally {
      release();
    }
  }

  /** Gives the session a scope, for whoever holds the lock and is in no transaction. */
  async enter(scope: Scope): Promise<void> {
    if (this.#scope === scopeKey(scope)) return;
    await this.command(scopeCommand(scope));
    this.#scope = scopeKey(scope);
  }

  /** Runs a query for whoever holds the lock. */
  async queryLocked<Row>(text: string, parameters: readonly unknown[]): Promise<QueryResult<Row>> {
    const statement = this.#statements.get(text) ?? (await this.#prepare(text));
    return this.#execute(text, statement, parameters);
  }

  /** Runs a command without parameters or rows for whoever holds the lock; resolves with its tag. */
  async command(text: string): Promise<string> {
    return tagOf(await this.#exchange([serialize.query(text)]));
  }

  async #prepare(text: string): Promise<Statement> {
    const name = `s${++this.#prepared}`;
    const closing = this.#forgotten.map((forgotten) => serialize.close({ type: 'S', name: forgotten }));
    this.#forgotten = [];
    const answers = await this.#exchange([
      ...closing,
      serialize.parse({ name, text }),
      serialize.describe({ type: 'S', name }),
      serialize.sync(),
    ]);
    const parameters = find<ParameterDescriptionMessage>(answers, 'parameterDescription')?.dataTypeIDs ?? [];
    const fields = find<RowDescriptionMessage>(answers, 'rowDescription')?.fields ?? [];
    const columns = fields.map((field) => ({ name: field.name, type: field.dataTypeID }));
    const statement = { name, parameters, columns };
    this.#statements.set(text, statement);
    const [oldest] = this.#statements.keys();
    if (this.#statements.size > MAX_STATEMENTS && oldest !== undefined) this.#forget(oldest);
    return statement;
  }

  async #execute<Row>(
    text: string,
    statement: Statement,
    parameters: readonly unknown[],
  ): Promise<QueryResult<Row>> {
    const { name, columns } = statement;
    if (parameters.length !== statement.parameters.length) {
      throw new TypeError(`The statement has ${statement.parameters.length} parameters.`);
    }
    const values = parameters.map((value, index) =>
      this.#values.serialize(statement.parameters[index] ?? 0, value),
    );
    this.#statements.delete(text);
    this.#statements.set(text, statement);
    const answers = await this.#exchange([
      serialize.bind({ statement: name, values }),
      serialize.execute(),
      serialize.sync(),
    ]).catch((error: unknown) => {
      // The reason may be a plan that a change of the schema has made useless; then the next one will do.
      if (this.#statements.get(text) === statement) this.#forget(text);
      throw error;
    });
    const read = (texts: (string | null)[]) =>
      columns.map(({ name, type }, index) => [name, this.#values.parse(type, texts[index] ?? null)] as const);
    const rows = answers
      .filter((answer): answer is DataRowMessage => answer.name === 'dataRow')
      .map(({ fields }) => Object.fromEntries(read(fields as (string | null)[])));
    const [command = '', ...counts] = tagOf(answers).split(' ');
    const changed = CHANGES.has(command) ? BigInt(counts.at(-1) ?? 0) : 0n;
    return { rows: rows as Row[], numAffectedRows: changed };
  }

  #forget(text: string): void {
    const statement = this.#statements.get(text);
    if (statement) this.#forgotten.push(statement.name);
    this.#statements.delete(text);
  }

  async #exchange(messages: readonly Uint8Array[]): Promise<BackendMessage[]> {
    const bytes = await this.#wire.send(joinBytes(messages));
    const answers: BackendMessage[] = [];
    this.#parser.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), (answer) =>
      answers.push(answer),
    );
    const error = answers.find((answer) => answer instanceof DatabaseError);
    if (error) {
      // From here the trace leads through those who await, to the query that failed.
      Error.captureStackTrace(error);
      throw error;
    }
    return answers;
  }
}

function find<Message extends BackendMessage>(
  answers: readonly BackendMessage[],
  name: Message['name'],
): Message | undefined {
  return answers.find((answer): answer is Message => answer.name === name);
}

const tagOf = (answers: readonly BackendMessage[]) =>
  find<CommandCompleteMessage & { name: 'commandComplete' }>(answers, 'commandComplete')?.text ?? '';
