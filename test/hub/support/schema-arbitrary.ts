import fc, { type Arbitrary } from 'fast-check';
import type { JsonSchema } from './described-operations.ts';

/** Begins every free text that is made up, so that it is found wherever it should not be. */
export const MARKER = 'qzmark';

/** Values that mean something to the hub: with others a request would seldom get past "there is no such thing". */
export interface KnownValues {
  /** By where they stand: a table's own by its name, others by their column's, e.g. `person_id`; all of them by ''. */
  ids: ReadonlyMap<string, readonly string[]>;
  emails: readonly string[];
  /** Anything else a text may be: stages, slugs, external ids, whole documents. */
  texts: readonly string[];
}

/** A time of which a database or a calendar may think differently. */
const ODD_TIMES = ['0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z', '2026-03-29T01:30:00.000Z'];
const DEEPEST = 4;

/** Makes the arbitrary of what a JSON schema allows. */
export function schemaArbitrary(
  schemas: Readonly<Record<string, JsonSchema>>,
  known: KnownValues,
): (schema: JsonSchema, name?: string) => Arbitrary<unknown> {
  const build = (schema: JsonSchema, depth: number, name = ''): Arbitrary<unknown> => {
    if (schema.$ref !== undefined) {
      const target = schemas[schema.$ref.replace('#/components/schemas/', '')];
      // A schema that holds itself ends somewhere; what stands there is not valid, which is as good.
      return target && depth < DEEPEST ? build(target, depth + 1, name) : fc.constant(null);
    }
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices) return fc.oneof(...choices.map((choice) => build(choice, depth, name)));
    if (schema.allOf) {
      return fc
        .tuple(...schema.allOf.map((part) => build(part, depth)))
        .map((parts) => Object.assign({}, ...parts) as unknown);
    }
    if (Array.isArray(schema.type)) {
      return fc.oneof(...schema.type.map((type) => build({ ...schema, type }, depth, name)));
    }
    switch (schema.type) {
      case 'object':
        return object(schema, depth);
      case 'array':
        return array(schema, depth);
      case 'string':
        return string(schema, name, known);
      case 'integer':
        return number(schema).map(Math.trunc);
      case 'number':
        return number(schema);
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      default:
        return fc.jsonValue({ maxDepth: 2 });
    }
  };

  const object = (
    { properties = {}, required = [], additionalProperties }: JsonSchema,
    depth: number,
  ): Arbitrary<unknown> => {
    const fields = fc.record(
      Object.fromEntries(
        Object.entries(properties).map(([name, schema]) => [name, build(schema, depth, name)]),
      ),
      { requiredKeys: required.filter((name) => name in properties) },
    );
    if (typeof additionalProperties !== 'object') return fields;
    const more = fc.dictionary(marked(1, 40), build(additionalProperties, depth), { maxKeys: 3 });
    return fc.tuple(fields, more).map(([one, other]) => ({ ...other, ...one }));
  };

  const array = ({ items, prefixItems, minItems = 0, maxItems = 5 }: JsonSchema, depth: number) => {
    if (prefixItems) return fc.tuple(...prefixItems.map((item) => build(item, depth)));
    const most = Math.max(minItems, Math.min(maxItems, depth === 0 ? 4 : 2));
    const some = fc.array(build(items ?? {}, depth), { minLength: minItems, maxLength: most });
    // Empty lists are what most clients send most of the time.
    return minItems > 0 ? some : fc.oneof(fc.constant([]), some);
  };

  return (schema, name) => build(schema, 0, name);
}

function string(
  { format, pattern, minLength = 0, maxLength = 20_000 }: JsonSchema,
  name: string,
  known: KnownValues,
): Arbitrary<string> {
  const fits = (text: string) => text.length >= minLength && text.length <= maxLength;
  const oneOfKnown = (texts: readonly string[], made: Arbitrary<string>) => {
    const fitting = texts.filter(fits);
    return fitting.length === 0
      ? made
      : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...fitting) }, { weight: 2, arbitrary: made });
  };
  if (format === 'uuid') return oneOfKnown(idsFor(name, known), fc.uuid());
  if (format === 'date-time') return time();
  if (format === 'date') return time().map((text) => text.slice(0, 10));
  if (format === 'uri') return fc.nat(1e9).map((n) => `https://x.example/${MARKER}${n}`);
  if (pattern?.includes('@') || format === 'email') {
    return oneOfKnown(
      known.emails,
      fc.nat(1e9).map((n) => `${MARKER}${n}@geheim.example`),
    );
  }
  if (pattern !== undefined) {
    const expression = new RegExp(pattern, 'u');
    return oneOfKnown(
      known.texts.filter((text) => expression.test(text)),
      fc.stringMatching(expression).filter(fits),
    );
  }
  return oneOfKnown(known.texts, marked(minLength, maxLength));
}

/** `personId` is somebody's, and an id nobody has a name for may be anything's. */
function idsFor(name: string, { ids }: KnownValues): readonly string[] {
  const column = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replaceAll('-', '_');
  return ids.get(column) ?? ids.get('') ?? [];
}

/** A free text with the marker, where there is room for it. */
function marked(minLength: number, maxLength: number): Arbitrary<string> {
  const text = fc.string({ unit: 'grapheme', minLength, maxLength: Math.max(minLength, 30) });
  return text.map((rest) => {
    const whole = `${MARKER}${rest}`;
    return whole.length <= maxLength ? whole : rest.slice(0, maxLength).toWellFormed();
  });
}

const time = () =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .date({ min: new Date('2026-08-01'), max: new Date('2027-02-01'), noInvalidDate: true })
        .map((date) => date.toISOString()),
    },
    { weight: 1, arbitrary: fc.constantFrom(...ODD_TIMES) },
  );

function number(schema: JsonSchema): Arbitrary<number> {
  const isInteger = schema.type === 'integer';
  const step = isInteger ? 1 : Number.EPSILON;
  const min =
    schema.minimum ?? (schema.exclusiveMinimum === undefined ? -1000 : schema.exclusiveMinimum + step);
  const max =
    schema.maximum ??
    (schema.exclusiveMaximum === undefined ? Math.max(min, 1000) : schema.exclusiveMaximum - step);
  const few = fc.integer({
    min: Math.ceil(min),
    max: Math.max(Math.ceil(min), Math.min(Math.floor(max), 5)),
  });
  const any = isInteger ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
  return fc.oneof(few, any);
}
