import { z } from 'zod';
import { Campaign } from './campaign.ts';
import { ClosedLoopFigures, Month } from './closed-loop.ts';
import { Feedback } from './feedback.ts';
import { Plan } from './plan.ts';
import { Instant, Text } from './primitives.ts';
import { TouchpointKind } from './touchpoint.ts';

const Count = z.int().nonnegative();
/** A day of UTC, as in `2026-11-23`. */
const Day = z.iso.date();

/** An amount with its currency, two places after the point at most. */
export const Money = z.object({
  amount: z
    .number()
    .nonnegative()
    .max(99_999_999_999)
    .refine(
      (amount) => Math.abs(amount * 100 - Math.round(amount * 100)) < 1e-4,
      'has more than two decimals',
    ),
  /** By ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be a currency such as EUR'),
});
export type Money = z.infer<typeof Money>;

/** A campaign with what marketing aims at and pays. */
export const CampaignDetails = Campaign.extend({ goal: Text.optional(), cost: Money.optional() });
export type CampaignDetails = z.infer<typeof CampaignDetails>;

/** Absent fields stay as they are, null takes away. */
export const CampaignPatch = z.object({
  goal: Text.nullable().optional(),
  cost: Money.nullable().optional(),
  talkingPoints: Text.nullable().optional(),
});
export type CampaignPatch = z.infer<typeof CampaignPatch>;

/** What tells whether a campaign runs; see `campaignState`. */
export const CampaignActivity = z.object({
  /** The Monday of the last week in which it touched somebody; absent: it never did. */
  lastWeek: Day.optional(),
  /** When it is due to touch somebody next. */
  nextAt: Instant.optional(),
});
export type CampaignActivity = z.infer<typeof CampaignActivity>;

export const CampaignRow = z.object({
  campaign: CampaignDetails.omit({ talkingPoints: true, goal: true }),
  activity: CampaignActivity,
  figures: ClosedLoopFigures,
});
export type CampaignRow = z.infer<typeof CampaignRow>;

/** So many campaigns at once, the latest; who has more looks at fewer months. */
export const MAX_CAMPAIGNS = 2_000;

const Period = z.object({
  from: Month,
  to: Month,
  /** Everything that happened up to then is in the figures. */
  asOf: Instant,
});

export const CampaignList = Period.extend({
  campaigns: z.array(CampaignRow).max(MAX_CAMPAIGNS),
  /** How many there are; more than are listed when there are very many. */
  total: Count,
});
export type CampaignList = z.infer<typeof CampaignList>;

/** What people are due to receive from a campaign, of one day. */
export const PlannedDay = z.object({
  day: Day,
  touches: Count,
  /** What sales wants held, or wants to be asked about first. */
  held: Count,
});
export type PlannedDay = z.infer<typeof PlannedDay>;

export const CAMPAIGN_QUOTES = 50;

/** All there is to say of one campaign; figures, touches and verdicts are of the period. */
export const CampaignReport = Period.extend({
  campaign: CampaignDetails,
  activity: CampaignActivity,
  figures: ClosedLoopFigures,
  /** How often it touched somebody, by the week's Monday and kind; machines are in both counts. */
  touches: z.array(z.object({ week: Day, kind: TouchpointKind, touches: Count, machine: Count })),
  /** Feedback on the campaign and on what it plans, by verdict. */
  verdicts: z.object({ praise: Count, suggestion: Count, hold: Count, askFirst: Count }),
  /** The latest of it with words, newest first, at most `CAMPAIGN_QUOTES`. */
  quotes: z.array(Feedback),
  /** Of the next `PLANNED_DAYS` days, those on which something is due. */
  planned: z.array(PlannedDay),
  /** What sales was asked about it, newest first. */
  plans: z.array(Plan),
});
export type CampaignReport = z.infer<typeof CampaignReport>;
