import { type RawBuilder, sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { WriteTransaction } from '../store/database.ts';

/** What became of touchpoints: the step of a `with` that returns them, and how each changes the two counts. */
interface Change {
  step: string;
  touches: RawBuilder<number>;
  machine: RawBuilder<number>;
}

const each = sql<number>`count(*)::int`;
const machines = sql<number>`(count(*) filter (where t.machine))::int`;

export const stored: Change = { step: 'stored', touches: each, machine: machines };
export const marked: Change = { step: 'marked', touches: sql`0`, machine: each };
export const removed: Change = { step: 'removed', touches: sql`-${each}`, machine: sql`-${machines}` };

/** The Monday of a time column, in UTC. */
const weekOf = (column: string) => sql`date_trunc('week', ${sql.ref(column)} at time zone 'UTC')::date`;

/**
 * The statement, or step of a `with`, that remembers how the counts of touches change. Whoever stores, marks or removes
 * touchpoints does it in the same statement, from a step that returns `campaign_id, kind, occurred_at, machine` of each:
 * so the sums are exact without anybody reading touchpoints again, be they ten or ten million.
 */
export const noteTouches = (workspaceId: string, now: Date, { step, touches, machine }: Change) => sql`
  insert into touch_changes (workspace_id, id, at, campaign_ids, weeks, kinds, touches, machine)
  select ${workspaceId}::uuid, ${uuid()}::uuid, ${now.toISOString()}::timestamptz, array_agg(w.campaign_id),
    array_agg(w.week), array_agg(w.kind), array_agg(w.touches), array_agg(w.machine)
  from (
    select t.campaign_id, ${weekOf('t.occurred_at')} as week, t.kind, ${touches} as touches, ${machine} as machine
    from ${sql.ref(step)} t where t.campaign_id is not null
    group by 1, 2, 3
  ) w
  having count(*) > 0`;

/** Adds up some of what is remembered, each once; what it returns is how many changes there were. */
export async function addTouches(tx: WriteTransaction, workspaceId: string, most: number): Promise<number> {
  const { rows } = await sql<{ changes: number }>`
    with free as materialized (
      select c.id from touch_changes c where c.workspace_id = ${workspaceId}
      order by c.id limit ${most} for update skip locked
    ),
    claimed as (
      delete from touch_changes x using free f
      where x.workspace_id = ${workspaceId} and x.id = f.id
      returning x.campaign_ids, x.weeks, x.kinds, x.touches, x.machine
    ),
    added as (
      insert into campaign_touches as k (workspace_id, campaign_id, week, kind, touches, machine)
      select ${workspaceId}::uuid, m.campaign_id, m.week, m.kind, sum(m.touches), sum(m.machine)
      from claimed c cross join unnest(c.campaign_ids, c.weeks, c.kinds, c.touches, c.machine)
        m (campaign_id, week, kind, touches, machine)
      group by m.campaign_id, m.week, m.kind
      order by m.campaign_id, m.week, m.kind
      on conflict (workspace_id, campaign_id, week, kind) do update
        set touches = k.touches + excluded.touches, machine = k.machine + excluded.machine
    )
    select count(*)::int as changes from claimed`.execute(tx);
  return rows[0]?.changes ?? 0;
}

/** Counts the touchpoints of a workspace that has just got all it has. */
export async function countTouches(tx: WriteTransaction, workspaceId: string): Promise<void> {
  await sql`
    insert into campaign_touches (workspace_id, campaign_id, week, kind, touches, machine)
    select ${workspaceId}::uuid, t.campaign_id, ${weekOf('t.occurred_at')}, t.kind, ${each}, ${machines}
    from touchpoints t
    where t.workspace_id = ${workspaceId} and t.campaign_id is not null
    group by 2, 3, 4
    on conflict do nothing`.execute(tx);
}
