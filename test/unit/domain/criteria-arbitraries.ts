import fc from 'fast-check';
import { CampaignKind } from '../../../utils/contract/campaign.ts';
import {
  Confirmable,
  type Criterion,
  type LeafCriterion,
  MAX_DEPTH,
} from '../../../utils/contract/criterion.ts';
import { TouchpointKind } from '../../../utils/contract/touchpoint.ts';
import type { ConfirmationFact, Facts, FieldFact, TouchpointFact } from '../../../utils/domain/facts.ts';

/*
 * Random criteria and facts that meet: names, kinds and words come from small sets, so that every state and
 * every way to it comes up often.
 */

export const NOW = '2026-11-22T12:00:00.000Z';
const DAY = 86_400_000;

const attribute = fc.constantFrom('title', 'country', 'employees', 'industry', 'domain', '__proto__');
const word = fc.constantFrom('Head of Logistics', 'Einkauf', 'DE', 'at', 'GESCHÄFTSFÜHRER', '50', '200', '');
const value = fc.oneof(word, fc.integer({ min: 0, max: 300 }), fc.boolean(), fc.string({ maxLength: 600 }));
const pattern = fc
  .array(fc.constantFrom('*', '**', 'head', 'logisti', 'geschäftsführer', 'a', 'DE', 'kauf'), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(''));
const patterns = fc.array(pattern, { minLength: 1, maxLength: 20 });
const range = fc
  .record({ min: fc.integer({ max: 300 }), max: fc.integer({ min: 0 }) }, { requiredKeys: [] })
  .filter(({ min, max }) => min !== undefined || max !== undefined);
const campaign = fc.constantFrom(
  '0193a000-0000-7000-8000-000000000001',
  '0193a000-0000-7000-8000-000000000002',
);
const leaf = {
  id: fc.constantFrom('one', 'two', 'three'),
  label: fc.constant({ en: 'Asked for', de: 'Gefragt' }),
};
const optional = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: undefined, freq: 2 });
/** Without the keys that are undefined, as the schema's optional fields want it. */
const defined = <T extends object>(record: T) =>
  Object.fromEntries(Object.entries(record).filter(([, one]) => one !== undefined)) as T;

const attributeLeaf = (tests: fc.Arbitrary<unknown>) =>
  fc.record({ type: fc.constant('attribute' as const), ...leaf, attribute, test: tests });
const test = fc.oneof(
  fc.record({ in: fc.array(value, { minLength: 1, maxLength: 10 }) }),
  fc.record({ range }),
  fc.record({ matches: patterns }),
);
const touchpointLeaf = fc
  .record({
    type: fc.constant('touchpoint' as const),
    ...leaf,
    kinds: fc.uniqueArray(fc.constantFrom(...TouchpointKind.options), { minLength: 1, maxLength: 8 }),
    campaignKinds: optional(fc.uniqueArray(fc.constantFrom(...CampaignKind.options), { minLength: 1 })),
    campaigns: optional(fc.uniqueArray(campaign, { minLength: 1 })),
    titles: optional(patterns),
    count: fc.integer({ min: 1, max: 8 }),
    withinDays: optional(fc.integer({ min: 1, max: 400 })),
  })
  .map(defined);
const confirmationLeaf = fc.record({
  type: fc.constant('confirmation' as const),
  ...leaf,
  subject: fc.constantFrom(...Confirmable.options),
});

/** A leaf of any kind; `exists` only where asked for, as it alone takes absence for an answer. */
export const leafCriterion = ({ exists = true } = {}): fc.Arbitrary<LeafCriterion> =>
  fc.oneof(
    attributeLeaf(
      exists ? fc.oneof(test, fc.constant({ exists: true })) : test,
    ) as fc.Arbitrary<LeafCriterion>,
    { arbitrary: touchpointLeaf, weight: 2 },
    confirmationLeaf,
  );

interface Shape {
  exists?: boolean;
  not?: boolean;
  leaves?: number;
}

/** A criterion as deep as the contract allows, of at most so many leaves (50). */
export function criterion({ exists = true, not = true, leaves = 50 }: Shape = {}): fc.Arbitrary<Criterion> {
  const depth = fc.integer({ min: 1, max: MAX_DEPTH });
  const size = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: leaves }));
  return fc.tuple(depth, size).chain(([deep, many]) => node(deep, many, { exists, not }));
}

function node(
  depth: number,
  leaves: number,
  shape: { exists: boolean; not: boolean },
): fc.Arbitrary<Criterion> {
  if (depth === 1 || leaves === 1) return leafCriterion(shape);
  const parts = fc.integer({ min: 1, max: Math.min(leaves, depth === 2 ? 50 : 6) });
  const of = parts.chain((count) =>
    fc.tuple(...Array.from({ length: count }, () => node(depth - 1, Math.floor(leaves / count), shape))),
  );
  return fc.oneof(
    fc.record({ type: fc.constantFrom('all' as const, 'any' as const), of }),
    fc.record({ type: fc.constant('at-least' as const), count: fc.integer({ min: 1, max: 5 }), of }),
    ...(shape.not
      ? [fc.record({ type: fc.constant('not' as const), of: node(depth - 1, leaves, shape) })]
      : []),
  );
}

/** A moment within four hundred days before, or twenty after, `NOW`. */
const instant = fc
  .integer({ min: -400 * DAY, max: 20 * DAY })
  .map((milliseconds) => new Date(Date.parse(NOW) + milliseconds).toISOString());

export const touchpoint: fc.Arbitrary<TouchpointFact> = fc.record({
  id: fc.uuid({ version: 7 }),
  kind: fc.constantFrom(...TouchpointKind.options),
  title: fc.oneof(word, fc.string({ maxLength: 600 })),
  campaignId: fc.option(campaign, { nil: undefined }),
  campaignKind: fc.option(fc.constantFrom(...CampaignKind.options), { nil: undefined }),
  occurredAt: instant,
  source: fc.constantFrom('web', 'mail'),
  machine: fc.boolean(),
});

const field: fc.Arbitrary<FieldFact> = fc.record({ value, source: fc.constant('crm'), at: instant });
const confirmation: fc.Arbitrary<ConfirmationFact> = fc.record({
  confirmed: fc.boolean(),
  by: fc.constant({ id: '0193a000-0000-7000-8000-00000000000a', name: 'Rita Rep' }),
  at: instant,
});

/** Everything known of a lead, with at most so many touchpoints (200). */
export const facts = (touchpoints = 200): fc.Arbitrary<Facts> =>
  fc.record({
    fields: fc.array(fc.tuple(attribute, field), { maxLength: 6 }).map((entries) => new Map(entries)),
    touchpoints: fc.array(touchpoint, { maxLength: touchpoints, size: 'max' }),
    confirmations: fc
      .array(fc.tuple(fc.constantFrom(...Confirmable.options), confirmation), { maxLength: 4 })
      .map((entries) => new Map(entries)),
    silentKinds: fc.oneof(
      fc.constant([]),
      fc.constant('any' as const),
      fc.uniqueArray(fc.constantFrom(...TouchpointKind.options)),
    ),
    now: fc.constant(NOW),
    expiry: fc.constant({ fields: 300, confirmations: 90 }),
  });
