import { sql } from 'kysely';
import type { AttributionModelId } from '../../utils/contract/figures.ts';
import { attributionModels } from '../../utils/domain/attribution.ts';
import { type CampaignTouch, creditsOf, pathToWin } from '../../utils/domain/attribution-path.ts';
import { firstReached } from '../../utils/domain/standing-moves.ts';
import type { WriteTransaction } from '../store/database.ts';
import { instant } from '../store/json.ts';
import type { MovesOf } from './figure-facts.ts';
import { engages } from './pairs.ts';

/** The column of `win_credits` that holds a model's credit. */
export const CREDIT_COLUMNS = {
  first: 'first_touch',
  last: 'last_touch',
  linear: 'linear',
  'u-shaped': 'u_shaped',
  'w-shaped': 'w_shaped',
  'full-path': 'full_path',
  'time-decay': 'time_decay',
} as const satisfies Record<AttributionModelId, string>;

type CreditRow = { person_id: string; campaign_id: string; month: string } & Record<
  (typeof CREDIT_COLUMNS)[AttributionModelId],
  number
>;

interface WinRow {
  person_id: string;
  at: string;
  month: string;
}

/**
 * Makes anew who of these people has become a customer, when, and which campaigns that is owed to.
 *
 * @returns how many of them it changed anything for.
 */
export async function writeWins(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
  moves: MovesOf,
): Promise<number> {
  const wins = personIds.flatMap((person_id): WinRow[] => {
    const at = firstReached(moves.get(person_id) ?? [], 'customer');
    return at === undefined ? [] : [{ person_id, at, month: `${at.slice(0, 7)}-01` }];
  });
  const touches = await readTouches(
    tx,
    workspaceId,
    wins.map(({ person_id }) => person_id),
  );
  const credits = wins.flatMap((win) => creditRows(win, touches.get(win.person_id) ?? [], moves));
  return store(tx, workspaceId, personIds, wins, credits);
}

function creditRows(
  { person_id, at, month }: WinRow,
  touches: readonly CampaignTouch[],
  moves: MovesOf,
): CreditRow[] {
  const path = pathToWin(touches, moves.get(person_id) ?? [], at);
  const credits = new Map(attributionModels.map((model) => [model.id, creditsOf(model, path)]));
  return [...new Set(path.map(({ campaignId }) => campaignId))].map((campaign_id) => {
    const credit = (model: AttributionModelId) => credits.get(model)?.get(campaign_id) ?? 0;
    return {
      person_id,
      campaign_id,
      month,
      first_touch: credit('first'),
      last_touch: credit('last'),
      linear: credit('linear'),
      u_shaped: credit('u-shaped'),
      w_shaped: credit('w-shaped'),
      full_path: credit('full-path'),
      time_decay: credit('time-decay'),
    };
  });
}

/** What these people did themselves, of campaigns. */
async function readTouches(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
): Promise<Map<string, CampaignTouch[]>> {
  if (personIds.length === 0) return new Map();
  const { rows } = await sql<CampaignTouch & { personId: string }>`
    select t.person_id as "personId", t.id, ${instant('t.occurred_at')} as at, t.campaign_id as "campaignId"
    from touchpoints t
    where t.workspace_id = ${workspaceId} and t.person_id = any(${personIds}::uuid[])
      and t.campaign_id is not null and ${engages}`.execute(tx);
  return Map.groupBy(rows, ({ personId }) => personId);
}

async function store(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
  wins: readonly WinRow[],
  credits: readonly CreditRow[],
): Promise<number> {
  const names = Object.values(CREDIT_COLUMNS);
  const columns = sql.join(names.map((name) => sql.ref(name)));
  const of = (alias: string) => sql.join(names.map((name) => sql.ref(`${alias}.${name}`)));
  const changedWins = await sql<{ personId: string }>`
    with wanted as (
      select person_id, at, month from json_populate_recordset(null::wins, ${JSON.stringify(wins)}::text::json)
    ),
    gone as (
      delete from wins g
      where g.workspace_id = ${workspaceId} and g.person_id = any(${personIds}::uuid[])
        and g.person_id not in (select w.person_id from wanted w)
      returning g.person_id
    ),
    changed as (
      select w.* from wanted w
      left join wins k on k.workspace_id = ${workspaceId} and k.person_id = w.person_id
      where (w.at, w.month) is distinct from (k.at, k.month)
    ),
    stored as (
      insert into wins (workspace_id, person_id, at, month)
      select ${workspaceId}::uuid, c.person_id, c.at, c.month from changed c
      on conflict (workspace_id, person_id) do update set at = excluded.at, month = excluded.month
    )
    select g.person_id as "personId" from gone g union select c.person_id from changed c`.execute(tx);
  const changedCredits = await sql<{ personId: string }>`
    with wanted as (
      select person_id, campaign_id, month, ${columns}
      from json_populate_recordset(null::win_credits, ${JSON.stringify(credits)}::text::json)
    ),
    gone as (
      delete from win_credits g
      where g.workspace_id = ${workspaceId} and g.person_id = any(${personIds}::uuid[])
        and (g.person_id, g.campaign_id) not in (select w.person_id, w.campaign_id from wanted w)
      returning g.person_id
    ),
    changed as (
      select w.* from wanted w
      left join win_credits k on k.workspace_id = ${workspaceId}
        and k.person_id = w.person_id and k.campaign_id = w.campaign_id
      where (w.month, ${of('w')}) is distinct from (k.month, ${of('k')})
    ),
    stored as (
      insert into win_credits (workspace_id, person_id, campaign_id, month, ${columns})
      select ${workspaceId}::uuid, c.person_id, c.campaign_id, c.month, ${of('c')} from changed c
      on conflict (workspace_id, person_id, campaign_id) do update set month = excluded.month,
        ${sql.join(names.map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`))}
    )
    select g.person_id as "personId" from gone g union select c.person_id from changed c`.execute(tx);
  return new Set([...changedWins.rows, ...changedCredits.rows].map(({ personId }) => personId)).size;
}
