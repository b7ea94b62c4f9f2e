import { z } from 'zod';

/** Stands in every text, address and id that `marked` makes. */
export const MARK = /zzyzx|2fe2fe2fe2fe|5550199/i;

const BY_FORMAT: Record<string, string> = {
  email: 'xenia.zzyzx@zzyzx.example',
  'date-time': '2026-11-20T08:00:00.000Z',
  date: '2026-11-20',
  uri: 'https://zzyzx.example/zzyzx?mail=xenia@zzyzx.example',
};
/** For texts that have to look like something: the first that does. */
const TEXTS = [
  'Xenia Zzyzx',
  'zzyzx',
  'xenia.zzyzx@zzyzx.example',
  'https://zzyzx.example/',
  '+49 40 5550199',
  'DE',
];

/** Where ids of people stand, whatever else they are in. */
const OF_PEOPLE = ['person', 'personId'];

type Json = z.core.JSONSchema.JSONSchema;

/**
 * A value as a schema wants it, personal wherever it can be; rules that JSON Schema cannot say may be broken. Things
 * of one kind (`people`) have the same id every time.
 */
export const marked = (schema: z.ZodType, kind: string): unknown =>
  valueOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }), kind);

function valueOf(schema: Json, kind: string): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice) return valueOf(choice, kind);
  switch ([schema.type].flat()[0]) {
    case 'object':
      return objectOf(schema, kind);
    case 'array':
      return [valueOf((schema.items ?? {}) as Json, kind)];
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return textOf(schema, kind);
  }
}

function objectOf({ properties = {}, additionalProperties }: Json, kind: string): object {
  const known = Object.entries(properties).map(
    ([name, each]) => [name, valueOf(each as Json, OF_PEOPLE.includes(name) ? 'people' : kind)] as const,
  );
  const open =
    typeof additionalProperties === 'object' ? [['zzyzx', valueOf(additionalProperties, kind)]] : [];
  return Object.fromEntries([...known, ...open]) as object;
}

function textOf({ format, pattern, minLength = 0, maxLength = Infinity }: Json, kind: string): string {
  if (format === 'uuid') return idOf(kind);
  const usual = format === undefined ? undefined : BY_FORMAT[format];
  if (usual !== undefined) return usual;
  const fits = (text: string) =>
    text.length >= minLength &&
    text.length <= maxLength &&
    (pattern === undefined || new RegExp(pattern, 'u').test(text));
  return TEXTS.find(fits) ?? 'zzyzx'.repeat(minLength);
}

function idOf(kind: string): string {
  const number = [...kind].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 0x1000;
  return `01999999-0000-7000-8${number.toString(16).padStart(3, '0')}-2fe2fe2fe2fe`;
}
