import type {
  AttributeCriterion,
  ConfirmationCriterion,
  Criterion,
  FieldValue,
  LeafCriterion,
  TouchpointCriterion,
} from '../contract/criterion.ts';
import type { CriterionResult, CriterionState, Evidence, LeafResult } from '../contract/qualification.ts';
import type { Facts, FieldFact, TouchpointFact } from './facts.ts';
import { daysAfter } from './instants.ts';
import { folded, matchesWildcard, wildcard, type Wildcard } from './wildcard.ts';

const MAX_EVIDENCE = 3;

/**
 * How a criterion stands for one lead, with the evidence for each of its leaves. Three-valued after Kleene:
 * what nobody knows is `unknown`, which is never met, and whatever it turns out to be, a `met` or `not-met`
 * above it stays. Takes time in proportion to leaves times touchpoints; never throws.
 */
export function evaluateCriterion(criterion: Criterion, facts: Facts): CriterionResult {
  switch (criterion.type) {
    case 'not': {
      const part = evaluateCriterion(criterion.of, facts);
      return { type: 'not', state: opposite[part.state], of: [part] };
    }
    case 'all':
    case 'any':
    case 'at-least': {
      const of = criterion.of.map((part) => evaluateCriterion(part, facts));
      if (criterion.type === 'at-least') {
        const { type, count } = criterion;
        return { type, state: atLeast(count, of), count, of };
      }
      const { type } = criterion;
      return { type, state: atLeast(type === 'all' ? of.length : 1, of), of };
    }
    default:
      return evaluateLeaf(criterion, facts);
  }
}

/** How one leaf stands; see `evaluateCriterion`. */
export function evaluateLeaf(leaf: LeafCriterion, facts: Facts): LeafResult {
  const { type, id, label } = leaf;
  return { type, id, label, ...outcome(leaf, facts) };
}

type Outcome = Omit<LeafResult, 'type' | 'id' | 'label'>;

function outcome(leaf: LeafCriterion, facts: Facts): Outcome {
  switch (leaf.type) {
    case 'attribute':
      return attributeOutcome(leaf, facts);
    case 'touchpoint':
      return touchpointOutcome(leaf, facts);
    case 'confirmation':
      return confirmationOutcome(leaf, facts);
  }
}

const opposite: Record<CriterionState, CriterionState> = {
  met: 'not-met',
  'not-met': 'met',
  unknown: 'unknown',
};

function atLeast(count: number, parts: readonly CriterionResult[]): CriterionState {
  const met = parts.filter(({ state }) => state === 'met').length;
  if (met >= count) return 'met';
  const unknown = parts.filter(({ state }) => state === 'unknown').length;
  return met + unknown >= count ? 'unknown' : 'not-met';
}

const stateOf = (holds: boolean): CriterionState => (holds ? 'met' : 'not-met');
const noData = { state: 'unknown', unknownBecause: 'no-data' } as const;

/**
 * A field nobody knows is unknown, except that `exists` then is not met. One that has expired is unknown to
 * every test, and so is one that `range` cannot read as a number.
 */
function attributeOutcome({ attribute, test }: AttributeCriterion, { fields, now, expiry }: Facts): Outcome {
  const field = fields.get(attribute);
  if (!field) return 'exists' in test ? { state: 'not-met', evidence: [] } : { ...noData, evidence: [] };
  const evidence = { kind: 'field', attribute, ...field } as const;
  const until = daysAfter(field.at, expiry.fields);
  if (until <= now) return expired(evidence, until);
  const holds = passes(field, test);
  if (holds === null) return { ...noData, evidence: [evidence] };
  return { state: stateOf(holds), evidence: [evidence], validUntil: until };
}

/** Null when the value says nothing about it. Text counts without case, and `"50"` is as good as 50. */
function passes({ value }: FieldFact, test: AttributeCriterion['test']): boolean | null {
  if ('exists' in test) return true;
  if ('in' in test) {
    return remembered(foldedLists, test.in, foldedSet).has(folded(String(value)));
  }
  if ('matches' in test) return matchesAny(folded(String(value)), test.matches);
  const number = numberOf(value);
  if (number === null) return null;
  const { min = -Infinity, max = Infinity } = test.range;
  return min <= number && number <= max;
}

/** Null for what is none, or may be another: `1.000` is one in some countries and a thousand in others. */
function numberOf(value: FieldValue): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return null;
  const text = value.trim();
  const isPlain = /^[+-]?\d+(?:\.\d+)?$/u.test(text) && !/^[+-]?\d{1,3}\.\d{3}$/u.test(text);
  return isPlain ? Number(text) : null;
}

/** Touchpoints that are yet to happen and those that machines made do not count. */
function touchpointOutcome(
  { kinds, campaignKinds, campaigns, titles, count, withinDays }: TouchpointCriterion,
  { touchpoints, silentKinds, now }: Facts,
): Outcome {
  // What happened at this moment itself has left the window: `validUntil` is the first moment without it.
  const after = withinDays === undefined ? '' : daysAfter(now, -withinDays);
  const found: TouchpointFact[] = [];
  let next: string | undefined;
  for (const touchpoint of peoplesNewestFirst(touchpoints)) {
    if (touchpoint.occurredAt <= after) break;
    const { kind, campaignId, campaignKind, occurredAt } = touchpoint;
    const matches =
      kinds.includes(kind) &&
      (!campaigns || (campaignId !== undefined && campaigns.includes(campaignId))) &&
      (!campaignKinds || (campaignKind !== undefined && campaignKinds.includes(campaignKind))) &&
      (!titles || matchesAny(foldedTitle(touchpoint), titles));
    if (!matches) continue;
    if (occurredAt <= now) found.push(touchpoint);
    else next = occurredAt;
  }
  const evidence = found.slice(0, MAX_EVIDENCE).map(touchpointEvidence);
  const base = { evidence, found: found.length, wanted: count };

  const decisive = found[count - 1];
  if (decisive) {
    const validUntil = withinDays === undefined ? undefined : daysAfter(decisive.occurredAt, withinDays);
    return { ...base, state: 'met', ...(validUntil === undefined ? {} : { validUntil }) };
  }
  const silent = silentKinds === 'any' || kinds.some((kind) => silentKinds.includes(kind));
  return {
    ...base,
    ...(silent ? { state: 'unknown', unknownBecause: 'source-silent' } : { state: 'not-met' }),
    ...(next === undefined ? {} : { validUntil: next }),
  };
}

/** Newest first; the id decides between those of one moment, so that their order elsewhere does not matter. */
function byNewest(a: TouchpointFact, b: TouchpointFact): number {
  if (a.occurredAt !== b.occurredAt) return a.occurredAt < b.occurredAt ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}

const touchpointEvidence = ({ id, kind, title, occurredAt, source }: TouchpointFact): Evidence => ({
  kind: 'touchpoint',
  touchpointId: id,
  touchpointKind: kind,
  title,
  at: occurredAt,
  source,
});

function confirmationOutcome(
  { subject }: ConfirmationCriterion,
  { confirmations, now, expiry }: Facts,
): Outcome {
  const confirmation = confirmations.get(subject);
  if (!confirmation) return { ...noData, evidence: [] };
  const evidence = { kind: 'confirmation', subject, ...confirmation } as const;
  const until = daysAfter(confirmation.at, expiry.confirmations);
  if (until <= now) return expired(evidence, until);
  return { state: stateOf(confirmation.confirmed), evidence: [evidence], validUntil: until };
}

const expired = (evidence: Exclude<Evidence, { kind: 'touchpoint' }>, expiredAt: string): Outcome => ({
  state: 'unknown',
  unknownBecause: 'expired',
  evidence: [{ ...evidence, expiredAt }],
});

/** Many leaves ask for the same touchpoints and many leads meet the same patterns: both are made ready once. */
const sortedTouchpoints = new WeakMap<readonly TouchpointFact[], readonly TouchpointFact[]>();
const foldedTitles = new WeakMap<TouchpointFact, string>();
const foldedLists = new WeakMap<readonly FieldValue[], ReadonlySet<string>>();
const cutPatterns = new WeakMap<readonly string[], readonly Wildcard[]>();

function remembered<Key extends WeakKey, Value>(
  map: WeakMap<Key, Value>,
  key: Key,
  make: (key: Key) => Value,
) {
  let value = map.get(key);
  if (value === undefined) {
    value = make(key);
    map.set(key, value);
  }
  return value;
}

const foldedSet = (values: readonly FieldValue[]) => new Set(values.map((value) => folded(String(value))));

const peoplesNewestFirst = (touchpoints: readonly TouchpointFact[]) =>
  remembered(sortedTouchpoints, touchpoints, (all) => all.filter(({ machine }) => !machine).sort(byNewest));

const foldedTitle = (touchpoint: TouchpointFact) =>
  remembered(foldedTitles, touchpoint, ({ title }) => folded(title));

const matchesAny = (text: string, patterns: readonly string[]) =>
  remembered(cutPatterns, patterns, (all) => all.map(wildcard)).some((pieces) =>
    matchesWildcard(text, pieces),
  );
