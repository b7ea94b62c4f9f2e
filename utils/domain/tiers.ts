import type { AgreementDocument } from '../contract/agreement.ts';

/** The lowest scores of tiers 1, 2 and 3; null where nobody is. */
export type TierCutoffs = readonly [number | null, number | null, number | null];

/**
 * Where, in a list of a workspace's scores from best to worst, the last one stands that belongs to the best so
 * much of it: fewer than that share are strictly better. Null when nobody is there.
 */
export function cutoffRank(share: number, population: number): number | null {
  // A hair less, so that a share such as 0.1 of 10 is one person and not, by rounding, two.
  return population === 0 ? null : Math.max(Math.ceil(share * population - 1e-9) - 1, 0);
}

/** The cutoffs of a list of scores, for small lists and as the reference for the database's own. */
export function tierCutoffs(scores: readonly number[], shares: AgreementDocument['tiers']): TierCutoffs {
  const sorted = [...scores].sort((a, b) => b - a);
  const at = (share: number) => sorted[cutoffRank(share, sorted.length) ?? -1] ?? null;
  return [at(shares[0]), at(shares[1]), at(shares[2])];
}

/** The tier of a score: 3 is the best, and who has none at all is in 0, however few do better. */
export function tierOf(score: number, cutoffs: TierCutoffs): 0 | 1 | 2 | 3 {
  if (score <= 0) return 0;
  const [one, two, three] = cutoffs;
  if (three !== null && score >= three) return 3;
  if (two !== null && score >= two) return 2;
  return one !== null && score >= one ? 1 : 0;
}
