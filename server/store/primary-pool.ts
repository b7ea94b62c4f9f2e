import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isConnectionLost, NoPrimaryError } from './connection-failure.ts';
import { hostsOf } from './database-url.ts';

/** As many as make a difference on few cores; more wait in the pool. */
const CONNECTIONS = 10;
const CONNECT_MS = 2_000;
/** A host that vanished without a word would otherwise hold a request for minutes. */
const QUERY_MS = 60_000;
/** How long a request waits for a server that can be written to, while a standby takes over. */
const PATIENCE_MS = 20_000;
const RETRY_MS = 100;

export interface PoolSettings {
  connections?: number;
  /** How long to wait for a server that can be written to, in milliseconds. */
  patience?: number;
  /** How long a query may take, in milliseconds; 0 for as long as it likes. */
  queryMs?: number;
  /** What each value of a type becomes. */
  types?: pg.CustomTypesConfig;
}

/**
 * Connections to whichever of some servers can be written to. `pg` knows one host only; so when it is lost, the hosts
 * are asked in order which of them is the primary now.
 */
export class PrimaryPool {
  readonly #hosts: readonly string[];
  readonly #settings: PoolSettings;
  #pool: pg.Pool | null = null;
  #finding: Promise<pg.Pool> | null = null;
  /** What to call for those who wait for a connection when the pool is lost: it would leave them waiting. */
  readonly #waiters = new Set<() => void>();
  #closed = false;

  constructor(url: string, settings: PoolSettings = {}) {
    this.#hosts = hostsOf(url);
    this.#settings = settings;
  }

  /** @throws NoPrimaryError when no server can be written to for twenty seconds, or no connection is free. */
  async connect(): Promise<pg.PoolClient> {
    const until = performance.now() + (this.#settings.patience ?? PATIENCE_MS);
    for (;;) {
      const pool = this.#pool ?? (await this.#findPrimary(until));
      try {
        return await this.#take(pool);
      } catch (error) {
        if (isQueueTimeout(error)) throw new NoPrimaryError('Every connection is busy.', { cause: error });
        if (this.#closed || !isConnectionLost(error)) throw error;
        this.lose(pool);
      }
    }
  }

  /** How many connections there are, how many of them are idle, and how many requests wait for one. */
  counts(): { total: number; idle: number; waiting: number } {
    const pool = this.#pool;
    return { total: pool?.totalCount ?? 0, idle: pool?.idleCount ?? 0, waiting: pool?.waitingCount ?? 0 };
  }

  /** Gives a connection back: to be used again, to be closed, or to be closed with the others to its server. */
  release(client: pg.PoolClient, state: 'sound' | 'broken' | 'lost'): void {
    client.release(state !== 'sound');
    if (state === 'lost' && this.#pool) this.lose(this.#pool);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#pool?.end();
  }

  /** Whoever uses a connection of it goes on; nobody gets another one. */
  private lose(pool: pg.Pool): void {
    if (this.#pool !== pool) return;
    this.#pool = null;
    for (const giveUp of this.#waiters) giveUp();
    this.#waiters.clear();
    void pool.end().catch(() => undefined);
  }

  #take(pool: pg.Pool): Promise<pg.PoolClient> {
    return new Promise((resolve, reject) => {
      let gaveUp = false;
      const giveUp = () => {
        gaveUp = true;
        reject(new Error('Connection terminated before anybody gave one back.'));
      };
      this.#waiters.add(giveUp);
      void pool
        .connect()
        .then((client) => (gaveUp ? client.release(true) : resolve(client)), reject)
        .finally(() => this.#waiters.delete(giveUp));
    });
  }

  /** One search at a time, whoever asks. */
  #findPrimary(until: number): Promise<pg.Pool> {
    this.#finding ??= this.#search(until).finally(() => (this.#finding = null));
    return this.#finding;
  }

  async #search(until: number): Promise<pg.Pool> {
    let reason: unknown;
    while (!this.#closed) {
      for (const connectionString of this.#hosts) {
        const pool = this.#poolOf(connectionString);
        try {
          if (await isPrimary(pool)) return (this.#pool = pool);
          reason = new Error('It is a standby.');
        } catch (error) {
          reason = error;
        }
        void pool.end();
        // A wrong password or name stays wrong.
        if (this.#hosts.length === 1 && !isConnectionLost(reason)) throw reason;
      }
      if (performance.now() > until) break;
      await sleep(RETRY_MS);
    }
    throw new NoPrimaryError('No server of DATABASE_URL can be written to.', { cause: reason });
  }

  #poolOf(connectionString: string): pg.Pool {
    const { types, connections = CONNECTIONS, queryMs = QUERY_MS, patience = PATIENCE_MS } = this.#settings;
    const pool = new pg.Pool({
      connectionString,
      max: connections,
      Client: QuickClient,
      // To the pool it is also how long a request may wait for somebody else's connection: under load, a while.
      connectionTimeoutMillis: patience,
      ...(queryMs > 0 && { query_timeout: queryMs }),
      keepAlive: true,
      application_name: 'tandem-hub',
      ...(types && { types }),
    });
    // Without listeners a connection that breaks would end the process: an idle one, and one that waits for the next
    // query of its transaction, which then fails.
    pool.on('error', () => this.lose(pool));
    pool.on('connect', (client) => client.on('error', () => this.lose(pool)));
    return pool;
  }
}

/** Connects soon or not at all: the next host may be the one that is there. */
class QuickClient extends pg.Client {
  constructor(config: pg.ClientConfig = {}) {
    super({ ...config, connectionTimeoutMillis: CONNECT_MS });
  }
}

/** The word of `pg-pool` when nobody has given a connection back in time. */
const isQueueTimeout = (error: unknown) =>
  error instanceof Error && error.message === 'timeout exceeded when trying to connect';

/** A standby answers too, but what is sent to it cannot be stored. */
async function isPrimary(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ primary: boolean }>(
    `select not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off' as primary`,
  );
  return rows[0]?.primary === true;
}
