import { z } from 'zod';
import { Campaign } from './campaign.ts';
import { Instant } from './primitives.ts';

/** A month of UTC, as in `2026-11`. */
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-11');
export type Month = z.infer<typeof Month>;

const Count = z.int().nonnegative();

/**
 * What came of a campaign. Unless it says otherwise, each figure counts people, and everybody for every campaign that
 * ever touched them ("any touch"), once, in the month in which that campaign touched them first.
 *
 * Stages count as reached by whoever came to them or beyond them at any time; a move that was undone or corrected
 * counts for nothing, as if it had never been.
 */
export const ClosedLoopFigures = z.object({
  /** Had any touchpoint of the campaign, be it only a mail that was sent or a machine's click. */
  reached: Count,
  /** Did something themselves; what machines did is nothing. */
  engaged: Count,
  mql: Count,
  /** Taken on by sales: a sales accepted lead. */
  accepted: Count,
  sql: Count,
  opportunity: Count,
  won: Count,
  /** Sent back by sales, or taken off the path after they were handed over. */
  returned: Count,
  /** The same by the reason given the last time; '' where none was. */
  returnedByReason: z.record(z.string(), Count),
  /** Hand-overs of these people whose promise sales kept, and those it broke; see `promiseKept`. */
  slaKept: Count,
  slaBroken: Count,
  /** Times that somebody praised the campaign, in the month in which they did. */
  praise: Count,
});
export type ClosedLoopFigures = z.infer<typeof ClosedLoopFigures>;

export const ClosedLoopQuery = z
  .object({
    /** The first month and the last one; by default the last twelve. */
    from: Month.optional(),
    to: Month.optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'must not lie before from',
  });

export const ClosedLoopReport = z.object({
  from: Month,
  to: Month,
  campaigns: z.array(
    z.object({ campaign: Campaign.pick({ id: true, name: true, kind: true }), figures: ClosedLoopFigures }),
  ),
  /** The sums of the rows: somebody whom two campaigns touched counts twice. */
  totals: ClosedLoopFigures,
  /** Everything that happened up to then is in the figures. */
  asOf: Instant,
});
export type ClosedLoopReport = z.infer<typeof ClosedLoopReport>;
