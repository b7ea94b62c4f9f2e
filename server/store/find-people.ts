import { type RawBuilder, sql } from 'kysely';
import type { ContextQuery } from '../../utils/contract/lead-context.ts';
import { normaliseEmail, withoutTag } from '../../utils/domain/email.ts';
import type { Value } from './query-template.ts';

/**
 * A query that gives for each look-up its position `ord` (from 0) and `person_id`, null where nobody is
 * known. An address counts exactly first, and without its tag only when that leads to one person: never
 * two people for one look-up, never a guess. Archived people do not exist.
 *
 * Subqueries rather than joins: PGlite gathers no statistics by itself, and without them joins were
 * planned as scans of whole tables.
 */
export function findPeople(workspaceId: string, lookUps: readonly ContextQuery[]): RawBuilder<unknown> {
  return findAsked(workspaceId, askedText(lookUps));
}

/** The same for look-ups as `askedText` writes them. */
export function findAsked(workspaceId: Value, asked: Value): RawBuilder<unknown> {
  return sql`
    select q.ord, coalesce(
      (select e.person_id from person_emails e
       join people ep on ep.workspace_id = ${workspaceId} and ep.id = e.person_id and ep.archived_at is null
       where e.workspace_id = ${workspaceId} and e.email = q.email),
      (select min(t.person_id::text)::uuid from person_emails t
       join people tp on tp.workspace_id = ${workspaceId} and tp.id = t.person_id and tp.archived_at is null
       where t.workspace_id = ${workspaceId} and t.without_tag = q.without_tag
       having count(distinct t.person_id) = 1),
      (select x.person_id from person_external_ids x
       join people xp on xp.workspace_id = ${workspaceId} and xp.id = x.person_id and xp.archived_at is null
       where x.workspace_id = ${workspaceId} and x.system = q.system and x.tenant = coalesce(q.tenant, '')
         and x.type = q.type and x.id = q.id)
    ) as person_id
    from json_to_recordset(${asked}::text::json)
      as q (ord int, email text, without_tag text, system text, tenant text, type text, id text)`;
}

/** Look-ups as one value of a query. */
export const askedText = (lookUps: readonly ContextQuery[]): string =>
  JSON.stringify(lookUps.map((lookUp, ord) => ({ ord, ...lookUpRow(lookUp) })));

/** A look-up as SQL compares it. */
export function lookUpRow(lookUp: ContextQuery) {
  if ('record' in lookUp) return lookUp.record;
  const email = normaliseEmail(lookUp.email);
  return { email, without_tag: email === null ? null : withoutTag(email) };
}
