import type { Context } from 'hono';
import type { HubEnv } from '../auth/authorise.ts';

/**
 * Whose request this is, for limits. Anybody can write an X-Forwarded-For; only the entries that our own
 * proxies appended can be believed, so it counts from the end, by as many as there are proxies.
 */
export function clientAddress(c: Context<HubEnv>, trustedProxies: number): string {
  const forwarded = c.req.header('x-forwarded-for')?.split(',') ?? [];
  const believed = trustedProxies > 0 ? forwarded.at(-trustedProxies)?.trim() : undefined;
  return believed || (c.env?.incoming?.socket.remoteAddress ?? 'unknown');
}
