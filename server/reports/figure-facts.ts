import { sql } from 'kysely';
import type { HandOver } from '../../utils/contract/hand-over.ts';
import { handOverCounts } from '../../utils/domain/hand-over-counts.ts';
import { type StageMove, standingMoves } from '../../utils/domain/standing-moves.ts';
import type { WriteTransaction } from '../store/database.ts';
import { instant } from '../store/json.ts';

/** A row of `hand_over_facts`, as the table holds it. */
interface FactRow {
  hand_over_id: string;
  person_id: string;
  month: string;
  owner_id: string | null;
  rule: string;
  country: string;
  counts: string[];
  won: boolean;
}

/** A hand-over and its lead. */
interface StoredHandOver {
  id: string;
  personId: string;
  at: string;
  ownerId: string | null;
  country: string;
  document: HandOver;
}

/** The moves of people that stand, by person. */
export type MovesOf = ReadonlyMap<string, readonly StageMove[]>;

/**
 * Makes anew what the hand-overs of these people count as. Merged ones count as nothing, and those of archived people
 * neither.
 *
 * @returns the months whose counts follow from what has changed.
 */
export async function writeFacts(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
  moves: MovesOf,
  now: Date,
): Promise<string[]> {
  const handOvers = await readHandOvers(tx, workspaceId, personIds);
  const facts = handOvers.map((handOver, index): FactRow => {
    const { id, personId, at, ownerId, country, document } = handOver;
    const next = handOvers[index + 1];
    const end = next?.personId === personId ? next.at : undefined;
    const own = (moves.get(personId) ?? []).filter(
      (move) => move.at >= at && (end === undefined || move.at < end),
    );
    const counts = handOverCounts(document, own, now);
    return {
      hand_over_id: id,
      person_id: personId,
      month: `${at.slice(0, 7)}-01`,
      owner_id: ownerId,
      rule: document.rule.id,
      country,
      counts,
      won: counts.includes('reached:customer'),
    };
  });
  return storeFacts(tx, workspaceId, personIds, facts);
}

/** In the order of people and time: each lasts until the next one of the same person. */
async function readHandOvers(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
): Promise<StoredHandOver[]> {
  const { rows } = await sql<StoredHandOver>`
    select h.id, h.person_id as "personId", ${instant('h.at')} as at, h.owner_id as "ownerId",
      coalesce(p.country, '') as country, h.document
    from hand_overs h
    join people p on p.workspace_id = ${workspaceId} and p.id = h.person_id
    where h.workspace_id = ${workspaceId} and h.person_id = any(${personIds}::uuid[]) and p.archived_at is null
      and h.document ->> 'outcome' is distinct from 'merged'
    order by h.person_id, h.at, h.id`.execute(tx);
  return rows;
}

async function storeFacts(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
  facts: readonly FactRow[],
): Promise<string[]> {
  const { rows } = await sql<{ month: string }>`
    with wanted as (
      select hand_over_id, person_id, month, owner_id, rule, country, counts, won
      from json_populate_recordset(null::hand_over_facts, ${JSON.stringify(facts)}::text::json)
    ),
    gone as (
      delete from hand_over_facts g
      where g.workspace_id = ${workspaceId} and g.person_id = any(${personIds}::uuid[])
        and g.hand_over_id not in (select w.hand_over_id from wanted w)
      returning g.month
    ),
    changed as (
      select w.*, f.month as old_month from wanted w
      left join hand_over_facts f on f.workspace_id = ${workspaceId} and f.hand_over_id = w.hand_over_id
      where (w.person_id, w.month, w.owner_id, w.rule, w.country, w.counts)
        is distinct from (f.person_id, f.month, f.owner_id, f.rule, f.country, f.counts)
    ),
    stored as (
      insert into hand_over_facts (workspace_id, hand_over_id, person_id, month, owner_id, rule, country, counts, won)
      select ${workspaceId}::uuid, c.hand_over_id, c.person_id, c.month, c.owner_id, c.rule, c.country,
        c.counts, c.won
      from changed c
      on conflict (workspace_id, hand_over_id) do update
        set person_id = excluded.person_id, month = excluded.month, owner_id = excluded.owner_id,
          rule = excluded.rule, country = excluded.country, counts = excluded.counts, won = excluded.won
    )
    select m.month::text as month from (
      select g.month from gone g
      union select c.month from changed c
      union select c.old_month from changed c where c.old_month is not null
    ) m`.execute(tx);
  return rows.map(({ month }) => month);
}

/** Every move of these people that stands. */
export async function readMoves(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
): Promise<MovesOf> {
  const { rows } = await sql<StageMove & { personId: string }>`
    select v.person_id as "personId", v.id, v.from_stage as "from", v.to_stage as "to", ${instant('v.at')} as at,
      v.kind, v.refers_to as "refersTo", v.reason, v.feedback_id as "feedbackId"
    from stage_events v
    where v.workspace_id = ${workspaceId} and v.person_id = any(${personIds}::uuid[])`.execute(tx);
  const byPerson = Map.groupBy(rows, ({ personId }) => personId);
  return new Map([...byPerson].map(([personId, moves]) => [personId, standingMoves(moves)]));
}
