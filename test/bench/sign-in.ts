import type { HubProcess } from '../../demo/hub-process.ts';
import { createHubClient } from '../../utils/extension/hub-client.ts';

/** Uses the hub's one-time code; resolves with the token. */
export async function signIn({ url, signInCode }: Pick<HubProcess, 'url' | 'signInCode'>): Promise<string> {
  const client = createHubClient(async ({ path, body }) => {
    const response = await fetch(new URL(path, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { ok: true, value: { status: response.status, body: await response.json() } };
  });
  const session = await client.signIn({ body: { code: signInCode } });
  if (!session.ok) throw new Error(session.error.kind);
  return session.value.token;
}
