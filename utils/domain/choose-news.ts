import type { News, NewsKind } from '../contract/news.ts';

/** What somebody wants to be told, and when. Times are of their own clock, `08:00`. */
export interface NewsWishes {
  kinds: readonly NewsKind[];
  /** Nothing between these; from the evening into the morning, too. `null`: at any time. */
  quiet: { from: string; to: string } | null;
  perDay: number;
}

/** What was told already. */
export interface Told {
  ids: string[];
  /** The day, as the user's clock has it, and how much was told on it. */
  day: string;
  count: number;
}

/** So many ids are remembered: far more than can be told in the week that news go back. */
const REMEMBERED = 500;
/** What cannot wait comes first. */
const URGENCY: readonly NewsKind[] = ['clock-at-risk', 'answered', 'came-back'];

/** Whether this time of day lies in the quiet hours. */
export const isQuiet = ({ quiet }: Pick<NewsWishes, 'quiet'>, time: string): boolean =>
  quiet !== null &&
  (quiet.from <= quiet.to ? time >= quiet.from && time < quiet.to : time >= quiet.from || time < quiet.to);

/**
 * Which of these to tell now, the most urgent first, and what is then told: nothing twice, and no more on a day than was
 * agreed. What is too much for today is not told tomorrow; it stands where it always does.
 */
export function chooseNews(
  news: readonly News[],
  { kinds, perDay }: Pick<NewsWishes, 'kinds' | 'perDay'>,
  told: Told,
  day: string,
): { tell: News[]; told: Told } {
  const known = new Set(told.ids);
  const fresh = news.filter(({ id, kind }) => {
    if (known.has(id) || !kinds.includes(kind)) return false;
    known.add(id);
    return true;
  });
  const count = told.day === day ? told.count : 0;
  const tell = fresh
    .toSorted((a, b) => URGENCY.indexOf(a.kind) - URGENCY.indexOf(b.kind) || b.at.localeCompare(a.at))
    .slice(0, Math.max(0, perDay - count));
  return { tell, told: { ids: [...known].slice(-REMEMBERED), day, count: count + tell.length } };
}
