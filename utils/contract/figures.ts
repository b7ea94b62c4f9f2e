import { z } from 'zod';
import { Target } from './agreement.ts';
import { Campaign } from './campaign.ts';
import { Month } from './closed-loop.ts';
import { Id, Instant, Label } from './primitives.ts';
import { Team } from './session.ts';
import { Stage } from './stage.ts';

const Count = z.int().nonnegative();

/** A report covers at most so many months. */
export const MAX_MONTHS = 60;

const ReportMonth = Month.refine((month) => month >= '1970-01', 'must not lie before 1970');

/** The first month and the last one; by default the last twelve. */
const period = { from: ReportMonth.optional(), to: ReportMonth.optional() };
type Period = { from?: Month | undefined; to?: Month | undefined };
const inOrder = ({ from, to }: Period) => from === undefined || to === undefined || from <= to;
const isShort = ({ from, to }: Period) =>
  from === undefined || to === undefined || monthNumber(to) - monthNumber(from) < MAX_MONTHS;
const monthNumber = (month: Month) => 12 * Number(month.slice(0, 4)) + Number(month.slice(5));
const IN_ORDER = { path: ['to'], message: 'must not lie before from' };
const SHORT = { path: ['from'], message: `must lie at most ${MAX_MONTHS - 1} months before to` };

/** The figures both teams look at; what each of them counts stands in docs/figures.md. */
export const FigureId = z.enum([
  'leads-handed-over',
  'acceptance-rate',
  'reasons-given',
  'time-to-assignment',
  'time-to-follow-up',
  'assigned-in-time',
  'responded-in-time',
  'feedback-answered-in-time',
  'mql-to-won',
  'wins-within-profile',
]);
export type FigureId = z.infer<typeof FigureId>;

/** Time is working time of the calendar of each case's own rule, in whole minutes. */
export const FigureUnit = z.enum(['count', 'percent', 'working-minutes']);
export type FigureUnit = z.infer<typeof FigureUnit>;

export const FiguresQuery = z
  .object({
    ...period,
    /** Only leads that this campaign ever touched, and feedback on it. */
    campaignId: Id.optional(),
    /** Only what this rep had at hand: hand-overs to them, feedback of theirs. */
    ownerId: Id.optional(),
    /** Only people of this country, ISO 3166-1 alpha-2. */
    country: z.string().length(2).optional(),
    /** Only hand-overs under this rule of the agreement. Feedback falls under none. */
    rule: z.string().min(1).max(64).optional(),
  })
  .refine(inOrder, IN_ORDER)
  .refine(isShort, SHORT);
export type FiguresQuery = z.infer<typeof FiguresQuery>;

/** What a figure was in one span of time. */
export const FigureValue = z.object({
  /** Of a count the number, of a rate 0 to 100, of a time the median; null without a case. */
  value: z.number().nonnegative().nullable(),
  /** What the value is made of; below the agreed minimum it says little. */
  cases: Count,
});
export type FigureValue = z.infer<typeof FigureValue>;

/** How a target of the agreement stands; two targets may be set on one figure. */
export const FigureTarget = Target.pick({ id: true, comparison: true, value: true, unit: true }).extend({
  /** Null where there are too few cases to say. What is meant per month is compared with the mean of the months. */
  kept: z.boolean().nullable(),
});
export type FigureTarget = z.infer<typeof FigureTarget>;

export const Figure = FigureValue.extend({
  id: FigureId,
  /** Whose promise or work it is. */
  team: Team,
  unit: FigureUnit,
  /** Of a rate: how many of the cases are so. */
  part: Count.nullable(),
  /** What is not decided yet, and why it is no case; of `mql-to-won` the cases among them that may still be won. */
  open: Count,
  /** As many months right before the first one. */
  previous: FigureValue,
  targets: z.array(FigureTarget),
  /** Every month of the period, in order. */
  months: z.array(FigureValue.extend({ month: Month })),
  /** Of a time: so much of the cases took at most that long. */
  spread: z.object({ p25: Count, median: Count, p75: Count, p90: Count }).optional(),
});
export type Figure = z.infer<typeof Figure>;

/** Stages a lead comes to after it was handed over. */
export const ReachedStage = Stage.extract(['sal', 'sql', 'opportunity', 'customer']);
export type ReachedStage = z.infer<typeof ReachedStage>;
export const WithinDays = z.union([z.literal(30), z.literal(60), z.literal(90), z.literal(180)]);
export type WithinDays = z.infer<typeof WithinDays>;

/** What there is to choose from in the period, whatever is chosen. */
export const FigureSegments = z.object({
  owners: z.array(z.object({ id: Id, name: Label })),
  countries: z.array(z.string()),
  /** Rule ids: of the agreement in force, or of one before it. */
  rules: z.array(z.string()),
});
export type FigureSegments = z.infer<typeof FigureSegments>;

/**
 * The figures of the agreement. A case is a hand-over, counted in the month (UTC) in which it was made, whatever
 * became of it later; feedback counts in the month in which it came.
 */
export const FiguresReport = z.object({
  from: Month,
  to: Month,
  /** Everything that happened up to then is in the figures. */
  asOf: Instant,
  /** From then on nobody should rely on them. */
  validUntil: Instant,
  /** On fewer cases no figure stands without a word about it. */
  minimumCases: Count,
  /** One of each id, in the order of `FigureId`. */
  figures: z.array(Figure),
  /** Why leads came back, most often first; '' where nobody said. */
  returnReasons: z.array(z.object({ reason: z.string(), count: Count })),
  /** From `mql`, all hand-overs, down to `customer`: how many came to a stage or beyond it. */
  funnel: z.array(z.object({ stage: z.literal('mql').or(ReachedStage), leads: Count })),
  /** For each month how many of its hand-overs came how far within so many days. */
  cohorts: z.array(
    z.object({
      month: Month,
      size: Count,
      reached: z.array(
        z.object({
          stage: ReachedStage,
          withinDays: WithinDays,
          leads: Count,
          /** Whether all of them have had so many days; before that the number may still grow. */
          complete: z.boolean(),
        }),
      ),
    }),
  ),
  /** Of the hand-overs that were won: how well they fit the profile today; null: not known. Best first. */
  fitOfWins: z.array(z.object({ tier: z.int().min(0).max(3).nullable(), wins: Count })),
  segments: FigureSegments,
});
export type FiguresReport = z.infer<typeof FiguresReport>;

export const AttributionModelId = z.enum([
  'first',
  'last',
  'linear',
  'u-shaped',
  'w-shaped',
  'full-path',
  'time-decay',
]);
export type AttributionModelId = z.infer<typeof AttributionModelId>;

export const AttributionQuery = z
  .object({
    ...period,
    model: AttributionModelId.default('linear'),
  })
  .refine(inOrder, IN_ORDER)
  .refine(isShort, SHORT);

/** Credit is given in millionths of a win. */
export const CREDIT_OF_A_WIN = 1_000_000;

/** Which campaigns the wins of a period are owed to; a win counts in the month in which somebody became a customer. */
export const AttributionReport = z.object({
  from: Month,
  to: Month,
  model: AttributionModelId,
  asOf: Instant,
  validUntil: Instant,
  minimumCases: Count,
  wins: Count,
  /** With what they are owed, in millionths of wins; most first. Their sum and `unattributed` are all wins, exactly. */
  campaigns: z.array(
    z.object({
      campaign: Campaign.pick({ id: true, name: true, kind: true }),
      credit: Count,
      /** Wins that this campaign has any credit of. */
      wins: Count,
    }),
  ),
  /** Wins that no campaign has any part in, in millionths. */
  unattributed: Count,
});
export type AttributionReport = z.infer<typeof AttributionReport>;
