import { setTimeout } from 'node:timers/promises';
import type { Hub } from '../hub.ts';
import type { AccessToken, Connector } from './connector.ts';
import { CONNECTORS } from './index.ts';
import { createPace, type Pace, type SourceTime } from './pace.ts';
import { refreshToken as replaceToken } from './refresh-token.ts';
import { createSourceFetch, type SourceFetch } from './source-fetch.ts';

/** Gets another token of a source's sign-in, and keeps it. @throws SourceError `signed-out` when there is none. */
export type RefreshToken = (hub: Hub, connector: Connector, stale: AccessToken) => Promise<AccessToken>;

/** How the hub reaches the systems it brings knowledge in from; replaced in tests. */
export interface SourceAccess {
  connectors: readonly Connector[];
  fetch: SourceFetch;
  time: SourceTime;
  refreshToken: RefreshToken;
  /** One for all of this process that talk to a workspace's source, so that together they keep to its limits. */
  paceOf: (workspaceId: string, system: string) => Pace;
}

const realTime: SourceTime = {
  now: () => new Date(),
  sleep: (milliseconds, signal) => setTimeout(milliseconds, undefined, signal && { signal }),
};

export function createSourceAccess({
  allowPrivate,
  connectors = CONNECTORS,
  fetch = createSourceFetch(allowPrivate),
  time = realTime,
  refreshToken = replaceToken,
}: { allowPrivate: boolean } & Partial<Omit<SourceAccess, 'paceOf'>>): SourceAccess {
  const paces = new Map<string, Pace>();
  return {
    connectors,
    fetch,
    time,
    refreshToken,
    paceOf(workspaceId, system) {
      const key = `${workspaceId} ${system}`;
      const pace = paces.get(key) ?? createPace(time);
      paces.set(key, pace);
      return pace;
    },
  };
}
