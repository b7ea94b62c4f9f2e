import type { CampaignReport } from '../contract/campaign-report.ts';
import type { TouchpointKind } from '../contract/touchpoint.ts';

type Touches = CampaignReport['touches'];
interface Counts {
  touches: number;
  machine: number;
}

const WEEK_MS = 7 * 86_400_000;

/** All weeks from the first to the last, those in which nothing happened too. */
export function touchesByWeek(touches: Touches): (Counts & { week: string })[] {
  const sums = sumsBy(touches, ({ week }) => week);
  const weeks = [...sums.keys()].toSorted();
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (first === undefined || last === undefined) return [];
  const all: (Counts & { week: string })[] = [];
  for (let time = Date.parse(first); time <= Date.parse(last); time += WEEK_MS) {
    const week = new Date(time).toISOString().slice(0, 10);
    all.push({ week, ...(sums.get(week) ?? { touches: 0, machine: 0 }) });
  }
  return all;
}

/** What happened how often, the commonest first. */
export const touchesByKind = (touches: Touches): (Counts & { kind: TouchpointKind })[] =>
  [...sumsBy(touches, ({ kind }) => kind)]
    .map(([kind, counts]) => ({ kind, ...counts }))
    .toSorted((one, other) => other.touches - one.touches || (one.kind < other.kind ? -1 : 1));

function sumsBy<Key>(touches: Touches, keyOf: (row: Touches[number]) => Key): Map<Key, Counts> {
  const sums = new Map<Key, Counts>();
  for (const row of touches) {
    const sum = sums.get(keyOf(row)) ?? { touches: 0, machine: 0 };
    sums.set(keyOf(row), { touches: sum.touches + row.touches, machine: sum.machine + row.machine });
  }
  return sums;
}
