import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { AuditEvent, AuditFilter } from '../../utils/contract/audit.ts';
import type { Database } from '../store/database.ts';
import { insertRows } from '../store/insert-rows.ts';
import { instant } from '../store/json.ts';

export interface NewAuditEvent {
  /** The operation's name, or what else happened, in the same style. */
  action: string;
  /** Left out when the hub did it by itself. */
  byUserId?: string | undefined;
  /** The person, user or thing it was done to. */
  subjectId?: string | undefined;
  /** Words and numbers of the program; nothing that somebody wrote, and nothing that names a person. */
  details?: Record<string, unknown> | undefined;
  at: Date;
}

/** Writes something down in the audit log; in the transaction of what was done, so that both happen or neither. */
export async function noteAudit(db: Database, workspaceId: string, event: NewAuditEvent): Promise<void> {
  const { action, byUserId, subjectId, details = {}, at } = event;
  await insertRows(db, workspaceId, 'audit_events', [
    {
      id: uuid(),
      at: at.toISOString(),
      action,
      by_user_id: byUserId ?? null,
      subject_id: subjectId ?? null,
      details: Object.keys(details).length > 0 ? details : null,
    },
  ]);
}

/** The log, newest first. */
export async function listAudit(
  db: Database,
  workspaceId: string,
  filter: AuditFilter & { after?: { at: string; id: string } | undefined; limit: number },
): Promise<AuditEvent[]> {
  const { action, userId, subjectId, from, to, after, limit } = filter;
  const { rows } = await sql<{ event: AuditEvent }>`
    select json_strip_nulls(json_build_object(
      'id', a.id, 'at', ${instant('a.at')}, 'action', a.action,
      'by', (select json_build_object('id', u.id, 'name', u.name)
             from users u where u.workspace_id = ${workspaceId} and u.id = a.by_user_id),
      'subjectId', a.subject_id, 'details', a.details)) as event
    from audit_events a
    where a.workspace_id = ${workspaceId}
      ${action === undefined ? sql`` : sql`and a.action = ${action}`}
      ${userId === undefined ? sql`` : sql`and a.by_user_id = ${userId}`}
      ${subjectId === undefined ? sql`` : sql`and a.subject_id = ${subjectId}`}
      ${from === undefined ? sql`` : sql`and a.at >= ${from}`}
      ${to === undefined ? sql`` : sql`and a.at < ${to}`}
      ${after ? sql`and (a.at, a.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
    order by a.at desc, a.id desc limit ${limit}`.execute(db);
  return rows.map(({ event }) => event);
}
