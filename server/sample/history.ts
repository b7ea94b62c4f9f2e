import type { Language } from '../../utils/contract/primitives.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import type { CampaignDraft } from './campaign.ts';
import { campaigns } from './campaigns.ts';
import type { MoverDraft, StageDraft } from './draft.ts';
import type { Random } from './random.ts';
import { marketers } from './team.ts';
import { DAY } from './working-time.ts';

/** How a lead came to its stage, and the campaign that made it a lead. */
export interface History {
  stages: StageDraft[];
  entry: CampaignDraft | null;
}

/** Share of the fitting leads at each stage; sums to 1. */
const shares: readonly (readonly [Stage, number])[] = [
  ['inquiry', 0.17],
  ['lead', 0.25],
  ['mql', 0.12],
  ['sal', 0.08],
  ['sql', 0.065],
  ['opportunity', 0.055],
  ['customer', 0.07],
  ['recycled', 0.12],
  ['disqualified', 0.07],
];

/** Working days since the last move, and between a move and the one before it. */
const timing: Record<Stage, { since: readonly [number, number]; gap: readonly [number, number] }> = {
  inquiry: { since: [0.02, 420], gap: [0, 0] },
  lead: { since: [0.5, 490], gap: [0.01, 25] },
  mql: { since: [1.6, 12], gap: [2, 60] },
  sal: { since: [0.3, 25], gap: [0.02, 0.6] },
  sql: { since: [2, 50], gap: [2, 15] },
  opportunity: { since: [3, 80], gap: [4, 20] },
  customer: { since: [8, 330], gap: [10, 60] },
  recycled: { since: [0.1, 380], gap: [0.1, 0.9] },
  disqualified: { since: [0.2, 400], gap: [0.1, 0.9] },
};

const returnReasons = [
  'no-budget',
  'not-ready',
  'not-ready',
  'no-need',
  'no-decision-maker',
  'unreachable',
  'wrong-data',
];
const removeReasons = ['no-fit', 'no-fit', 'competitor', 'junk'];

/** A stage by the shares above; of those who do not fit, most never get beyond a lead. */
export function pickStage(random: Random, fits: boolean): Stage {
  let rest = random.next();
  const stage = shares.find(([, share]) => (rest -= share) < 0)?.[0] ?? 'lead';
  return fits || stage === 'inquiry' || random.chance(0.35) ? stage : 'lead';
}

/**
 * The moves that led to `stage`, drawn backwards from the latest one. The rule hands over only who fits the
 * agreement; others owe it to somebody of marketing.
 */
export function makeHistory(
  random: Random,
  stage: Stage,
  language: Language,
  { rep, fits }: { rep: number; fits: boolean },
): History {
  const path = pathTo(random, stage);
  const backwards: StageDraft[] = [];
  let age = stage === 'mql' ? waiting(random) : recently(random, timing[stage].since);
  let entry: CampaignDraft | null = null;
  for (const [index, to] of path.toReversed().entries()) {
    if (to === 'lead') {
      const found = entryAt(random, language, age);
      entry = found.campaign;
      age = found.age;
    }
    const by = moverOf(random, to, path, { rep, fits });
    const reason = reasonFor(random, to);
    backwards.push({ age, to, by, ...(reason && { reason }) });
    age += index === path.length - 1 ? 0 : days(random, timing[to].gap);
  }
  return { stages: backwards.toReversed(), entry };
}

/** How long a lead waits for sales' judgement: some came just now, a few are late, the others have been called. */
function waiting(random: Random): number {
  if (random.chance(0.25)) return random.between(0.02, 0.42) * DAY;
  return random.chance(0.06) ? random.between(0.55, 1.35) * DAY : recently(random, timing.mql.since);
}

const days = (random: Random, [min, max]: readonly [number, number]) => random.between(min, max) * DAY;

/** More of the recent than of the old: the company grows, and so does its list. */
const recently = (random: Random, [min, max]: readonly [number, number]) =>
  (min + (max - min) * random.next() ** 2) * DAY;

function pathTo(random: Random, stage: Stage): Stage[] {
  const full: Stage[] = ['inquiry', 'lead', 'mql', 'sal', 'sql', 'opportunity', 'customer'];
  if (stage === 'recycled') return [...full.slice(0, random.pick([3, 3, 4, 4, 5])), stage];
  if (stage === 'disqualified') return [...full.slice(0, random.pick([2, 3, 3, 4])), stage];
  // Some leads get a second chance after marketing has nurtured them.
  if (stage === 'mql' && random.chance(0.1)) return ['inquiry', 'lead', 'mql', 'recycled', 'mql'];
  return full.slice(0, full.indexOf(stage) + 1);
}

function moverOf(
  random: Random,
  to: Stage,
  path: Stage[],
  { rep, fits }: { rep: number; fits: boolean },
): MoverDraft {
  if (to === 'inquiry') return 'mautic';
  if (to === 'lead') return 'rule';
  if (to === 'mql') return fits && random.chance(0.8) ? 'rule' : random.pick(marketers);
  return to === 'disqualified' && !path.includes('mql') ? random.pick(marketers) : rep;
}

function reasonFor(random: Random, to: Stage): string | null {
  if (to === 'recycled') return random.pick(returnReasons);
  return to === 'disqualified' ? random.pick(removeReasons) : null;
}

/** A campaign that could have made somebody a lead at `age` or a little earlier. */
function entryAt(random: Random, language: Language, age: number): { campaign: CampaignDraft; age: number } {
  const day = age / DAY;
  const open = campaigns.filter((campaign) => {
    if (campaign.language !== language || campaign.kind === 'mail' || campaign.kind === 'phone') return false;
    if (campaign.kind === 'trade_fair') return isNear(campaign.day ?? 0, day);
    return campaign.from - 1 > day && day > (campaign.day ?? campaign.to);
  });
  const fairs = open.filter(({ kind }) => kind === 'trade_fair' || kind === 'webinar');
  const campaign = random.pick(fairs.length > 0 && random.chance(0.7) ? fairs : open);
  if (campaign.kind !== 'trade_fair' || campaign.day === undefined) return { campaign, age };
  return { campaign, age: (campaign.day + random.between(0, 1.6)) * DAY };
}

/** A fair in the three weeks before. */
const isNear = (fair: number, day: number) => fair - day > 0 && fair - day < 15;
