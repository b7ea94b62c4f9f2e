import { EmailAddress } from '../../utils/contract/primitives.ts';
import type { FieldValue } from '../../utils/contract/criterion.ts';

/** A text that says something and can be stored; undefined: there is none. */
export function cleanText(value: unknown, maxLength = 20_000): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value).replaceAll('\0', '').toWellFormed().trim();
  // Cut between characters, not within one.
  return text === '' ? undefined : text.slice(0, maxLength).toWellFormed();
}

/** The addresses among these, each once; systems hold odd ones. */
export function cleanEmails(...values: unknown[]): string[] {
  return [...new Set(values.flatMap((value) => EmailAddress.safeParse(value).data ?? []))];
}

/**
 * A value of a field of the company's own; undefined: it is empty, or no single value. Numbers as numbers, so that
 * criteria can compare them; not what only looks like one, such as 01067.
 */
export function cleanFieldValue(value: unknown): FieldValue | undefined {
  if (typeof value === 'boolean') return value;
  if (Array.isArray(value)) return cleanText(value.join(', '), 2_000);
  const text = cleanText(value, 2_000);
  return text !== undefined && /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?$/u.test(text) ? Number(text) : text;
}

/** A web address without what follows the path: that often says who was sent the link. */
export function cleanUrl(value: unknown): string | undefined {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (!url || !/^https?:$/u.test(url.protocol)) return undefined;
  const clean = `${url.origin}${url.pathname}`;
  return clean.length <= 2_048 ? clean : undefined;
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The object without what is undefined. */
export function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Defined<T>;
}
