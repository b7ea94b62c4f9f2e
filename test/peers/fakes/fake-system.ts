import type { AccessToken, Connector } from '../../../server/connectors/connector.ts';
import type { SourceTime } from '../../../server/connectors/pace.ts';

/**
 * Another company's system, in this process: it keeps what it is told, and is as strict as the real one about keys,
 * pages and limits. Made by `create<Name>Fake({ contacts, now })`.
 */
export interface FakeSystem {
  connector: Connector;
  /** With which the connector may talk to it. */
  settings: Record<string, string | boolean>;
  /** Where the connector signs in by OAuth. */
  token: AccessToken | null;
  /** What the sign-in gives for a token that is not taken any more; as strict as the rest. */
  refreshToken?: (stale: AccessToken) => Promise<AccessToken>;
  fetch: (request: Request) => Promise<Response>;
  /** So many were answered, well or badly. */
  readonly requests: number;
  /** With so few somebody who knows the system could read all of it. */
  readonly minimumRequests: number;
  /** What a whole sync brings in. People: how many records, archived and deleted ones not counted. */
  readonly contents: { people: number; touchpoints: number; campaigns: number };
  /** Edits so many people now, in a field that the connector reads. */
  change: (count: number) => void;
}

export interface FakeOptions {
  contacts: number;
  now: () => Date;
}

export type CreateFake = (options: FakeOptions) => FakeSystem;

/** Time that passes only when somebody waits: an hour's limit is met in milliseconds. */
export interface VirtualTime extends SourceTime {
  advance: (milliseconds: number) => void;
}

export function createVirtualTime(start = new Date('2026-03-02T08:00:00.000Z')): VirtualTime {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    sleep: (milliseconds, signal) => {
      const until = at + milliseconds;
      return Promise.resolve().then(() => {
        signal?.throwIfAborted();
        // Whoever waits at the same time waits for the same time.
        at = Math.max(at, until);
      });
    },
    advance: (milliseconds) => {
      at += milliseconds;
    },
  };
}

/** The same numbers in every run: what a seed makes is what a test expects. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
