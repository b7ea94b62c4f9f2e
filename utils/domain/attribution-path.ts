import { CREDIT_OF_A_WIN } from '../contract/figures.ts';
import { type AttributionModel, type AttributionPart, type AttributionTouch } from './attribution.ts';
import { firstReached, type StageMove } from './standing-moves.ts';

/** Something a person did that belongs to a campaign. */
export interface CampaignTouch {
  id: string;
  at: string;
  campaignId: string;
}

export type PathTouch = CampaignTouch & AttributionTouch;

/**
 * The touches on the way to a win, oldest first, each with the parts it plays: of a stage that was reached, the last
 * touch up to then. A lead is created when somebody first comes to `lead` or beyond it, an opportunity at
 * `opportunity`, and the close is the win itself. What happened after the win had no part in it.
 */
export function pathToWin(
  touches: readonly CampaignTouch[],
  moves: readonly StageMove[],
  wonAt: string,
): PathTouch[] {
  const path = touches.filter(({ at }) => at <= wonAt).toSorted(byTime);
  const marks: readonly [AttributionPart, string | undefined][] = [
    ['lead-creation', firstReached(moves, 'lead')],
    ['opportunity-creation', firstReached(moves, 'opportunity')],
    ['close', wonAt],
  ];
  const players = marks.map(
    ([part, reached]) =>
      [part, reached === undefined ? -1 : path.findLastIndex(({ at }) => at <= reached)] as const,
  );
  return path.map((touch, index) => ({
    ...touch,
    parts: players.filter(([, player]) => player === index).map(([part]) => part),
  }));
}

const byTime = (one: CampaignTouch, other: CampaignTouch) =>
  one.at < other.at || (one.at === other.at && one.id < other.id) ? -1 : 1;

/** What each campaign on a path has of the win, in millionths that sum to a whole one; none without a touch. */
export function creditsOf(model: AttributionModel, path: readonly PathTouch[]): Map<string, number> {
  const credits = new Map<string, number>();
  const shares = wholeShares(model.weights(path), CREDIT_OF_A_WIN);
  for (const [index, { campaignId }] of path.entries()) {
    const share = shares[index] ?? 0;
    if (share > 0) credits.set(campaignId, (credits.get(campaignId) ?? 0) + share);
  }
  return credits;
}

/**
 * Whole numbers in proportion to weights that sum to 1, which sum to `total` exactly: what rounding down leaves over
 * goes, one each, to those that lost most by it, of equal ones to the first.
 */
export function wholeShares(weights: readonly number[], total: number): number[] {
  const shares = weights.map((weight) => Math.floor(weight * total));
  const left = weights.length === 0 ? 0 : total - shares.reduce((sum, share) => sum + share, 0);
  const losers = weights
    .map((weight, index) => ({ index, lost: weight * total - (shares[index] ?? 0) }))
    .toSorted((one, other) => other.lost - one.lost || one.index - other.index)
    .slice(0, left);
  for (const { index } of losers) shares[index] = (shares[index] ?? 0) + 1;
  return shares;
}
