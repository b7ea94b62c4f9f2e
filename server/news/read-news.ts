import { sql } from 'kysely';
import type { HandOver } from '../../utils/contract/hand-over.ts';
import type { News } from '../../utils/contract/news.ts';
import { clockState } from '../../utils/domain/clock-state.ts';
import type { Database } from '../store/database.ts';
import { instant } from '../store/json.ts';

/** So many of each kind; who has been away for longer opens Tandem. */
const MOST = 50;

interface Reader {
  workspaceId: string;
  userId: string;
}

/** What has happened for one user after `since`, the latest first. */
export async function readNews(db: Database, reader: Reader, since: Date, now: Date): Promise<News[]> {
  const [replies, handOvers] = await Promise.all([
    readReplies(db, reader, since),
    readHandOvers(db, reader, since, now),
  ]);
  return [...replies, ...handOvers].toSorted((a, b) => b.at.localeCompare(a.at));
}

/** What marketing has said to the user's feedback. */
async function readReplies(db: Database, { workspaceId, userId }: Reader, since: Date): Promise<News[]> {
  const { rows } = await sql<{ news: News }>`
    select json_strip_nulls(json_build_object(
      'id', 'reply:' || r.id, 'kind', 'answered', 'at', ${instant('r.at')}, 'reply', nullif(r.kind, 'answer'),
      'person', case when p.id is not null then json_build_object('id', p.id, 'name', p.name) end,
      'campaign', case when c.id is not null then json_build_object('id', c.id, 'name', c.name) end
    )) as news
    from feedback_replies r
    join feedback f on f.workspace_id = ${workspaceId} and f.id = r.feedback_id
    join users a on a.workspace_id = ${workspaceId} and a.id = r.by_user_id
    left join people p on p.workspace_id = ${workspaceId} and p.id = f.person_id and p.archived_at is null
    left join campaigns c on c.workspace_id = ${workspaceId} and c.id = f.campaign_id
    where r.workspace_id = ${workspaceId} and r.at > ${since.toISOString()}::timestamptz
      and f.by_user_id = ${userId} and f.state <> 'withdrawn' and a.team = 'marketing' and a.id <> ${userId}
    order by r.at desc, r.id limit ${MOST}`.execute(db);
  return rows.map(({ news }) => news);
}

interface Mine {
  person: { id: string; name?: string };
  document: HandOver;
  again: boolean;
}

/** Of the leads that the user is to follow up: those whose time is nearly over, and those that came back. */
async function readHandOvers(
  db: Database,
  { workspaceId, userId }: Reader,
  since: Date,
  now: Date,
): Promise<News[]> {
  const from = since.toISOString();
  const { rows } = await sql<Mine>`
    select json_strip_nulls(json_build_object('id', p.id, 'name', p.name)) as person, h.document,
      exists (
        select 1 from hand_overs o
        where o.workspace_id = ${workspaceId} and o.person_id = h.person_id and o.at < h.at) as again
    from hand_overs h
    join people p on p.workspace_id = ${workspaceId} and p.id = h.person_id and p.archived_at is null
    where h.workspace_id = ${workspaceId} and h.open and h.owner_id = ${userId}
      and greatest((h.document -> 'response' ->> 'atRiskAt')::timestamptz,
        (h.document -> 'response' ->> 'startedAt')::timestamptz) > ${from}::timestamptz
    order by h.at desc, h.id limit ${MOST}`.execute(db);
  return rows.flatMap(({ person, document: { id, response, pauses }, again }): News[] => {
    if (response === undefined) return [];
    const { startedAt, atRiskAt, due } = response;
    const state = clockState(response, pauses, now.getTime());
    const isLate =
      ['at-risk', 'breached'].includes(state) && atRiskAt > from && atRiskAt <= now.toISOString();
    return [
      ...(isLate ? [{ id: `clock:${id}`, kind: 'clock-at-risk' as const, at: atRiskAt, person, due }] : []),
      ...(again && startedAt > from
        ? [{ id: `back:${id}`, kind: 'came-back' as const, at: startedAt, person, due }]
        : []),
    ];
  });
}
