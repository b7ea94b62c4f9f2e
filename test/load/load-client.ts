import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

export interface LoadAnswer {
  status: number;
  body: unknown;
  replayed: boolean;
}

export interface LoadRequest {
  /** What kind of work it is: latencies are told apart by it. */
  kind: string;
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  body?: unknown;
  /** The Idempotency-Key of a write. */
  key?: string;
}

/** An attempt that brought no answer, or one that says the hub failed. */
export interface FailedAttempt {
  at: number;
  what: string;
}

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 2_000;
/** Longer than any outage here. */
const GIVE_UP_MS = 600_000;
/** Generous: a hub that is busy goes on with what its client has given up, and would get it again. */
const TIMEOUT_MS = 120_000;

/** Asks hubs over kept-alive connections, and repeats until there is an answer, as the extension's outbox does. */
export class LoadClient {
  readonly latencies = new Map<string, number[]>();
  readonly failures: FailedAttempt[] = [];
  /** When writes were acknowledged. */
  readonly acknowledgedAt: number[] = [];
  readonly #agent = new Agent({ keepAlive: true });
  readonly #nextUrl: () => string;
  readonly #token: string;

  constructor(nextUrl: () => string, token: string) {
    this.#nextUrl = nextUrl;
    this.#token = token;
  }

  /** @throws Error when there is no answer for ten minutes. */
  async ask(wanted: LoadRequest): Promise<LoadAnswer> {
    const until = performance.now() + GIVE_UP_MS;
    for (let attempt = 0; ; attempt++) {
      const start = performance.now();
      try {
        const answer = await this.#send(wanted);
        const passes = answer.status >= 500 || answer.status === 429;
        if (!passes) {
          this.#note(wanted, start);
          return answer;
        }
        this.failures.push({ at: performance.now(), what: `${wanted.kind}: ${answer.status}` });
      } catch (error) {
        const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
        this.failures.push({ at: performance.now(), what: `${wanted.kind}: ${reason}` });
      }
      if (performance.now() > until) throw new Error(`No answer to ${wanted.kind} for ${GIVE_UP_MS} ms.`);
      const wait = Math.min(FIRST_RETRY_MS * 2 ** attempt, LAST_RETRY_MS);
      await sleep(wait * (0.75 + Math.random() / 2));
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #note({ kind, key }: LoadRequest, start: number): void {
    const now = performance.now();
    const known = this.latencies.get(kind);
    if (known) known.push(now - start);
    else this.latencies.set(kind, [now - start]);
    if (key !== undefined) this.acknowledgedAt.push(now);
  }

  #send({ method, path, body, key }: LoadRequest): Promise<LoadAnswer> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${this.#token}`,
      ...(payload !== undefined && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(payload),
      }),
      ...(key !== undefined && { 'idempotency-key': key }),
    };
    return new Promise((resolve, reject) => {
      const sent = request(this.#nextUrl() + path, {
        method,
        headers,
        agent: this.#agent,
        timeout: TIMEOUT_MS,
      });
      sent.on('error', reject);
      sent.on('timeout', () => sent.destroy(new Error('timeout')));
      sent.on('response', (response) => {
        text(response).then((content) => {
          const isJson = response.headers['content-type']?.includes('json') ?? false;
          resolve({
            status: response.statusCode ?? 0,
            body: isJson ? (JSON.parse(content) as unknown) : null,
            replayed: response.headers['idempotency-replayed'] === 'true',
          });
        }, reject);
      });
      sent.end(payload);
    });
  }
}
