import { sql } from 'kysely';
import type { MachineReason, TouchpointKind } from '../../utils/contract/touchpoint.ts';
import type { Facts, TouchpointFact } from '../../utils/domain/facts.ts';
import {
  AT_ONCE_MS,
  AT_ONCE_RECIPIENTS,
  atOnce,
  type DomainEvent,
  isMachineProne,
  tooFast,
} from '../../utils/domain/machine-event.ts';
import type { WriteTransaction } from '../store/database.ts';
import { refreshPairs } from '../reports/pairs.ts';
import { marked, noteTouches } from '../reports/touch-changes.ts';
import { instant, keyOrder } from '../store/json.ts';
import { lockFreePeople } from './lock-people.ts';
import { markDue } from './mark-due.ts';

interface Mark {
  id: string;
  personId: string;
  at: string;
  reason: MachineReason;
}

/**
 * Marks these people's opens and clicks that a machine probably made, by the rules of time; what is marked
 * already stays as it is. Others who opened at once with them are marked too, and become due.
 *
 * @returns the facts as they are now.
 */
export async function markMachines(
  tx: WriteTransaction,
  workspaceId: string,
  facts: ReadonlyMap<string, Facts>,
  now: Date,
): Promise<Map<string, Facts>> {
  const open = new Map<string, { touchpoint: TouchpointFact; personId: string }>();
  const marks = new Map<string, Mark>();
  for (const [personId, { touchpoints }] of facts) {
    for (const touchpoint of touchpoints) {
      if (!touchpoint.machine && isMachineProne(touchpoint.kind)) {
        open.set(touchpoint.id, { touchpoint, personId });
      }
    }
    for (const id of tooFast(touchpoints.map((touchpoint) => ({ personId, ...touchpoint })))) {
      const at = open.get(id)?.touchpoint.occurredAt;
      if (at !== undefined) marks.set(id, { id, personId, at, reason: 'too-fast' });
    }
  }
  const candidates = [...open.values()].map(({ touchpoint }) => touchpoint);
  const neighbours = await readNeighbours(tx, workspaceId, candidates);
  const crowd = new Set(atOnce(neighbours));
  for (const { id, personId, occurredAt, machine } of neighbours) {
    if (!machine && crowd.has(id) && !marks.has(id)) {
      marks.set(id, { id, personId, at: occurredAt, reason: 'at-once' });
    }
  }
  if (marks.size === 0) return new Map(facts);

  const others = [...marks.values()].map(({ personId }) => personId).filter((id) => !facts.has(id));
  const free = new Set(others.length > 0 ? await lockFreePeople(tx, workspaceId, others) : []);
  const isOurs = ({ personId }: Mark) => facts.has(personId) || free.has(personId);
  const ours = [...marks.values()].filter(isOurs);
  await storeMarks(tx, workspaceId, ours, now);
  await refreshPairs(
    tx,
    workspaceId,
    ours.map(({ personId }) => personId),
    now,
  );
  // Whom somebody else has at hand is left to them; should they not notice, our next turn does.
  const busy = others.some((id) => !free.has(id)) ? [...facts.keys()] : [];
  await markDue(tx, workspaceId, [...free, ...busy], now);
  return new Map(
    [...facts].map(([id, own]) => [id, { ...own, touchpoints: withMarks(own.touchpoints, marks) }]),
  );
}

const withMarks = (touchpoints: readonly TouchpointFact[], marks: ReadonlyMap<string, Mark>) =>
  touchpoints.map((touchpoint) => {
    const mark = marks.get(touchpoint.id);
    return mark ? { ...touchpoint, machine: true, machineReason: mark.reason } : touchpoint;
  });

/**
 * What happened in the same campaign at about the same moment, by whomever, where that were enough people to
 * matter: first counted, because it hardly ever is.
 */
async function readNeighbours(
  tx: WriteTransaction,
  workspaceId: string,
  candidates: readonly TouchpointFact[],
): Promise<(DomainEvent & { machine: boolean })[]> {
  const moments = candidates.flatMap(({ campaignId, kind, occurredAt }) =>
    campaignId === undefined ? [] : [{ campaign_id: campaignId, kind, at: occurredAt }],
  );
  if (moments.length === 0) return [];
  const span = sql`make_interval(secs => ${AT_ONCE_MS / 1000})`;
  const { rows } = await sql<{
    id: string;
    personId: string;
    kind: TouchpointKind;
    campaignId: string;
    occurredAt: string;
    machine: boolean;
    domain: string | null;
  }>`
    with crowded as materialized (
      select c.campaign_id, c.kind, c.at
      from json_to_recordset(${JSON.stringify(moments)}::text::json)
        as c (campaign_id uuid, kind text, at timestamptz)
      where (
        select count(distinct t.person_id) from touchpoints t
        where t.workspace_id = ${workspaceId} and t.campaign_id = c.campaign_id and t.kind = c.kind
          and t.kind in ('email.opened', 'email.clicked')
          and t.occurred_at between c.at - ${span} and c.at + ${span}
      ) >= ${AT_ONCE_RECIPIENTS}
    )
    select distinct n.id, n.person_id as "personId", n.kind, n.campaign_id as "campaignId",
      ${instant('n.occurred_at')} as "occurredAt", n.machine,
      (select split_part(e.email, '@', 2) from person_emails e
       where e.workspace_id = ${workspaceId} and e.person_id = n.person_id 
       order by ${keyOrder('e', sql`n.person_id`)} limit 1) as domain
    from crowded c
    cross join lateral (
      select * from touchpoints tn
      where tn.workspace_id = ${workspaceId} and tn.campaign_id = c.campaign_id and tn.kind = c.kind
        and tn.kind in ('email.opened', 'email.clicked')
        and tn.occurred_at between c.at - ${span} and c.at + ${span}
    ) n`.execute(tx);
  return rows.flatMap(({ domain, ...rest }) => (domain === null ? [] : [{ ...rest, domain }]));
}

async function storeMarks(
  tx: WriteTransaction,
  workspaceId: string,
  marks: readonly Mark[],
  now: Date,
): Promise<void> {
  const rows = marks.map(({ id, personId, at, reason }) => ({ id, person_id: personId, at, reason }));
  // Person and time lead to the row by the index of look-ups; the id alone has none.
  await sql`
    with marked as (
      update touchpoints t set machine = true, machine_reason = m.reason
      from json_to_recordset(${JSON.stringify(rows)}::text::json)
        as m (id uuid, person_id uuid, at timestamptz, reason text)
      where t.workspace_id = ${workspaceId} and t.person_id = m.person_id and t.occurred_at = m.at
        and t.id = m.id and not t.machine
      returning t.campaign_id, t.kind, t.occurred_at, t.machine
    )
    ${noteTouches(workspaceId, now, marked)}`.execute(tx);
}
