import { z } from 'zod';
import { EmailAddress } from '../../../utils/contract/primitives.ts';
import { SourceError } from '../source-error.ts';

/**
 * HubSpot names the versions of its API by date (`/crm/objects/2026-03/…`) and keeps the numbered ones; this is the one
 * that its published description, checked in the tests, is of.
 */
export const OBJECTS = '/crm/v3/objects';
export const ASSOCIATIONS = '/crm/v4';

/** Where a list goes on; absent on its last page. */
export const Paging = z.object({ next: z.object({ after: z.string() }).nullish() }).nullish();

/** A record's fields: all of them are text, and null when they are empty. */
export const Properties = z.record(z.string(), z.string().nullable());
export type Properties = z.infer<typeof Properties>;

/** A field's text; undefined when there is none. */
export function textOf(properties: Properties, name: string): string | undefined {
  const text = properties[name]?.trim();
  return text === '' ? undefined : text;
}

/** A moment as ISO 8601 or as milliseconds, which HubSpot writes both; undefined when it is neither. */
export function instantOf(value: string | number | null | undefined): string | undefined {
  if (value == null || value === '') return undefined;
  const date = new Date(typeof value === 'number' || /^\d+$/.test(value) ? Number(value) : value);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

export const isAddress = (text: string): boolean => EmailAddress.safeParse(text).success;

/** A page's address, when it is one that can be kept. */
export const urlOf = (text: string | null | undefined): string | undefined =>
  text && text.length <= 2048 && z.url().safeParse(text).success ? text : undefined;

const isForbidden = (error: unknown): error is SourceError =>
  error instanceof SourceError && error.failure === 'forbidden';

/** Null where the key or the plan does not include it: for what the rest is whole without. */
export async function unlessForbidden<T>(asking: Promise<T>): Promise<T | null> {
  try {
    return await asking;
  } catch (error) {
    if (isForbidden(error)) return null;
    throw error;
  }
}

/** Null where the app was not given the scope, which may be on purpose and which `check` says; all else is thrown. */
export async function unlessNotGranted<T>(asking: Promise<T>): Promise<T | null> {
  try {
    return await asking;
  } catch (error) {
    if (isForbidden(error) && error.detail === 'MISSING_SCOPES') return null;
    throw error;
  }
}
