import type { z } from 'zod';
import { api, type Api, type Operation } from '../../utils/contract/api.ts';
import { Problem } from '../../utils/contract/problem.ts';
import { EnvironmentError } from '../environment.ts';

type AnswerOf<O> = O extends { response: infer S extends z.ZodType } ? z.output<S> : undefined;
type BodyOf<O> = O extends { body: infer S extends z.ZodType } ? z.input<S> : undefined;

/** Calls a hub as somebody who is signed in. */
export interface HubConnection {
  call<K extends keyof Api>(
    name: K,
    params: Record<string, string | number>,
    body?: BodyOf<Api[K]>,
    query?: Record<string, string | number | undefined>,
  ): Promise<AnswerOf<Api[K]>>;
}

/** A hub that is restarted or updated is back within minutes. */
const ATTEMPTS = 180;
const WAIT_MS = 1_000;

/**
 * Signs in with a one-time code. Calls are repeated while the hub is away or busy: each may be made twice.
 *
 * @throws EnvironmentError what the hub says, or that nobody answers
 */
export async function connectToHub(hubUrl: string, code: string): Promise<HubConnection> {
  const session: { token?: string } = {};
  const call: HubConnection['call'] = async (name, params, body, query = {}) => {
    const operation: Operation = api[name];
    const url = new URL(
      operation.path.replaceAll(/\{(\w+)\}/g, (_, part: string) => encodeURIComponent(params[part] ?? '')),
      hubUrl,
    );
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(key, String(value));
    }
    const init = {
      method: operation.method.toUpperCase(),
      headers: {
        ...(session.token !== undefined && { authorization: `Bearer ${session.token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    // A code is good for one attempt only, and a wrong address is better told at once.
    const response = await request(url, init, name === 'signIn' ? 1 : ATTEMPTS);
    const json: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined);
    if (!response.ok) {
      const problem = Problem.safeParse(json).data;
      throw new EnvironmentError(problem?.detail ?? problem?.title ?? `The hub answers ${response.status}.`);
    }
    return (operation.response === null ? undefined : operation.response.parse(json)) as never;
  };
  session.token = (await call('signIn', {}, { code })).token;
  return { call };
}

async function request(url: URL, init: RequestInit, attempts: number): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(url, init);
      const busy = response.status === 429 || response.status >= 500;
      if (!busy || attempt === attempts) return response;
      const after = Number(response.headers.get('retry-after') ?? 1);
      await new Promise((resolve) => setTimeout(resolve, Math.min(after, 60) * 1_000));
    } catch {
      if (attempt === attempts) throw new EnvironmentError(`Nobody answers at ${url.origin}.`);
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
  }
}
