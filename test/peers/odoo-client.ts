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
    const response = await fetch(`http://127.0.0.1:${port}/jsonrpc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        jsonrpc: '2.0',
        method: 'call',
        params: {
          service: 'object',
          method: 'execute_kw',
          args: [DATABASE_NAME, ADMIN, ODOO_PASSWORD, model, method, args, named],
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
