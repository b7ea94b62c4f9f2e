import { ADMIN, ODOO_PASSWORD } from './odoo-data.ts';

export const DATABASE_NAME = 'odoo';

/** A method of one of Odoo's models, called as its own clients do; throws with Odoo's words. */
export type OdooClient = <T>(
  model: string,
  method: string,
  args: readonly unknown[],
  named?: Record<string, unknown>,
) => Promise<T>;

/** Odoo's external API (JSON-RPC), as its administrator or somebody else. */
export function odooClient(port: number, user = ADMIN): OdooClient {
  return async <T>(
    model: string,
    method: string,
    args: readonly unknown[],
    named: Record<string, unknown> = {},
  ) => {
    const response = await fetch(`http://127.0.0.1:${port}/jsonrpc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        jsonrpc: '2.0',
        method: 'call',
        params: {
          service: 'object',
          method: 'execute_kw',
          args: [DATABASE_NAME, user, ODOO_PASSWORD, model, method, args, named],
        },
      }),
    });
    const answer = (await response.json()) as { result?: T; error?: { data?: { message?: string } } };
    if (answer.error !== undefined) {
      throw new Error(`Odoo refused ${model}.${method}: ${answer.error.data?.message ?? 'no reason given'}`);
    }
    return answer.result as T;
  };
}

/** A key for programs, made as in a user's preferences: by entering the password once more. */
export async function makeApiKey(odoo: OdooClient): Promise<string> {
  const wish = await odoo<number>('res.users.apikeys.description', 'create', [
    { name: 'Tandem', duration: '1' },
  ]);
  const question = await odoo<{ res_id: number }>('res.users.apikeys.description', 'make_key', [[wish]]);
  const answer = await odoo<{ context: { default_key: string } }>(
    'res.users.identitycheck',
    'run_check',
    [[question.res_id]],
    { context: { password: ODOO_PASSWORD } },
  );
  return answer.context.default_key;
}
