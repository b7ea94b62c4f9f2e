import fc, { type Arbitrary } from 'fast-check';
import { MARKER } from './schema-arbitrary.ts';

const nest = (levels: number, open: string, close: string) => open.repeat(levels) + close.repeat(levels);

const NUMBERS = [0, -0, -1, 0.5, 2 ** 31 - 1, 2 ** 31, 2 ** 53, -(2 ** 63), 1e21, 1e308, 5e-324];
const TEXTS = [
  '',
  ' ',
  '\0',
  `${MARKER}\0`,
  '\ud800',
  `${MARKER}\udc00`,
  '\u202e\u2066\ufeff',
  `${MARKER}${'ä'.repeat(70_000)}`,
  `${MARKER}'; drop table people; --`,
  `${MARKER}@geheim.example\r\nBcc: x@example.com`,
  '__proto__',
  'constructor',
  'toString',
  'NaN',
  '1e999',
  '%00',
  '../../etc/passwd',
  '${7*7}{{7*7}}',
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
  '0000-01-01T00:00:00.000Z',
  '2026-02-30T00:00:00.000Z',
  '2026-11-20T23:59:60.000Z',
  '+275760-09-13T00:00:00.001Z',
  '2026-11-20T09:00:00.000+23:59',
  'javascript:alert(1)',
];
const KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'length',
  '',
  '\0',
  `${MARKER}key`,
  'workspaceId',
];

/** A value no schema asks for. */
const hostileValue: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...NUMBERS, ...TEXTS, null, true, [], {}, [[]], [null], { length: 1e9 }),
  fc.constantFrom<unknown>(...[40, 2_000].map((levels) => JSON.parse(nest(levels, '[', ']')) as unknown)),
  fc.string({ unit: 'binary', maxLength: 60 }).map((text) => MARKER + text),
  fc.jsonValue({ maxDepth: 3 }),
);

export const hostileText: Arbitrary<string> = fc.oneof(
  fc.constantFrom(...TEXTS.filter((text) => text.isWellFormed() && text.length < 3000)),
  fc.constantFrom(
    '-1',
    '0',
    '1',
    '99999999999999999999',
    String(2 ** 31),
    'null',
    'true',
    '[object Object]',
    'a,b',
  ),
  fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => MARKER + text),
);

/** Broken from the first character to the last, or right but far too much. */
const hostileJson: Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    '{',
    '[1',
    'null',
    '"text"',
    '1e999',
    '{"a":1,"a":2}',
    '{"__proto__":{"role":"admin"},"constructor":{"prototype":{}}}',
    nest(20_000, '[', ']'),
    nest(20_000, '{"a":', '}'),
    '\ufeff{}',
    '\0',
    `{"${MARKER}`,
  ),
  fc.string({ unit: 'binary', maxLength: 80 }).map((text) => text + MARKER),
);

type Step = string | number;
interface Change {
  kind: 'replace' | 'remove' | 'add' | 'repeat';
  /** Which node of the value, counted round. */
  at: number;
  key: string;
  value: unknown;
}

const change: Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('replace', 'replace', 'remove', 'add', 'repeat'),
  at: fc.nat(10_000),
  key: fc.constantFrom(...KEYS),
  value: hostileValue,
});

/** The text of a body that breaks what it was made for: in one to three places, or altogether. */
export const breakBody = (valid: Arbitrary<unknown>): Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.tuple(valid, fc.array(change, { minLength: 1, maxLength: 3 })).map(changed) },
    { weight: 1, arbitrary: fc.tuple(valid, fc.nat(10_000)).map(cut) },
    { weight: 1, arbitrary: hostileJson },
  );

function cut([value, at]: [unknown, number]): string {
  const text = JSON.stringify(value) ?? '';
  return text.slice(0, at % (text.length + 1));
}

function changed([value, changes]: [unknown, Change[]]): string {
  let root = structuredClone(value);
  for (const change of changes) {
    const places = placesOf(root);
    const place = places[change.at % places.length] ?? [];
    root = apply(root, place, { ...change, value: structuredClone(change.value) });
  }
  return JSON.stringify(root) ?? '';
}

function placesOf(value: unknown, place: Step[] = []): Step[][] {
  if (typeof value !== 'object' || value === null || place.length > 12) return [place];
  const inside = Array.isArray(value)
    ? value.flatMap((item, index) => placesOf(item, [...place, index]))
    : Object.entries(value).flatMap(([key, item]) => placesOf(item, [...place, key]));
  return [place, ...inside];
}

function apply(node: unknown, [step, ...rest]: Step[], change: Change): unknown {
  if (step === undefined) return changeHere(node, change);
  const within = node as Record<Step, unknown>;
  if (rest.length === 0 && change.kind === 'remove') {
    if (Array.isArray(node)) node.splice(Number(step), 1);
    else delete within[step];
    return node;
  }
  define(within, step, apply(within[step], rest, change));
  return node;
}

function changeHere(node: unknown, { kind, key, value }: Change): unknown {
  if (kind === 'replace' || kind === 'remove') return value;
  if (Array.isArray(node)) {
    const items = node as unknown[];
    return kind === 'repeat' ? [...items, ...items] : [...items, value];
  }
  if (typeof node !== 'object' || node === null) return kind === 'repeat' ? [node, node] : value;
  define(node as Record<Step, unknown>, key, value);
  return node;
}

/** Assigning `__proto__` would change the prototype instead of adding a key. */
const define = (node: Record<Step, unknown>, key: Step, value: unknown) =>
  Object.defineProperty(node, key, { value, enumerable: true, configurable: true, writable: true });
