import { z } from 'zod';
import { CampaignKind } from './campaign.ts';
import { Id, LocalText, Slug } from './primitives.ts';
import { TouchpointKind } from './touchpoint.ts';

/** What a rep confirms in talks (BANT). */
export const Confirmable = z.enum(['budget', 'authority', 'need', 'timing']);
export type Confirmable = z.infer<typeof Confirmable>;

/** A value of a field as sources send it. */
export const FieldValue = z.union([z.string().max(2_000), z.number(), z.boolean()]);
export type FieldValue = z.infer<typeof FieldValue>;

/**
 * Text compared without case, where `*` stands for anything: `*logisti*`. Not a regular expression, because
 * one of those can keep the hub busy for hours.
 */
export const Pattern = z.string().min(1).max(200);
const Patterns = z.array(Pattern).min(1).max(100);

/** A leaf is shown to people: its label says what is asked for, in one plain sentence. */
const leaf = { id: Slug, label: LocalText };

/** A field of the person: one of their own (`country`, `title` …) or one that sources sent along. */
export const AttributeCriterion = z.strictObject({
  type: z.literal('attribute'),
  ...leaf,
  attribute: z.string().min(1).max(64),
  test: z.union([
    z.strictObject({ in: z.array(FieldValue).min(1).max(500) }),
    z
      .strictObject({ range: z.strictObject({ min: z.number().optional(), max: z.number().optional() }) })
      .refine(({ range: { min, max } }) => min !== undefined || max !== undefined, 'needs min, max or both'),
    z.strictObject({ matches: Patterns }),
    z.strictObject({ exists: z.literal(true) }),
  ]),
});
export type AttributeCriterion = z.infer<typeof AttributeCriterion>;

/** At least `count` touchpoints of these kinds; machine events never count. */
export const TouchpointCriterion = z.strictObject({
  type: z.literal('touchpoint'),
  ...leaf,
  kinds: z.array(TouchpointKind).min(1),
  campaignKinds: z.array(CampaignKind).min(1).optional(),
  campaigns: z.array(Id).min(1).max(100).optional(),
  titles: Patterns.optional(),
  count: z.int().min(1).max(1000).default(1),
  /** Absent: ever. */
  withinDays: z.number().positive().max(3650).optional(),
});
export type TouchpointCriterion = z.infer<typeof TouchpointCriterion>;

export const ConfirmationCriterion = z.strictObject({
  type: z.literal('confirmation'),
  ...leaf,
  subject: Confirmable,
});
export type ConfirmationCriterion = z.infer<typeof ConfirmationCriterion>;

export const LeafCriterion = z.discriminatedUnion('type', [
  AttributeCriterion,
  TouchpointCriterion,
  ConfirmationCriterion,
]);
export type LeafCriterion = z.infer<typeof LeafCriterion>;

export type Criterion =
  | LeafCriterion
  | { type: 'all' | 'any'; of: Criterion[] }
  | { type: 'at-least'; count: number; of: Criterion[] }
  | { type: 'not'; of: Criterion };

/** How deep a criterion may nest, itself included; checked before parsing, so that no document exhausts the stack. */
export const MAX_DEPTH = 6;
const MAX_PARTS = 50;

/** What must hold of a lead; evaluated by `evaluateCriterion`. */
export const Criterion: z.ZodType<Criterion> = z
  .lazy(() => {
    const of = z.array(Criterion).min(1).max(MAX_PARTS);
    return z.discriminatedUnion('type', [
      AttributeCriterion,
      TouchpointCriterion,
      ConfirmationCriterion,
      z.strictObject({ type: z.literal('all'), of }),
      z.strictObject({ type: z.literal('any'), of }),
      z.strictObject({ type: z.literal('at-least'), count: z.int().min(1).max(MAX_PARTS), of }),
      z.strictObject({ type: z.literal('not'), of: Criterion }),
    ]);
  })
  .meta({ id: 'Criterion' });
