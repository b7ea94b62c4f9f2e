import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { AddressInfo } from 'node:net';

/** A route that takes JSON and answers JSON of as many bytes as the first argument says, and does nothing else. */
const body = JSON.stringify({ contexts: ['x'.repeat(Number(process.argv[2] ?? 0))] });
const app = new Hono().post('/*', async (c) => {
  await c.req.json();
  return c.body(body, 200, { 'content-type': 'application/json' });
});
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => {
  console.log((server.address() as AddressInfo).port);
});
