import { ADMIN, ODOO_PASSWORD } from './odoo-data.ts';

export const DATABASE_NAME = 'odoo';

/** A method of one of Odoo's models, called as its own clients do; throws with Odoo's words. */
export type OdooClient = <T>(
  model: string,
  method: string,
  args: readonly unknown[],
  named?: Record<string, unknown>,
) => Promise<T>;

/** Odoo's external API (JSON-RPC), as its administrator. */
export function odooClient(port: number): OdooClient {
  return async <T>(
    model: string,
    method: string,
    args: readonly unknown[],
    named: Record<string, unknown> = {},
  ) => {
    const call = [DATABASE_NAME, ADMIN, ODOO_PASSWORD, model, method, args, named];
    const params = { service: 'object', method: 'execute_kw', args: call };
    return (await ask<T>(port, '/jsonrpc', params)).result;
  };
}

/** Signs somebody in as Odoo's own client does; returns the cookie. */
export async function signInToOdoo(port: number, login: string): Promise<string> {
  const params = { db: DATABASE_NAME, login, password: ODOO_PASSWORD };
  const { headers } = await ask(port, '/web/session/authenticate', params);
  return headers.getSetCookie().join('; ');
}

/** A key for programs, made as in somebody's preferences: by entering the password once more. */
export async function makeApiKey(port: number, login: string): Promise<string> {
  const cookie = await signInToOdoo(port, login);
  const call = async <T>(model: string, method: string, args: readonly unknown[], kwargs = {}) => {
    const params = { model, method, args, kwargs };
    return (await ask<T>(port, `/web/dataset/call_kw/${model}/${method}`, params, { cookie })).result;
  };
  const wish = await call<number[]>('res.users.apikeys.description', 'create', [
    [{ name: 'Tandem', duration: '1' }],
  ]);
  const question = await call<{ res_id: number }>('res.users.apikeys.description', 'make_key', [wish]);
  const answer = await call<{ context: { default_key: string } }>(
    'res.users.identitycheck',
    'run_check',
    [[question.res_id]],
    { context: { password: ODOO_PASSWORD } },
  );
  return answer.context.default_key;
}

async function ask<T>(port: number, path: string, params: object, headers: Record<string, string> = {}) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', method: 'call', params }),
  });
  const answer = (await response.json()) as { result?: T; error?: { data?: { message?: string } } };
  if (answer.error !== undefined) {
    throw new Error(`Odoo refused ${path}: ${answer.error.data?.message ?? 'no reason given'}`);
  }
  return { result: answer.result as T, headers: response.headers };
}
