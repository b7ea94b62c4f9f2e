import type { z } from 'zod';
import { api, type Api, type Operation } from '../contract/api.ts';
import { Problem } from '../contract/problem.ts';
import type { Failure, Result } from './failure.ts';

export interface HubRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query, from `/v1/` on. */
  path: string;
  body?: unknown;
  idempotencyKey?: string;
}
export interface HubAnswer {
  status: number;
  /** Parsed JSON; anything when there was none. */
  body: unknown;
}
/** Carries one request: a page's goes through the background, the background's through its own fetch. */
export type SendToHub = (request: HubRequest) => Promise<Result<HubAnswer>>;

type ParamsOf<O> = O extends { params: infer S extends z.ZodType } ? { params: z.output<S> } : unknown;
type QueryOf<O> = O extends { query: infer S extends z.ZodType } ? { query?: Partial<z.output<S>> } : unknown;
type BodyOf<O> = O extends { body: infer S extends z.ZodType } ? { body: z.input<S> } : unknown;
/** A write without a key gets a new one; pass one to repeat a write that may have arrived. */
type CallOf<O> = ParamsOf<O> & QueryOf<O> & BodyOf<O> & { idempotencyKey?: string };
type AnswerOf<O> = O extends { response: infer S extends z.ZodType } ? z.output<S> : undefined;
type ArgumentsOf<O> = O extends { params: unknown } | { body: unknown }
  ? [call: CallOf<O>]
  : [call?: CallOf<O>];

/** Streams are no calls; see live-stream.ts. */
type CallName = { [K in keyof Api]: Api[K] extends { stream: true } ? never : K }[keyof Api];

export type HubClient = {
  [K in CallName]: (...args: ArgumentsOf<Api[K]>) => Promise<Result<AnswerOf<Api[K]>>>;
};

/** One typed method per operation of the hub. Expected failures are values; a method throws only on bugs. */
export function createHubClient(send: SendToHub): HubClient {
  const entries = Object.entries<Operation>(api).map(
    ([name, operation]) => [name, (call?: Call) => perform(send, operation, call ?? {})] as const,
  );
  return Object.fromEntries(entries) as unknown as HubClient;
}

interface Call {
  params?: Record<string, string | number>;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  idempotencyKey?: string;
}

async function perform(send: SendToHub, operation: Operation, call: Call): Promise<Result<unknown>> {
  const answer = await send({
    method: operation.method.toUpperCase() as HubRequest['method'],
    path: pathOf(operation, call),
    ...(operation.body && { body: call.body }),
    ...(operation.method !== 'get' && { idempotencyKey: call.idempotencyKey ?? crypto.randomUUID() }),
  });
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  if (status < 200 || status > 299) return { ok: false, error: failureOf(status, body) };
  if (operation.response === null) return { ok: true, value: undefined };
  const parsed = operation.response.safeParse(body);
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, error: { kind: 'hub-too-old' } };
}

function pathOf(operation: Operation, { params = {}, query = {} }: Call): string {
  const path = operation.path.replace(/\{(\w+)\}/gu, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value));
  }
  return search.size === 0 ? path : `${path}?${search}`;
}

/** What an answer other than 2xx means to the user; the hub's own words stay with it. */
function failureOf(status: number, body: unknown): Failure {
  const problem = Problem.safeParse(body);
  return { kind: failureKind(status), ...(problem.success && { problem: problem.data }) };
}

function failureKind(status: number): Failure['kind'] {
  switch (status) {
    case 401:
      return 'signed-out';
    case 403:
      return 'forbidden';
    case 404:
      return 'not-found';
    case 409:
    case 422:
      return 'conflict';
    case 429:
      return 'too-many-requests';
    default:
      return status >= 400 && status < 500 ? 'invalid' : 'hub-error';
  }
}
