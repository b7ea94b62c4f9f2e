import { sql } from 'kysely';
import type { Agenda, AgendaItem, AgendaSummary } from '../../utils/contract/agenda.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { instant } from '../store/json.ts';

/** Two a year for half a century. */
const LISTED = 100;

/** Every agenda that was kept, the latest month first. */
export async function listAgendas(db: Database, workspaceId: string): Promise<AgendaSummary[]> {
  const { rows } = await sql<{ json: AgendaSummary }>`
    select json_build_object(
      'id', g.id, 'month', g.month, 'version', g.version, 'changedAt', ${instant('g.changed_at')},
      'changedBy', json_build_object('id', u.id, 'name', u.name),
      'total', json_array_length(g.items),
      'done', (select count(*) from json_array_elements(g.items) i (item) where (i.item ->> 'done')::boolean),
      'decisions', (
        select coalesce(sum(json_array_length(i.item -> 'decisions')), 0)
        from json_array_elements(g.items) i (item))
    ) as json
    from agendas g
    join users u on u.workspace_id = ${workspaceId} and u.id = g.changed_by
    where g.workspace_id = ${workspaceId} order by g.month desc limit ${LISTED}`.execute(db);
  return rows.map(({ json }) => json);
}

/** One agenda with everything it names; null when there is none. */
export async function readAgenda(db: Database, workspaceId: string, id: string): Promise<Agenda | null> {
  const { rows } = await sql<{ json: Omit<Agenda, 'subjects'> }>`
    select json_build_object(
      'id', g.id, 'month', g.month, 'version', g.version, 'items', g.items,
      'createdAt', ${instant('g.created_at')}, 'createdBy', json_build_object('id', cu.id, 'name', cu.name),
      'changedAt', ${instant('g.changed_at')}, 'changedBy', json_build_object('id', u.id, 'name', u.name)
    ) as json
    from agendas g
    join users cu on cu.workspace_id = ${workspaceId} and cu.id = g.created_by
    join users u on u.workspace_id = ${workspaceId} and u.id = g.changed_by
    where g.workspace_id = ${workspaceId} and g.id = ${id}`.execute(db);
  const agenda = rows[0]?.json;
  return agenda ? { ...agenda, subjects: await readSubjects(db, workspaceId, agenda.items) } : null;
}

async function readSubjects(
  db: Database,
  workspaceId: string,
  items: readonly AgendaItem[],
): Promise<Agenda['subjects']> {
  const sources = items.flatMap(({ source }) => source ?? []);
  const promised = (team: 'marketing' | 'sales') =>
    sources.flatMap((source) => (source.kind === 'promises' && source.team === team ? source.ids : []));
  const feedbackIds = sources.flatMap((source) => (source.kind === 'feedback' ? [source.feedbackId] : []));
  const campaignIds = sources.flatMap((source) => (source.kind === 'campaign' ? [source.campaignId] : []));
  return {
    feedback: await readFeedback(db, workspaceId, [...feedbackIds, ...promised('marketing')]),
    handOvers: await readHandOvers(db, workspaceId, promised('sales')),
    campaigns: await readCampaigns(db, workspaceId, campaignIds),
  };
}

async function readFeedback(db: Database, workspaceId: string, ids: readonly string[]) {
  const { rows } = await sql<{ json: Agenda['subjects']['feedback'][number] }>`
    select json_strip_nulls(json_build_object(
      'id', f.id, 'personName', p.name, 'campaignName', c.name, 'verdict', f.verdict, 'reasons', f.reasons,
      'comment', f.comment, 'by', json_build_object('id', u.id, 'name', u.name), 'at', ${instant('f.at')},
      'waitsFor', f.waits_for,
      'reply', (
        select json_build_object(
          'by', json_build_object('id', ru.id, 'name', ru.name), 'text', r.text, 'at', ${instant('r.at')})
        from feedback_replies r
        join users ru on ru.workspace_id = ${workspaceId} and ru.id = r.by_user_id
        where r.workspace_id = ${workspaceId} and r.feedback_id = f.id order by r.at desc, r.id desc limit 1)
    )) as json
    from feedback f
    join users u on u.workspace_id = ${workspaceId} and u.id = f.by_user_id
    left join people p on p.workspace_id = ${workspaceId} and p.id = f.person_id
    left join campaigns c on c.workspace_id = ${workspaceId} and c.id = f.filed_under
    where f.workspace_id = ${workspaceId} and f.id = any(${ids}::uuid[]) and f.state <> 'withdrawn'`.execute(
    db,
  );
  return rows.map(({ json }) => json);
}

async function readHandOvers(db: Database, workspaceId: string, ids: readonly string[]) {
  const { rows } = await sql<{ json: Agenda['subjects']['handOvers'][number] }>`
    select json_strip_nulls(json_build_object(
      'id', h.id, 'personName', p.name, 'at', ${instant('h.at')},
      'owner', case when u.id is not null then json_build_object('id', u.id, 'name', u.name) end
    )) as json
    from hand_overs h
    join people p on p.workspace_id = ${workspaceId} and p.id = h.person_id
    left join users u on u.workspace_id = ${workspaceId} and u.id = h.owner_id
    where h.workspace_id = ${workspaceId} and h.id = any(${ids}::uuid[])`.execute(db);
  return rows.map(({ json }) => json);
}

async function readCampaigns(db: Database, workspaceId: string, ids: readonly string[]) {
  const { rows } = await sql<{ id: string; name: string }>`
    select c.id, c.name from campaigns c
    where c.workspace_id = ${workspaceId} and c.id = any(${ids}::uuid[])`.execute(db);
  return rows;
}

/** Stores a new one, unless there is one for the month; returns the id of the one there is then. */
export async function insertAgenda(
  tx: WriteTransaction,
  workspaceId: string,
  { id, month, items }: Pick<Agenda, 'id' | 'month' | 'items'>,
  { userId, at }: { userId: string; at: Date },
): Promise<string | undefined> {
  const now = at.toISOString();
  await sql`
    insert into agendas (workspace_id, id, month, version, items, created_by, created_at, changed_by, changed_at)
    values (${workspaceId}, ${id}, ${month}, 1, ${JSON.stringify(items)}::text::json, ${userId}, ${now}, ${userId}, ${now})
    on conflict do nothing`.execute(tx);
  return findAgenda(tx, workspaceId, month);
}

/** The id of the one for a month. */
export async function findAgenda(
  db: Database,
  workspaceId: string,
  month: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select g.id from agendas g where g.workspace_id = ${workspaceId} and g.month = ${month}`.execute(db);
  return rows[0]?.id;
}

/** Replaces its items where it is still of that version; false where it is not. */
export async function updateAgenda(
  tx: WriteTransaction,
  workspaceId: string,
  { id, version, items }: Pick<Agenda, 'id' | 'version' | 'items'>,
  { userId, at }: { userId: string; at: Date },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update agendas g set items = ${JSON.stringify(items)}::text::json, version = g.version + 1,
      changed_by = ${userId}, changed_at = ${at.toISOString()}
    where g.workspace_id = ${workspaceId} and g.id = ${id} and g.version = ${version}`.execute(tx);
  return numAffectedRows === 1n;
}
