import { z } from 'zod';
import type { SourceIo } from '../connector.ts';
import { SourceError, type SourceFailure } from '../source-error.ts';
import type { Call } from './api.ts';
import type { OdooSettings } from './settings.ts';

/** Who calls; JSON-RPC wants it, and the key, in every body. */
type Identity = [database: string, user: number, key: string];

/** @throws SourceError */
export async function signIn(io: SourceIo<OdooSettings>): Promise<Identity> {
  const { database, login, apiKey } = io.settings;
  if (!login) throw new SourceError('signed-out', { detail: 'before version 19 the login is needed, too' });
  if (!database) throw new SourceError('not-found', { detail: 'before version 19 the database is needed' });
  const args = [database, login, apiKey, {}];
  const user = await ask(io, 'common', 'authenticate', args, {
    schema: z.union([z.int().positive(), z.literal(false)]),
    repeatable: true,
  });
  if (user === false) throw new SourceError('signed-out', { detail: 'common.authenticate' });
  return [database, user, apiKey];
}

/** What JSON-2 does, for versions before it. */
export const jsonRpc =
  (io: SourceIo<OdooSettings>, identity: Identity): Call =>
  (model, method, { ids, ...named }, options) =>
    ask(
      io,
      'object',
      'execute_kw',
      [...identity, model, method, ids === undefined ? [] : [ids], named],
      options,
      model,
    );

const Failure = z.object({ error: z.object({ data: z.object({ name: z.string(), message: z.string() }) }) });

async function ask<T>(
  { request }: SourceIo<OdooSettings>,
  service: 'common' | 'object',
  method: string,
  args: readonly unknown[],
  { schema, repeatable = false }: { schema: z.ZodType<T>; repeatable?: boolean },
  what = `${service}.${method}`,
): Promise<T> {
  const { body } = await request('/jsonrpc', {
    method: 'POST',
    body: { jsonrpc: '2.0', method: 'call', params: { service, method, args } },
    schema: z.union([Failure, z.object({ result: schema })]),
    repeatable,
  });
  if ('result' in body) return body.result;
  const { name, message } = body.error.data;
  throw new SourceError(failureOf(name, message), { detail: `${what}: ${name.split('.').at(-1) ?? name}` });
}

/** Every failure comes with status 200: only its name tells them apart, or its words. */
function failureOf(name: string, message: string): SourceFailure {
  if (name.endsWith('.AccessDenied')) return 'signed-out';
  if (name.endsWith('.AccessError')) return 'forbidden';
  // An unknown model, a deleted record, and an unknown database.
  if (name.endsWith('.MissingError') || /does(?:n't| not) exist/.test(message)) return 'not-found';
  return name.startsWith('psycopg2.') ? 'unavailable' : 'rejected';
}
