import type { EngagementRule } from '../contract/agreement.ts';
import type { Momentum } from '../contract/qualification.ts';
import type { MachineReason, TouchpointKind } from '../contract/touchpoint.ts';
import type { TouchpointFact } from './facts.ts';
import { DAY_MS, daysAfter, earliest, instantOf } from './instants.ts';
import { momentumOf } from './momentum.ts';

/** Levels are points as they would be at this moment; any fixed one does. */
export const ENGAGEMENT_EPOCH = '2020-01-01T00:00:00.000Z';

const MAX_PARTS = 5;
/** Momentum compares the last so many days with as many before. */
const MOMENTUM_DAYS = 7;
/** Looking further ahead for the next change of momentum is not worth it: sooner is correct, too. */
const MAX_STEPS = 200;

export interface EngagementFigure {
  /** Base-2 logarithm of the points at the epoch; null when there are none. See `pointsAt`. */
  level: number | null;
  /** What counts most, now and at any time. */
  parts: { touchpoint: TouchpointFact; level: number }[];
  /** What would have counted, had it not been a machine's. */
  excluded: { reason: MachineReason; count: number }[];
  momentum: Momentum;
  /** When the newest of what counts happened. */
  newestAt: string | undefined;
  /** When time alone may change anything but the decay. */
  validUntil: string | undefined;
}

/** Points this kind of touchpoint earns when it happens: those of the first line that names it. */
export function pointsOf(kind: TouchpointKind, { points }: EngagementRule): number {
  return points.find(({ kinds }) => kinds.includes(kind))?.points ?? 0;
}

/**
 * How much interest a lead's behaviour shows. Points halve with every half-life, for all leads alike, so who
 * is ahead stays ahead: a level that does not change with time is all that has to be kept.
 */
export function engagementOf(
  touchpoints: readonly TouchpointFact[],
  rule: EngagementRule,
  now: string,
): EngagementFigure {
  const earning = touchpoints.flatMap((touchpoint) => {
    const points = pointsOf(touchpoint.kind, rule);
    return points > 0 ? [{ touchpoint, points, level: levelOf(points, touchpoint.occurredAt, rule) }] : [];
  });
  const counted = earning.filter(({ touchpoint }) => !touchpoint.machine);
  const past = counted.filter(({ touchpoint }) => touchpoint.occurredAt <= now);
  const future = counted.map(({ touchpoint: { occurredAt } }) => (occurredAt > now ? occurredAt : undefined));
  const best = past.toSorted((a, b) => b.level - a.level || (a.touchpoint.id < b.touchpoint.id ? -1 : 1));
  const { momentum, until } = engagementMomentum(past, now);
  return {
    level: sumOfLevels(past.map(({ level }) => level)),
    parts: best.slice(0, MAX_PARTS).map(({ touchpoint, level }) => ({ touchpoint, level })),
    excluded: countReasons(earning.map(({ touchpoint }) => touchpoint)),
    momentum,
    newestAt: past.map(({ touchpoint }) => touchpoint.occurredAt).reduce(later, undefined),
    validUntil: earliest([until, ...future]),
  };
}

const later = (one: string | undefined, other: string) => (one === undefined || other > one ? other : one);

const halfLivesSinceEpoch = (instant: string, { halfLifeDays }: EngagementRule) =>
  (Date.parse(instant) - Date.parse(ENGAGEMENT_EPOCH)) / (halfLifeDays * DAY_MS);

const levelOf = (points: number, at: string, rule: EngagementRule) =>
  Math.log2(points) + halfLivesSinceEpoch(at, rule);

/** Points that a level stands for at some moment. */
export function pointsAt(level: number | null, rule: EngagementRule, instant: string): number {
  return level === null ? 0 : 2 ** (level - halfLivesSinceEpoch(instant, rule));
}

/** The level of all points together, without ever writing them out: at the epoch they may exceed any number. */
function sumOfLevels(levels: readonly number[]): number | null {
  if (levels.length === 0) return null;
  const highest = levels.reduce((a, b) => Math.max(a, b));
  return highest + Math.log2(levels.reduce((sum, level) => sum + 2 ** (level - highest), 0));
}

function countReasons(touchpoints: readonly TouchpointFact[]): EngagementFigure['excluded'] {
  const counts = new Map<MachineReason, number>();
  for (const { machine, machineReason = 'source' } of touchpoints) {
    if (machine) counts.set(machineReason, (counts.get(machineReason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}

interface Earned {
  touchpoint: TouchpointFact;
  points: number;
}

/** Points gained in the last seven days against those of the seven before, and until when that stays so. */
function engagementMomentum(past: readonly Earned[], now: string) {
  const since = daysAfter(now, -2 * MOMENTUM_DAYS);
  const recent = past
    .filter(({ touchpoint }) => touchpoint.occurredAt > since)
    .map(({ touchpoint, points }) => ({ at: Date.parse(touchpoint.occurredAt), points }));
  const momentum = momentumAt(recent, Date.parse(now));
  const steps = recent
    .flatMap(({ at }) => [at + MOMENTUM_DAYS * DAY_MS, at + 2 * MOMENTUM_DAYS * DAY_MS])
    .filter((at) => at > Date.parse(now))
    .sort((a, b) => a - b);
  const change = steps.find((at, index) => index === MAX_STEPS || momentumAt(recent, at) !== momentum);
  return { momentum, until: change === undefined ? undefined : instantOf(change) };
}

function momentumAt(earned: readonly { at: number; points: number }[], now: number): Momentum {
  const week = MOMENTUM_DAYS * DAY_MS;
  let gained = 0;
  let before = 0;
  for (const { at, points } of earned) {
    if (at > now - week) gained += points;
    else if (at > now - 2 * week) before += points;
  }
  return momentumOf(before, gained);
}
