import { sql } from 'kysely';
import type { Database } from '../store/database.ts';

/**
 * Does for PGlite what PostgreSQL's autovacuum does by itself, by the same thresholds: frees the space of old rows and
 * learns what tables hold, without which plans are made for tables as they were. One table at a time, so that
 * look-ups come in between.
 *
 * @returns whether there was one; call it again then.
 */
export async function vacuum(db: Database): Promise<boolean> {
  // Otherwise a session hands in what it has counted only now and then.
  await sql`select pg_stat_force_next_flush()`.execute(db);
  const { rows } = await sql<{ name: string }>`
    select s.relname as name
    from pg_stat_user_tables s join pg_class c on c.oid = s.relid
    where s.n_dead_tup > 50 + 0.2 * greatest(c.reltuples, 0)
        or s.n_ins_since_vacuum > 1000 + 0.2 * greatest(c.reltuples, 0)
        or s.n_mod_since_analyze > 50 + 0.1 * greatest(c.reltuples, 0)
    limit 1`.execute(db);
  const name = rows[0]?.name;
  if (name === undefined) return false;
  await sql`vacuum (analyze) ${sql.table(name)}`.execute(db);
  return true;
}
