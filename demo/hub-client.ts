import { createHubClient, type HubClient } from '../utils/extension/hub-client.ts';

/** The product's own typed client, signed in from this process. */
export async function signInToHub(hubUrl: string, code: string): Promise<HubClient> {
  const client = (token?: string) =>
    createHubClient(async ({ method, path, body, idempotencyKey }) => {
      const response = await fetch(new URL(path, hubUrl), {
        method,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        ok: true,
        value: { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) },
      };
    });
  const session = await client().signIn({ body: { code } });
  if (!session.ok) throw new Error(`Sign-in failed: ${session.error.kind}`);
  return client(session.value.token);
}
