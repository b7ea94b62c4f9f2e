import { sql } from 'kysely';
import type { Agreement } from '../../utils/contract/agreement.ts';
import type { Figure, FigureId, FigureTarget } from '../../utils/contract/figures.ts';
import type { Team } from '../../utils/contract/session.ts';
import { renewalDue } from '../../utils/domain/renewal-due.ts';
import { monthAfter } from '../../utils/domain/report-period.ts';
import { readCampaigns } from '../agendas/make-items.ts';
import { readFigures } from '../reports/figures-report.ts';
import type { Database } from '../store/database.ts';

/** Figures that a week says something about; all of them are shares of cases. */
export const DIGEST_FIGURES = [
  'acceptance-rate',
  'responded-in-time',
  'feedback-answered-in-time',
] as const satisfies readonly FigureId[];
export type DigestFigureId = (typeof DIGEST_FIGURES)[number];

/** A figure as the report shows it, since the first of the month before. */
export interface DigestFigure {
  id: DigestFigureId;
  since: string;
  /** Percent; null: on fewer cases than were agreed on nobody says a rate. */
  value: number | null;
  part: number;
  cases: number;
  minimumCases: number;
  targets: Pick<FigureTarget, 'comparison' | 'value'>[];
}

/** These figures, where they have a case. A single week would have too few of them. */
export async function readDigestFigures(
  db: Database,
  workspaceId: string,
  ids: readonly DigestFigureId[],
  now: Date,
): Promise<DigestFigure[]> {
  const to = now.toISOString().slice(0, 7);
  const from = monthAfter(to, -1);
  const { figures, minimumCases } = await readFigures(db, workspaceId, { from, to }, {}, now);
  return ids.flatMap((id) => {
    const figure = figures.find((each) => each.id === id);
    return figure && figure.cases > 0
      ? [{ id, since: `${from}-01T00:00:00.000Z`, minimumCases, ...shareOf(figure, minimumCases) }]
      : [];
  });
}

const shareOf = ({ value, part, cases, targets }: Figure, minimumCases: number) => ({
  value: cases < minimumCases ? null : value,
  part: part ?? 0,
  cases,
  targets: targets
    .filter(({ unit }) => unit === 'percent')
    .map(({ comparison, value: agreed }) => ({ comparison, value: agreed })),
});

/** A proposal that a team has still to sign. */
export interface UnsignedProposal {
  version: number;
  by: string | null;
}

/** Proposals that wait for this team's signature and can still come into force. */
export async function readUnsigned(
  db: Database,
  workspaceId: string,
  { team, inForce, now }: { team: Team; inForce: number; now: Date },
): Promise<UnsignedProposal[]> {
  const { rows } = await sql<UnsignedProposal>`
    select a.version, u.name as by from agreements a
    left join users u on u.workspace_id = ${workspaceId} and u.id = a.proposed_by
    where a.workspace_id = ${workspaceId} and a.state = 'proposal' and a.based_on = ${inForce}
      and a.valid_until > ${now.toISOString()}::timestamptz and not exists (
        select 1 from agreement_signatures s
        where s.workspace_id = ${workspaceId} and s.version = a.version and s.team = ${team})
    order by a.version`.execute(db);
  return rows;
}

/** When the agreement ends, or did, where that is worth a word; null where it is not. */
export function readRenewal(agreement: Agreement, now: Date): { at: string; over: boolean } | null {
  const due = renewalDue(agreement, now.getTime());
  return due && { at: agreement.validUntil, over: due === 'ended' };
}

/** How sales spoke of a campaign. */
export interface Received {
  name: string;
  rank: 'best' | 'worst';
  good: number;
  bad: number;
}

/** The campaign that sales spoke best of since then, and the one they spoke worst of. */
export async function readReceived(
  db: Database,
  workspaceId: string,
  { since, now }: { since: Date; now: Date },
): Promise<Received[]> {
  const span = { from: since.toISOString(), to: now.toISOString() };
  const all = await readCampaigns({ db, workspaceId, ...span });
  const extremes = (['best', 'worst'] as const).flatMap(
    (wanted) => all.find(({ rank }) => rank === wanted) ?? [],
  );
  const { rows } = await sql<{ id: string; name: string }>`
    select c.id, c.name from campaigns c
    where c.workspace_id = ${workspaceId}
      and c.id = any(${extremes.map(({ campaignId }) => campaignId)}::uuid[])`.execute(db);
  return extremes.flatMap(({ campaignId, rank, good, bad }) => {
    const campaign = rows.find(({ id }) => id === campaignId);
    return campaign ? [{ name: campaign.name, rank, good, bad }] : [];
  });
}
