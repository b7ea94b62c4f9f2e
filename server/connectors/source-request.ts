import type { z } from 'zod';

export interface SourceRequestOptions<T> {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  /** Sent as JSON. */
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  /** What the answer must be; anything else is `unreadable`. Take only the fields that are used, loosely. */
  schema: z.ZodType<T>;
  /** A POST that only reads, or may safely be sent twice: it is repeated like a GET. */
  repeatable?: boolean;
  /** Statuses outside 2xx whose body is wanted; `schema` must cover it. */
  accept?: readonly number[];
}

export interface SourceAnswer<T> {
  status: number;
  headers: Headers;
  body: T;
}

/**
 * Asks the system. `path` begins with a slash and is added to the connector's base address; a whole address, such as the
 * one of a next page, is taken when it is of the same origin, and refused otherwise.
 *
 * @throws SourceError
 */
export type SourceRequest = <T>(path: string, options: SourceRequestOptions<T>) => Promise<SourceAnswer<T>>;
