import { sql } from 'kysely';
import type { Language } from '../../utils/contract/primitives.ts';
import type { User } from '../../utils/contract/session.ts';
import type { Database } from '../store/database.ts';

/** Longer than any mail server takes, and how long a mail that failed waits. */
const LEASE_MS = 15 * 60_000;
const MAX_ATTEMPTS = 5;
const KEPT_DAYS = 60;

/** Who gets a mail. */
export type Reader = User & { language: Language | null };

/**
 * Takes somebody whose mail of this week is not done, unless another hub has them. Should this process die, they are
 * free again when the lease ends.
 */
export async function claimReader(
  db: Database,
  workspaceId: string,
  week: string,
  now: Date,
): Promise<Reader | null> {
  const at = now.toISOString();
  const until = new Date(now.getTime() + LEASE_MS).toISOString();
  const { rows } = await sql<{ id: string }>`
    insert into digests (workspace_id, user_id, week, attempts, leased_until)
    select ${workspaceId}::uuid, u.id, ${week}::date, 1, ${until}::timestamptz from users u
    where u.workspace_id = ${workspaceId} and u.digest and u.deactivated_at is null and not exists (
      select 1 from digests g
      where g.workspace_id = ${workspaceId} and g.user_id = u.id and g.week = ${week}::date
        and (g.done_at is not null or g.leased_until > ${at}::timestamptz or g.attempts >= ${MAX_ATTEMPTS}))
    order by u.id limit 1
    on conflict (workspace_id, user_id, week) do update
      set attempts = digests.attempts + 1, leased_until = excluded.leased_until
      where digests.done_at is null and digests.leased_until <= ${at}::timestamptz
    returning user_id as id`.execute(db);
  if (!rows[0]) return null;
  const { rows: readers } = await sql<Reader>`
    select u.id, u.name, u.email, u.role, u.team, u.language from users u
    where u.workspace_id = ${workspaceId} and u.id = ${rows[0].id}`.execute(db);
  return readers[0] ?? null;
}

/** Notes that nothing more is to be sent to them this week. */
export async function finishReader(
  db: Database,
  workspaceId: string,
  { userId, week }: { userId: string; week: string },
  now: Date,
): Promise<void> {
  await sql`
    update digests g set done_at = ${now.toISOString()}
    where g.workspace_id = ${workspaceId} and g.user_id = ${userId} and g.week = ${week}::date`.execute(db);
}

/** Forgets which mails of long ago were sent. */
export async function forgetDigests(db: Database, workspaceId: string, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_DAYS * 24 * 60 * 60_000).toISOString();
  await sql`
    delete from digests g
    where g.workspace_id = ${workspaceId} and g.week < (${before}::timestamptz at time zone 'UTC')::date`.execute(
    db,
  );
}
