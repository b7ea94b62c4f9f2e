import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { JourneyKind } from '../../utils/contract/people-search.ts';
import { Id, Instant } from '../../utils/contract/primitives.ts';
import { ProblemError } from '../problem.ts';
import { stageEventJson, touchpointJson } from '../store/contexts.ts';
import type { Database } from '../store/database.ts';
import { feedbackJson, instant, json, jsonInstant, jsonObject, word } from '../store/json.ts';

const Place = z.tuple([Instant, JourneyKind, Id]);
type Place = z.infer<typeof Place>;

interface Asked {
  personId: string;
  kind?: JourneyKind | undefined;
  cursor?: string | undefined;
  limit: number;
}

/**
 * A page of what happened to somebody and what is planned, the latest first, as the text of the contract's `Journey`.
 * Of each kind the index of person and time gives no more rows than the page has: a long history costs what a short
 * one does.
 */
export async function readJourney(
  db: Database,
  workspaceId: string,
  { personId, kind, cursor, limit }: Asked,
): Promise<string> {
  const after = cursor === undefined ? null : readPlace(cursor);
  const kinds = JourneyKind.options.filter((one) => kind === undefined || one === kind);
  const { rows } = await sql<{ at: string; kind: JourneyKind; id: string; item: string }>`
    select ${instant('j.at')} as at, j.kind, j.id, j.item
    from (${sql.join(
      kinds.map((one) => sql`(${pages[one](workspaceId, personId)} ${endOfPage(one, after, limit)})`),
      sql` union all `,
    )}) j
    order by j.at desc, j.kind desc, j.id desc limit ${limit + 1}`.execute(db);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor = rows.length > limit && last ? writePlace([last.at, last.kind, last.id]) : null;
  return `{"items":[${page.map(({ item }) => item).join(',')}],"nextCursor":${JSON.stringify(nextCursor)}}`;
}

/** What each kind's time is called, and the letter of its table. */
const columns: Record<JourneyKind, { at: string; id: string }> = {
  touchpoint: { at: 't.occurred_at', id: 't.id' },
  stage: { at: 'v.at', id: 'v.id' },
  'hand-over': { at: 'h.at', id: 'h.id' },
  'follow-up': { at: 'u.at', id: 'u.id' },
  feedback: { at: 'f.at', id: 'f.id' },
  planned: { at: 'pt.at', id: 'pt.id' },
};

const item = (kind: JourneyKind, rest: Record<string, RawBuilder<unknown>>) => sql`
  ${sql.ref(columns[kind].at)} as at, ${sql.lit(kind)} as kind, ${sql.ref(columns[kind].id)} as id,
  ${jsonObject({ kind: sql.lit(`"${kind}"`), at: jsonInstant(columns[kind].at), ...rest })} as item`;

/** The rows of each kind, before they are cut. */
const pages: Record<JourneyKind, (workspaceId: string, personId: string) => RawBuilder<unknown>> = {
  touchpoint: (workspaceId, personId) => sql`
    select ${item('touchpoint', {
      touchpoint: touchpointJson,
      campaignName: sql`(select to_json(c.name) from campaigns c
        where c.workspace_id = ${workspaceId} and c.id = t.campaign_id)`,
    })}
    from touchpoints t where t.workspace_id = ${workspaceId} and t.person_id = ${personId}`,
  stage: (workspaceId, personId) => sql`
    select ${item('stage', { event: stageEventJson })}
    from stage_events v where v.workspace_id = ${workspaceId} and v.person_id = ${personId}`,
  'hand-over': (workspaceId, personId) => sql`
    select ${item('hand-over', { handOver: json('h.document') })}
    from hand_overs h where h.workspace_id = ${workspaceId} and h.person_id = ${personId}`,
  'follow-up': (workspaceId, personId) => sql`
    select ${item('follow-up', {
      followUp: jsonObject({
        id: word('u.id'),
        at: jsonInstant('u.at'),
        seen: word('u.seen'),
        by: sql`(select json_build_object('id', b.id, 'name', b.name)::text from users b
          where b.workspace_id = ${workspaceId} and b.id = u.by_user_id)`,
      }),
    })}
    from follow_ups u where u.workspace_id = ${workspaceId} and u.person_id = ${personId}`,
  feedback: (workspaceId, personId) => sql`
    select ${item('feedback', { feedback: sql`(${feedbackJson(workspaceId)})::text` })}
    from feedback f
    where f.workspace_id = ${workspaceId} and f.person_id = ${personId} and f.state <> 'withdrawn'`,
  planned: (workspaceId, personId) => sql`
    select ${item('planned', {
      planned: jsonObject({
        id: word('pt.id'),
        campaignId: word('pt.campaign_id'),
        campaignName: sql`(select to_json(c.name) from campaigns c
          where c.workspace_id = ${workspaceId} and c.id = pt.campaign_id)`,
        title: json('pt.title'),
        channel: json('pt.channel'),
        at: jsonInstant('pt.at'),
        editableUntil: jsonInstant('pt.editable_until'),
        source: json('pt.source'),
      }),
    })}
    from planned_touches pt
    where pt.workspace_id = ${workspaceId} and pt.person_id = ${personId} and not pt.cancelled`,
};

function endOfPage(kind: JourneyKind, after: Place | null, limit: number): RawBuilder<unknown> {
  const at = sql.ref(columns[kind].at);
  const id = sql.ref(columns[kind].id);
  // The first condition is the index's, the second tells those of one moment apart.
  const behind = after
    ? sql`and ${at} <= ${after[0]}::timestamptz
        and (${at}, ${sql.lit(kind)}, ${id}) < (${after[0]}::timestamptz, ${after[1]}::text, ${after[2]}::uuid)`
    : sql``;
  return sql`${behind} order by ${at} desc, ${id} desc limit ${limit + 1}`;
}

const writePlace = (place: Place) => Buffer.from(JSON.stringify(place)).toString('base64url');

function readPlace(cursor: string): Place {
  try {
    return Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new ProblemError('invalid', 'Pass the nextCursor of the page before, unchanged.', [
      { pointer: '/cursor', detail: 'is no cursor of this hub' },
    ]);
  }
}
