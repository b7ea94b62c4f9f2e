import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';
import { ProblemError } from './problem.ts';

const unzip = promisify(gunzip);

/** Unpacks bodies that come packed by gzip, as programs send them, to at most so many bytes. */
export function inflate(maxBytes: number): MiddlewareHandler {
  return async (c, next) => {
    const encoding = c.req.header('content-encoding')?.trim().toLowerCase() ?? 'identity';
    if (encoding === 'identity') return next();
    if (encoding !== 'gzip') throw new ProblemError('invalid', 'Pack the body by gzip, or not at all.');
    const packed = new Uint8Array(await c.req.arrayBuffer());
    const body = await unzip(packed, { maxOutputLength: maxBytes }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_BUFFER_TOO_LARGE') {
        throw new ProblemError('too-large', `At most ${maxBytes} bytes when unpacked; split the batch.`);
      }
      throw new ProblemError('invalid', 'The body is no gzip, though it says so.');
    });
    const headers = new Headers(c.req.raw.headers);
    headers.delete('content-encoding');
    headers.delete('content-length');
    c.req.raw = new Request(c.req.url, { method: c.req.method, headers, body: new Uint8Array(body) });
    c.req.bodyCache = {};
    return next();
  };
}
