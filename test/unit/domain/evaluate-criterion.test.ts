import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { Criterion, type LeafCriterion } from '../../../utils/contract/criterion.ts';
import { CriterionResult, type LeafResult } from '../../../utils/contract/qualification.ts';
import { evaluateCriterion, evaluateLeaf } from '../../../utils/domain/evaluate-criterion.ts';
import type { Facts, TouchpointFact } from '../../../utils/domain/facts.ts';
import { criterion, facts, leafCriterion, NOW, touchpoint } from './criteria-arbitraries.ts';

const label = { en: 'Asked for', de: 'Gefragt' };
const nothing: Facts = {
  fields: new Map(),
  touchpoints: [],
  confirmations: new Map(),
  silentKinds: [],
  now: NOW,
  expiry: { fields: 365, confirmations: 90 },
};
const daysAgo = (days: number) => new Date(Date.parse(NOW) - days * 86_400_000).toISOString();
const leaves = (result: CriterionResult): LeafResult[] =>
  'of' in result ? result.of.flatMap(leaves) : [result];

describe('attributes', () => {
  const at = daysAgo(10);
  const evaluate = (test: object, value?: string | number | boolean, since = at) =>
    evaluateLeaf(
      { type: 'attribute', id: 'field', label, attribute: 'field', test } as LeafCriterion,
      value === undefined
        ? nothing
        : { ...nothing, fields: new Map([['field', { value, source: 'crm', at: since }]]) },
    );

  it.each([
    [{ in: ['DE', 'AT'] }, 'de', 'met'],
    [{ in: ['DE', 'AT'] }, 'FR', 'not-met'],
    [{ in: [50] }, '50', 'met'],
    [{ in: [true] }, true, 'met'],
    [{ range: { min: 50 } }, 50, 'met'],
    [{ range: { min: 50 } }, '250', 'met'],
    [{ range: { min: 50, max: 100 } }, 101, 'not-met'],
    [{ range: { max: 100 } }, 'fifty', 'unknown'],
    [{ range: { min: 50 } }, ' 99.5 ', 'met'],
    [{ range: { min: 50 } }, '1.000', 'unknown'],
    [{ range: { min: 50 } }, '1,000', 'unknown'],
    [{ range: { min: 50 } }, '50-100', 'unknown'],
    [{ range: { max: 100 } }, ' ', 'unknown'],
    [{ range: { max: 100 } }, true, 'unknown'],
    [{ matches: ['*leiter*'] }, 'Leiterin Einkauf', 'met'],
    [{ matches: ['einkauf', '*geschäftsführ*'] }, 'GESCHA\u0308FTSFU\u0308HRERIN', 'met'],
    [{ matches: ['einkauf'] }, 'Einkaufsleitung', 'not-met'],
    [{ matches: ['*a*b*'] }, 'xbxa', 'not-met'],
    [{ matches: ['ab*ba'] }, 'aba', 'not-met'],
    [{ matches: ['*'] }, 'anything', 'met'],
    [{ matches: ['a.c'] }, 'abc', 'not-met'],
    [{ exists: true }, 'x', 'met'],
  ])('%j of %j is %s', (test, value, state) => expect(evaluate(test, value).state).toBe(state));

  it('names the field, its source and when it was known, and until when that holds', () =>
    expect(evaluate({ exists: true }, 'x')).toEqual({
      type: 'attribute',
      id: 'field',
      label,
      state: 'met',
      evidence: [{ kind: 'field', attribute: 'field', value: 'x', source: 'crm', at }],
      validUntil: daysAgo(10 - 365),
    }));

  it('says nothing about what nobody knows, except that it is not there', () => {
    expect(evaluate({ in: ['x'] })).toMatchObject({
      state: 'unknown',
      unknownBecause: 'no-data',
      evidence: [],
    });
    expect(evaluate({ exists: true })).toMatchObject({ state: 'not-met', evidence: [] });
  });

  it.each([{ in: ['x'] }, { matches: ['x'] }, { exists: true }, { range: { min: 1 } }])(
    'does not use what has expired: %j',
    (test) => {
      expect(evaluate(test, 'x', daysAgo(365))).toMatchObject({
        state: 'unknown',
        unknownBecause: 'expired',
        evidence: [{ value: 'x', expiredAt: NOW }],
      });
      expect(evaluate(test, 'x', daysAgo(364.9)).unknownBecause).not.toBe('expired');
    },
  );

  it('takes no longer for patterns made to take long', () => {
    const started = performance.now();
    evaluate({ matches: Array.from({ length: 100 }, () => `${'*a'.repeat(99)}*b`) }, 'a'.repeat(2_000));
    expect(performance.now() - started).toBeLessThan(100);
  });
});

describe('touchpoints', () => {
  const visit = (days: number, rest: Partial<TouchpointFact> = {}): TouchpointFact => ({
    id: `visit-${days}`,
    kind: 'page.visited',
    title: 'Prices',
    occurredAt: daysAgo(days),
    source: 'web',
    machine: false,
    ...rest,
  });
  const evaluate = (touchpoints: TouchpointFact[], rest: object = {}, more: Partial<Facts> = {}) =>
    evaluateLeaf(
      {
        type: 'touchpoint',
        id: 'visits',
        label,
        kinds: ['page.visited'],
        count: 2,
        ...rest,
      },
      { ...nothing, touchpoints, ...more },
    );

  it('counts, and shows the newest three', () =>
    expect(evaluate([4, 1, 3, 2].map((days) => visit(days)))).toMatchObject({
      state: 'met',
      found: 4,
      wanted: 2,
      evidence: [1, 2, 3].map((days) => ({
        kind: 'touchpoint',
        touchpointId: `visit-${days}`,
        touchpointKind: 'page.visited',
        title: 'Prices',
        at: daysAgo(days),
        source: 'web',
      })),
    }));

  it('is met until the one that makes the count leaves the window, to the millisecond', () => {
    const touchpoints = [visit(1), visit(5), visit(9)];
    const { validUntil } = evaluate(touchpoints, { withinDays: 10 });
    expect(validUntil).toBe(daysAgo(-5));
    const at = (now: number) =>
      evaluate(touchpoints, { withinDays: 10 }, { now: new Date(now).toISOString() }).state;
    expect(at(Date.parse(daysAgo(-5)) - 1)).toBe('met');
    expect(at(Date.parse(daysAgo(-5)))).toBe('not-met');
  });

  it('does not count machines, other kinds, campaigns or titles, nor what is yet to come', () => {
    const campaignId = '0193a000-0000-7000-8000-000000000001';
    const fits = visit(1, { campaignId, campaignKind: 'webinar', title: 'Pilot: the prices' });
    const wanted = { campaigns: [campaignId], campaignKinds: ['webinar'], titles: ['*PRICES*'], count: 1 };
    expect(evaluate([fits], wanted).state).toBe('met');
    for (const other of [
      { machine: true },
      { kind: 'call' as const },
      { campaignId: undefined },
      { campaignKind: 'mail' as const },
      { title: 'Imprint' },
      { occurredAt: daysAgo(-1) },
    ]) {
      expect(evaluate([{ ...fits, ...other }], wanted)).toMatchObject({ state: 'not-met', found: 0 });
    }
  });

  it('says when what is planned will count', () =>
    expect(evaluate([visit(-3), visit(-2)], { count: 1 }).validUntil).toBe(daysAgo(-2)));

  it('is unknown while a source that would tell is silent, but met is met', () => {
    const silent = { silentKinds: ['page.visited'] } as const;
    expect(evaluate([visit(1)], {}, silent)).toMatchObject({
      state: 'unknown',
      unknownBecause: 'source-silent',
      found: 1,
    });
    expect(evaluate([visit(1)], {}, { silentKinds: ['call'] }).state).toBe('not-met');
    expect(evaluate([visit(1)], {}, { silentKinds: 'any' }).state).toBe('unknown');
    expect(evaluate([visit(1), visit(2)], {}, silent).state).toBe('met');
  });
});

describe('all, any, at-least and not', () => {
  const said = new Map([
    ['budget', { confirmed: true }],
    ['need', { confirmed: false }],
  ] as const);
  const known = {
    ...nothing,
    confirmations: new Map(
      [...said].map(([subject, rest]) => [
        subject,
        { ...rest, by: { id: '1', name: 'Rita' }, at: daysAgo(1) },
      ]),
    ),
  };
  const leafOf = { met: 'budget', 'not-met': 'need', unknown: 'timing' } as const;
  type State = keyof typeof leafOf;
  const part = (state: State): Criterion => ({
    type: 'confirmation',
    id: state,
    label,
    subject: leafOf[state],
  });
  const states = Object.keys(leafOf) as State[];
  const rank = { 'not-met': 0, unknown: 1, met: 2 };
  const pairs = states.flatMap((a) => states.map((b) => [a, b] as const));

  it.each(pairs)('%s with %s: the lower of all, the higher of any', (a, b) => {
    const of = [part(a), part(b)];
    const [low, high] = [a, b].sort((one, other) => rank[one] - rank[other]);
    expect(evaluateCriterion({ type: 'all', of }, known).state).toBe(low);
    expect(evaluateCriterion({ type: 'any', of }, known).state).toBe(high);
  });

  it.each([
    [['met', 'met', 'not-met'], 'met'],
    [['met', 'unknown', 'not-met'], 'unknown'],
    [['unknown', 'unknown', 'unknown'], 'unknown'],
    [['met', 'not-met', 'not-met'], 'not-met'],
  ] as const)('at least two of %j: %s', (parts, state) =>
    expect(evaluateCriterion({ type: 'at-least', count: 2, of: parts.map(part) }, known)).toMatchObject({
      type: 'at-least',
      count: 2,
      state,
    }),
  );

  it('turns met and not met round, and leaves unknown', () =>
    expect(states.map((state) => evaluateCriterion({ type: 'not', of: part(state) }, known).state)).toEqual([
      'not-met',
      'met',
      'unknown',
    ]));
});

describe('whatever the document and the facts', { timeout: 60_000 }, () => {
  const runs = { numRuns: 400 };

  test('the random documents are the contract’s, and so are their results', () => {
    fc.assert(
      fc.property(criterion(), facts(20), (document, known) => {
        expect(Criterion.parse(document)).toEqual(document);
        const result = evaluateCriterion(document, known);
        expect(CriterionResult.parse(result)).toEqual(result);
      }),
      { numRuns: 300 },
    );
  });

  test('more touchpoints never take a met away, without `not`', () => {
    fc.assert(
      fc.property(criterion({ not: false }), facts(30), fc.array(touchpoint), (document, known, more) => {
        fc.pre(evaluateCriterion(document, known).state === 'met');
        const touchpoints = [...known.touchpoints, ...more];
        return evaluateCriterion(document, { ...known, touchpoints }).state === 'met';
      }),
      runs,
    );
  });

  test('finding out what was unknown never turns a met or a not met', () => {
    fc.assert(
      fc.property(criterion(), facts(30), fc.infiniteStream(fc.boolean()), (document, known, truth) => {
        const before = evaluateCriterion(document, known);
        fc.pre(before.state !== 'unknown' && leaves(before).some(({ state }) => state === 'unknown'));
        return (
          evaluateCriterion(resolved(document, before, truth), { ...known, ...answers }).state ===
          before.state
        );
      }),
      runs,
    );
  });

  test('hearing of what nobody had said never turns a met or a not met', () => {
    fc.assert(
      fc.property(criterion({ exists: false }), facts(30), facts(0), (document, known, news) => {
        const before = evaluateCriterion(document, known).state;
        fc.pre(before !== 'unknown');
        const after = {
          ...known,
          fields: new Map([...news.fields, ...known.fields]),
          confirmations: new Map([...news.confirmations, ...known.confirmations]),
          silentKinds: [],
        };
        return evaluateCriterion(document, after).state === before;
      }),
      runs,
    );
  });

  test('nothing is met for sure of whom nothing is known', () => {
    fc.assert(
      fc.property(criterion({ not: false }), (document) => {
        return evaluateCriterion(document, { ...nothing, silentKinds: 'any' }).state !== 'met';
      }),
      runs,
    );
  });

  test('a met leaf rests on evidence that counts, an unknown one says why', () => {
    fc.assert(
      fc.property(leafCriterion(), facts(60), (document, known) => {
        const { state, evidence, unknownBecause, validUntil } = evaluateLeaf(document, known);
        expect(unknownBecause !== undefined).toBe(state === 'unknown');
        expect(state !== 'met' || evidence.length > 0).toBe(true);
        expect(evidence.length).toBeLessThanOrEqual(3);
        const expired = evidence.some((one) => one.kind !== 'touchpoint' && one.expiredAt !== undefined);
        expect(expired).toBe(unknownBecause === 'expired');
        expect(validUntil === undefined || validUntil > known.now).toBe(true);
      }),
      runs,
    );
  });

  test('until `validUntil` of its leaves time alone changes nothing', () => {
    fc.assert(
      fc.property(
        criterion(),
        facts(30),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (document, known, part) => {
          const before = evaluateCriterion(document, known);
          const ends = leaves(before).map(({ validUntil }) => validUntil ?? '2030-01-01T00:00:00.000Z');
          const end = Date.parse(ends.reduce((a, b) => (a < b ? a : b)));
          const start = Date.parse(known.now);
          const now = new Date(start + Math.floor((end - 1 - start) * part)).toISOString();
          return evaluateCriterion(document, { ...known, now }).state === before.state;
        },
      ),
      runs,
    );
  });

  test('the order of touchpoints and of parts does not matter', () => {
    fc.assert(
      fc.property(criterion(), facts(60), (document, known) => {
        const other = { ...known, touchpoints: known.touchpoints.toReversed() };
        expect(evaluateCriterion(document, other)).toEqual(evaluateCriterion(document, known));
        expect(evaluateCriterion(reversed(document), other).state).toBe(
          evaluateCriterion(document, known).state,
        );
      }),
      runs,
    );
  });

  /** A confirmation that answers as one wishes, in place of every leaf that is unknown. */
  const answer = (yes: boolean): LeafCriterion => ({
    type: 'attribute',
    id: 'answer',
    label,
    attribute: 'answer',
    test: { in: [yes] },
  });
  const answers = { fields: new Map([['answer', { value: true, at: NOW }]]) };

  /** The document with its leaves answered: as they were found, and where that is unknown, by chance. */
  function resolved(document: Criterion, found: CriterionResult, truth: Iterator<boolean>): Criterion {
    if (!('of' in found)) {
      return answer(found.state === 'unknown' ? truth.next().value === true : found.state === 'met');
    }
    const parts = found.of.map((part, index) =>
      resolved('of' in document ? ([document.of].flat()[index] ?? document) : document, part, truth),
    );
    if (document.type === 'not') return { type: 'not', of: parts[0] ?? document };
    return 'of' in document ? { ...document, of: parts } : document;
  }

  function reversed(document: Criterion): Criterion {
    if (!('of' in document)) return document;
    if (document.type === 'not') return { type: 'not', of: reversed(document.of) };
    return { ...document, of: document.of.map(reversed).toReversed() };
  }
});
