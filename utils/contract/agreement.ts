import { z } from 'zod';
import { Criterion, LeafCriterion } from './criterion.ts';
import { Id, Instant, Label, LocalText, Slug, Text } from './primitives.ts';
import { Team } from './session.ts';
import { Stage } from './stage.ts';
import { TouchpointKind } from './touchpoint.ts';

/** A word both teams use, and the one plain sentence that says what it means. */
export const Term = z.strictObject({ id: Slug, term: LocalText, definition: LocalText });
export type Term = z.infer<typeof Term>;

/** Why a lead goes back: who acts on it, and whether to nurture it again or to drop it. */
export const Reason = z.strictObject({
  id: Slug,
  label: LocalText,
  team: Team,
  outcome: z.enum(['recycle', 'remove']),
});
export type Reason = z.infer<typeof Reason>;

/** `rule`: the hub moves by itself once the criteria are met. `system`: a source's status does. */
export const Mover = z.enum(['marketing', 'sales', 'rule', 'system']);
export type Mover = z.infer<typeof Mover>;

export const AgreedStage = z.strictObject({
  stage: Stage,
  label: LocalText,
  definition: LocalText,
  /** What must hold before a lead belongs here; absent: somebody's decision is enough. */
  criteria: Criterion.optional(),
  /** Who may move a lead here. */
  movers: z.array(Mover).min(1),
});
export type AgreedStage = z.infer<typeof AgreedStage>;

/** Whom we want as customers. Fit is the weight of the criteria met over the weight of all. */
export const CustomerProfile = z.strictObject({
  definition: LocalText,
  criteria: z
    .array(z.strictObject({ weight: z.number().positive().max(100), criterion: LeafCriterion }))
    .max(50),
});

/** What each kind of touchpoint says about interest; points halve with every half-life. */
export const EngagementRule = z.strictObject({
  halfLifeDays: z.number().min(0.5).max(365),
  points: z.array(z.strictObject({ kinds: z.array(TouchpointKind).min(1), points: z.number().positive() })),
});
export type EngagementRule = z.infer<typeof EngagementRule>;

/** The best so much of a workspace is in tier 1, 2 and 3, e.g. `[0.5, 0.25, 0.1]`. */
export const TierShares = z
  .tuple([z.number(), z.number(), z.number()])
  .refine(
    ([one, two, three]) => one <= 1 && one >= two && two >= three && three > 0,
    'must fall, from 1 to 0',
  );

const ClockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time such as 09:00');
const Hours = z
  .array(
    z
      .strictObject({ from: ClockTime, to: ClockTime })
      .refine(({ from, to }) => from < to, 'must begin before it ends'),
  )
  .max(4);
export const Weekday = z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']);
export type Weekday = z.infer<typeof Weekday>;

/** When people work: clocks run only then. Hours that a night of daylight saving skips do not exist. */
export const WorkCalendar = z
  .strictObject({
    id: Slug,
    label: LocalText,
    /** IANA, e.g. `Europe/Berlin`. */
    timeZone: z.string().refine(isTimeZone, 'is no time zone such as Europe/Berlin'),
    /** Days that are not named are free. */
    hours: z.partialRecord(Weekday, Hours),
    /** Public holidays of a country (ISO 3166-1) and, where they differ, of a state (ISO 3166-2 without it: `BY`). */
    holidays: z
      .strictObject({
        country: z.string().regex(/^[A-Z]{2}$/, 'must be a country code such as DE'),
        state: z
          .string()
          .regex(/^[A-Z0-9]{1,3}$/, 'must be a state code such as BY')
          .optional(),
      })
      .optional(),
    /** Further free days. */
    closed: z.array(z.iso.date()).max(1000).default([]),
  })
  .refine(({ hours }) => Object.values(hours).some((day) => day.length > 0), {
    path: ['hours'],
    message: 'must hold some working time',
  });
export type WorkCalendar = z.infer<typeof WorkCalendar>;

const Minutes = z
  .int()
  .positive()
  .max(60 * 24 * 366);

/** How fast sales follows up; the first rule whose `when` holds applies. Minutes of working time. */
export const SlaRule = z.strictObject({
  id: Slug,
  label: LocalText,
  when: Criterion.optional(),
  calendar: Slug,
  assignWithin: Minutes,
  respondWithin: Minutes,
});
export type SlaRule = z.infer<typeof SlaRule>;

/** What happens when nobody follows up: so many minutes of working time after the promise was broken. */
export const EscalationStep = z.strictObject({
  after: z
    .int()
    .nonnegative()
    .max(60 * 24 * 366),
  to: z.enum(['owner', 'manager', 'reassign']),
});
export type EscalationStep = z.infer<typeof EscalationStep>;

/** A promise of one team to the other, measured. */
export const Target = z.strictObject({
  id: Slug,
  label: LocalText,
  team: Team,
  figure: z.enum([
    'acceptance-rate',
    'reasons-given',
    'assigned-in-time',
    'responded-in-time',
    'feedback-answered-in-time',
    'leads-handed-over',
  ]),
  comparison: z.enum(['at-least', 'at-most']),
  value: z.number().nonnegative(),
  unit: z.enum(['percent', 'per-month']),
});
export type Target = z.infer<typeof Target>;

const Days = z.number().positive().max(3650);

/** What both teams agreed on, without who signed it: the document that is edited, as JSON or YAML. */
export const AgreementDocument = z.strictObject({
  glossary: z.array(Term).max(200),
  profile: CustomerProfile,
  stages: z
    .array(AgreedStage)
    .refine((stages) => hasEachOnce(stages.map(({ stage }) => stage)), 'must name every stage exactly once'),
  reasons: z.array(Reason).min(1).max(50),
  /** When true a lead cannot be returned without saying why. */
  returnNeedsReason: z.boolean(),
  engagement: EngagementRule,
  tiers: TierShares,
  calendars: z.array(WorkCalendar).min(1).max(50),
  sla: z.strictObject({
    rules: z.array(SlaRule).min(1).max(50),
    escalation: z.array(EscalationStep).max(10),
    /** What may stop the clock for a while. */
    pauseReasons: z.array(z.strictObject({ id: Slug, label: LocalText })).max(20),
    longestPauseDays: Days,
    /** Marketing's side: how fast feedback is answered. */
    answerWithin: Minutes,
    answerCalendar: Slug,
  }),
  targets: z.array(Target).max(50),
  /** On fewer cases a figure is shown with a word about it, and no target counts as kept or missed. */
  reports: z.strictObject({ minimumCases: z.int().min(1).max(1000) }).default({ minimumCases: 5 }),
  /** How long each kind of figure is good for, in days; after that it counts as unknown. */
  expiry: z.strictObject({ fields: Days, confirmations: Days, engagement: Days, reports: Days }),
  /** From then on the agreement has to be renewed, and no rule moves a lead. */
  validUntil: Instant,
});
export type AgreementDocument = z.infer<typeof AgreementDocument>;

export const Signature = z.object({
  team: Team,
  by: z.object({ id: Id, name: Label }),
  at: Instant,
});
export type Signature = z.infer<typeof Signature>;

/** The agreement in force. */
export const Agreement = AgreementDocument.extend({
  version: z.int().positive(),
  inForceSince: Instant,
  /** Empty for what the hub shipped with: nobody has signed that. */
  signatures: z.array(Signature),
});
export type Agreement = z.infer<typeof Agreement>;

/** One version and its fate; a change is a `proposal` until a manager of the other team signs it. */
export const AgreementVersion = z.object({
  version: z.int().positive(),
  state: z.enum(['proposal', 'in-force', 'superseded', 'rejected']),
  /** The version that was in force when it was written. */
  basedOn: z.int().positive().nullable(),
  /** `null`: the hub shipped with it. */
  proposedBy: z.object({ id: Id, name: Label, team: Team }).nullable(),
  proposedAt: Instant,
  comment: Text.optional(),
  signatures: z.array(Signature),
  rejected: z
    .object({ by: z.object({ id: Id, name: Label }), at: Instant, comment: Text.optional() })
    .optional(),
  inForceSince: Instant.optional(),
  inForceUntil: Instant.optional(),
});
export type AgreementVersion = z.infer<typeof AgreementVersion>;

export const AgreementFormat = z.enum(['json', 'yaml']);
export type AgreementFormat = z.infer<typeof AgreementFormat>;

/** A change, written against the version in force. */
export const NewProposal = z.object({
  basedOn: z.int().positive(),
  /** The document as text, so that an error can name its line. */
  text: z.string().min(1).max(200_000),
  format: AgreementFormat,
  comment: Text.optional(),
});
export type NewProposal = z.infer<typeof NewProposal>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const hasEachOnce = (stages: readonly Stage[]) =>
  stages.length === Stage.options.length && new Set(stages).size === stages.length;
