import type { Agreement } from '../../utils/contract/agreement.ts';
import type { Team } from '../../utils/contract/session.ts';
import type { Database } from '../store/database.ts';
import {
  type DigestFigure,
  readDigestFigures,
  readReceived,
  readRenewal,
  readUnsigned,
  type Received,
  type UnsignedProposal,
} from './digest-agreed.ts';
import { type Counted, readHandOvers, readReturnReasons, readWaiting } from './digest-figures.ts';
import type { DigestLine } from './digest-line.ts';
import { digestParts, type Manner } from './digest-parts.ts';
import {
  type AskedPlan,
  countQuestions,
  type JudgedPlan,
  type Praise,
  readAskedPlans,
  readJudgedPlans,
  readPraise,
  type Some,
} from './digest-voices.ts';

const WEEK_MS = 7 * 24 * 60 * 60_000;

interface Agreed {
  figures: DigestFigure[];
  unsigned: UnsignedProposal[];
  renewal: { at: string; over: boolean } | null;
}

/** What a team's week comes to. No lead is named in it. */
export type TeamWeek = Agreed &
  (
    | {
        team: 'sales';
        broken: number;
        atRisk: number;
        fresh: number;
        questions: number;
        plans: Some<AskedPlan>;
      }
    | {
        team: 'marketing';
        praise: Some<Praise>;
        waiting: number;
        late: number;
        campaigns: Counted[];
        returnReasons: Counted[];
        received: Received[];
        plans: Some<JudgedPlan>;
      }
  );

/** Reads a team's week up to then. */
export async function readTeamWeek(
  db: Database,
  workspaceId: string,
  { team, agreement, now }: { team: Team; agreement: Agreement; now: Date },
): Promise<TeamWeek> {
  const since = new Date(now.getTime() - WEEK_MS);
  const unsigned = await readUnsigned(db, workspaceId, { team, inForce: agreement.version, now });
  const renewal = readRenewal(agreement, now);
  const own = team === 'sales' ? 'responded-in-time' : 'feedback-answered-in-time';
  const figures = await readDigestFigures(db, workspaceId, ['acceptance-rate', own], now);
  if (team === 'sales') {
    return {
      ...{ team, figures, unsigned, renewal },
      ...(await readHandOvers(db, workspaceId, null, since)),
      questions: await countQuestions(db, workspaceId),
      plans: await readAskedPlans(db, workspaceId, null, now),
    };
  }
  const { count: waiting, late, campaigns } = await readWaiting(db, workspaceId, now);
  return {
    ...{ team, figures, unsigned, renewal, waiting, late, campaigns },
    praise: await readPraise(db, workspaceId, since),
    returnReasons: await readReturnReasons(db, workspaceId, since),
    received: await readReceived(db, workspaceId, { since, now }),
    plans: await readJudgedPlans(db, workspaceId, now),
  };
}

/** A team's week for a chat: empty when there is nothing to say. */
export function teamLines(week: TeamWeek, manner: Manner): DigestLine[] {
  const parts = digestParts(manner);
  const { words } = parts;
  const lines = [
    ...ofTeam(week, parts),
    ...parts.figures(week.figures),
    ...parts.unsigned(words.unsignedBy[week.team], week.unsigned),
    ...parts.renewal(week.renewal),
  ];
  return lines.length === 0 ? [] : [...lines, { label: words.more, value: words.where[week.team] }];
}

function ofTeam(week: TeamWeek, parts: ReturnType<typeof digestParts>): DigestLine[] {
  const { words, count } = parts;
  if (week.team === 'sales') {
    return [
      ...count(words.salesBroken, week.broken),
      ...count(words.salesAtRisk, week.atRisk),
      ...count(words.salesFresh, week.fresh),
      ...count(words.salesQuestions, week.questions),
      ...parts.askedPlans(words.salesPlans, week.plans),
    ];
  }
  return [
    // First, so that it is not lost among what waits.
    ...parts.praise(week.praise),
    ...count(words.waiting, week.waiting),
    ...count(words.late, week.late),
    ...parts.counted(words.byCampaign, week.campaigns),
    ...parts.judgedPlans(week.plans),
    ...parts.reasons(words.returnReasons, week.returnReasons),
    ...parts.received(week.received),
  ];
}
