import type { Logger } from 'pino';
import pg from 'pg';
import { logFailure } from '../log-failure.ts';
import { hostsOf } from '../store/database-url.ts';
import { CHANNEL } from './changes.ts';
import type { Listen } from './live.ts';

const CONNECT_MS = 2_000;
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;

/**
 * Hears of what other processes commit, on a connection of its own. When that is lost, the hosts are asked in turn, more
 * and more slowly; nobody can listen on a standby, so the one that answers is the primary. Once it hears again,
 * everything may have changed.
 */
export function listenOnPostgres(url: string, logger: Logger): Listen {
  return (onChange) => {
    const hosts = hostsOf(url);
    let client: pg.Client | undefined;
    let retry: NodeJS.Timeout | undefined;
    let failures = 0;
    let stopped = false;

    const connect = async () => {
      const own = new pg.Client({
        connectionString: hosts[failures % hosts.length],
        connectionTimeoutMillis: CONNECT_MS,
        keepAlive: true,
        application_name: 'tandem live',
      });
      client = own;
      let lost = false;
      const lose = (error?: Error) => {
        if (lost || stopped) return;
        lost = true;
        if (error && failures === 0) logFailure(logger, error, 'live: the database tells no changes');
        own.end().catch(() => undefined);
        retry = setTimeout(() => void connect(), Math.min(FIRST_RETRY_MS * 2 ** failures, LAST_RETRY_MS));
        failures += 1;
      };
      own.on('error', lose).on('end', () => lose());
      own.on('notification', ({ payload }) => onChange(payload ?? null));
      try {
        await own.connect();
        await own.query(`listen ${CHANNEL}`);
        failures = 0;
        onChange(null);
      } catch (error) {
        lose(error as Error);
      }
    };
    void connect();

    return async () => {
      stopped = true;
      clearTimeout(retry);
      await client?.end().catch(() => undefined);
    };
  };
}
