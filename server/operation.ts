import type { z } from 'zod';
import type { Api, Operation } from '../utils/contract/api.ts';
import type { Session } from './auth/tokens.ts';
import type { Hub } from './hub.ts';
import type { Database, WriteTransaction } from './store/database.ts';

/** JSON the database has written already: passed through without parsing. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Part<O, Name extends string> = O extends Record<Name, infer Schema> ? Output<Schema> : undefined;
type IsRead<O extends Operation> = O extends { method: 'get' } | { direct: true } ? true : false;

/** One valid request of somebody who may make it. */
export interface HubRequest<O extends Operation> {
  hub: Hub;
  /** In writes a transaction, which ends with the request: a thrown problem takes everything back. */
  db: IsRead<O> extends true ? Database : WriteTransaction;
  session: O['roles'] extends null ? null : Session;
  body: Part<O, 'body'>;
  params: Part<O, 'params'>;
  query: Part<O, 'query'>;
  headers: Part<O, 'headers'>;
  now: Date;
  /** What the client says it is; for people to know their devices apart. */
  userAgent: string | undefined;
}

type Answer<O extends Operation> = O extends { stream: true }
  ? ReadableStream<Uint8Array>
  : O['response'] extends z.ZodType
    ? z.input<O['response']> | JsonText
    : undefined;
type Handler<O extends Operation> = (request: HubRequest<O>) => Promise<Answer<O>>;

/** A handler for every row of the contract's table: a missing one does not compile. */
export type Handlers = { [Name in keyof Api]: Handler<Api[Name]> };
