import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';

/** The extension's id in Chromium, fixed by the public key in wxt.config.ts. */
export const CHROMIUM_ORIGIN = 'chrome-extension://ogfcplhhlhpfigliklhffgopgfjeejkd';
/** Firefox gives every installation an id of its own. */
const FIREFOX_ORIGIN = /^moz-extension:\/\/[0-9a-f-]{36}$/;

/** Lets the extension's pages call the hub from a browser, and no web page. */
export function extensionCors(extraOrigins: readonly string[]): MiddlewareHandler {
  const isOurs = (origin: string) =>
    origin === CHROMIUM_ORIGIN || FIREFOX_ORIGIN.test(origin) || extraOrigins.includes(origin);
  const allow = cors({
    origin: (origin) => (isOurs(origin) ? origin : null),
    allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: ['authorization', 'content-type', 'idempotency-key', 'if-none-match'],
    exposeHeaders: [
      'etag',
      'idempotency-replayed',
      'ratelimit',
      'ratelimit-policy',
      'retry-after',
      'x-request-id',
    ],
    maxAge: 7200,
  });
  return async (c, next) => {
    const origin = c.req.header('origin');
    if (origin === undefined) return next();
    if (!isOurs(origin)) {
      c.header('Vary', 'Origin', { append: true });
      return c.req.method === 'OPTIONS' ? c.body(null, 204) : next();
    }
    // Chromium asks so before it lets a page reach a hub on the same machine or network.
    if (c.req.header('access-control-request-private-network') === 'true') {
      c.header('Access-Control-Allow-Private-Network', 'true');
    }
    return allow(c, next);
  };
}
