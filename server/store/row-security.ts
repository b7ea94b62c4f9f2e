import { sql } from 'kysely';
import type { WriteTransaction } from './database.ts';
import { HUB_ROLE, WORKSPACE_SETTING } from './scope.ts';

/**
 * Puts up the second wall between workspaces, on every table that has none yet: the hub's role reads and writes only
 * rows of the workspace that its session names, whatever a query says. The first wall is the query's own
 * `workspace_id = $1`. Tables without a workspace can only be read.
 *
 * @throws Error when the role is missing and this user may not make it; the message says how to.
 */
export async function secureRows(tx: WriteTransaction): Promise<void> {
  await ensureRole(tx);
  const { rows: tables } = await sql<{ name: string; walled: boolean; shared: boolean }>`
    select c.relname as name,
      exists (select 1 from pg_policies y where y.schemaname = 'public' and y.tablename = c.relname) as walled,
      not exists (select 1 from pg_attribute a
        where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped) as shared
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`.execute(tx);
  const role = sql.id(HUB_ROLE);
  await sql`grant usage on schema public to ${role}`.execute(tx);
  for (const { name, walled, shared } of tables) {
    const table = sql.table(name);
    if (shared) {
      await sql`grant select on ${table} to ${role}`.execute(tx);
      continue;
    }
    await sql`grant select, insert, update, delete on ${table} to ${role}`.execute(tx);
    if (walled) continue;
    // A subquery, so that the setting is read once for a statement and not once for a row.
    await sql`create policy workspace on ${table} using (workspace_id =
      (select nullif(current_setting(${sql.lit(WORKSPACE_SETTING)}, true), '')::uuid))`.execute(tx);
    await sql`alter table ${table} enable row level security`.execute(tx);
  }
}

/** Roles belong to the whole server: another database's hub may have made it, or be making it now. */
async function ensureRole(tx: WriteTransaction): Promise<void> {
  const { rows } = await sql<{ may: boolean; exists: boolean }>`
    select exists (select 1 from pg_roles r where r.rolname = ${HUB_ROLE}) as exists,
      (select m.rolcreaterole or m.rolsuper from pg_roles m where m.rolname = current_user) as may`.execute(
    tx,
  );
  if (rows[0]?.exists === true) return;
  if (rows[0]?.may !== true) {
    throw new Error(
      `The database has no role ${HUB_ROLE}, and this user may not make one. Have an administrator run: ` +
        `create role ${HUB_ROLE} nologin; grant ${HUB_ROLE} to <the user of DATABASE_URL>;`,
    );
  }
  await sql`create role ${sql.id(HUB_ROLE)} nologin`.execute(tx);
  await sql`grant ${sql.id(HUB_ROLE)} to current_user`.execute(tx);
}
