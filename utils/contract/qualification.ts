import { z } from 'zod';
import { Mover } from './agreement.ts';
import { Confirmable, FieldValue } from './criterion.ts';
import { Id, Instant, Label, LocalText, Text } from './primitives.ts';
import { Stage } from './stage.ts';
import { MachineReason, TouchpointKind } from './touchpoint.ts';

/** What a criterion rests on: which touchpoint or field, when, from where. */
export const Evidence = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('touchpoint'),
    touchpointId: Id,
    touchpointKind: TouchpointKind,
    title: Text,
    at: Instant,
    source: z.string().max(64),
  }),
  z.object({
    kind: z.literal('field'),
    attribute: z.string().max(64),
    value: FieldValue,
    source: z.string().max(64).optional(),
    /** When the source told us. */
    at: Instant,
    /** Set when that is too long ago to count. */
    expiredAt: Instant.optional(),
  }),
  z.object({
    kind: z.literal('confirmation'),
    subject: Confirmable,
    confirmed: z.boolean(),
    by: z.object({ id: Id, name: Label }),
    at: Instant,
    expiredAt: Instant.optional(),
  }),
]);
export type Evidence = z.infer<typeof Evidence>;

export const CriterionState = z.enum(['met', 'not-met', 'unknown']);
export type CriterionState = z.infer<typeof CriterionState>;

/** One leaf of a criterion, evaluated. */
export const LeafResult = z.object({
  type: z.enum(['attribute', 'touchpoint', 'confirmation']),
  id: z.string(),
  label: LocalText,
  state: CriterionState,
  /** Why nothing is known: no source has said it, a source is silent, or what it said has expired. */
  unknownBecause: z.enum(['no-data', 'source-silent', 'expired']).optional(),
  /** Newest first, at most three. */
  evidence: z.array(Evidence).max(3),
  /** Touchpoints found and wanted. */
  found: z.int().nonnegative().optional(),
  wanted: z.int().positive().optional(),
  /** When time alone may change the state. */
  validUntil: Instant.optional(),
});
export type LeafResult = z.infer<typeof LeafResult>;

/** A criterion, evaluated: the shape of the criterion with a state at every node. */
export type CriterionResult =
  | LeafResult
  | {
      type: 'all' | 'any' | 'at-least' | 'not';
      state: CriterionState;
      count?: number | undefined;
      of: CriterionResult[];
    };
export const CriterionResult: z.ZodType<CriterionResult> = z
  .lazy(() =>
    z.union([
      LeafResult,
      z.object({
        type: z.enum(['all', 'any', 'at-least', 'not']),
        state: CriterionState,
        count: z.int().positive().optional(),
        of: z.array(CriterionResult),
      }),
    ]),
  )
  .meta({ id: 'CriterionResult' });

/** What the agreement asks of a lead at a stage, and how it looks now. */
export const StageCriteria = z.object({
  stage: Stage,
  /** `null`: the agreement asks for nothing but somebody's decision. */
  // Not `nullable()`: of a schema with a name the OpenAPI document would lose the null.
  result: z.union([CriterionResult, z.null()]),
  movers: z.array(Mover),
});
export type StageCriteria = z.infer<typeof StageCriteria>;

export const Momentum = z.enum(['rising', 'steady', 'falling']);
export type Momentum = z.infer<typeof Momentum>;

const figure = {
  /** By rank in the workspace: 3 is the best. */
  tier: z.int().min(0).max(3),
  momentum: Momentum,
  asOf: Instant,
  /** From then on nobody should rely on it; `expired` says whether that is now. */
  validUntil: Instant.optional(),
  expired: z.boolean(),
};

/** How well company and role match the ideal-customer profile. */
export const Fit = z.object({
  ...figure,
  /** Weight met over weight of all, 0 to 1. */
  score: z.number().min(0).max(1),
  parts: z.array(z.object({ weight: z.number(), result: LeafResult })),
});
export type Fit = z.infer<typeof Fit>;

/** How much interest recent behaviour shows. */
export const Engagement = z.object({
  ...figure,
  /** Points left at `asOf`. */
  score: z.number().nonnegative(),
  /** What counted most, at most five. */
  parts: z.array(
    z.object({
      touchpointId: Id,
      touchpointKind: TouchpointKind,
      title: Text,
      at: Instant,
      source: z.string().max(64),
      points: z.number(),
    }),
  ),
  /** What did not count because a machine probably did it. */
  excluded: z.array(z.object({ reason: MachineReason, count: z.int().positive() })),
});
export type Engagement = z.infer<typeof Engagement>;

export const Qualification = z.object({
  asOf: Instant,
  agreementVersion: z.int().positive(),
  /** Why the lead is where it is, as things are now. */
  current: StageCriteria,
  /** What the next stage asks for; `null` at the end of the path. When all is met, it is a proposal to move. */
  next: StageCriteria.nullable(),
  fit: Fit,
  engagement: Engagement,
});
export type Qualification = z.infer<typeof Qualification>;

/** What a rep learned in talks; `null` takes the word back. */
export const NewConfirmation = z.object({
  id: Id,
  personId: Id,
  subject: Confirmable,
  confirmed: z.boolean().nullable(),
  clientTime: Instant,
});
export type NewConfirmation = z.infer<typeof NewConfirmation>;
