import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type Page, test as base } from '@playwright/test';
import { connect, launch } from '../../demo/launch.ts';
import { openGmail } from '../../demo/panel.ts';
import { sampleGmail } from '../../demo/sample-gmail/sample-gmail.ts';
import { createHubClient, type HubClient } from '../../utils/extension/hub-client.ts';
import { startHubProxy } from './hub-proxy.ts';
import { startTestHub, type TestHub } from './hub-template.ts';

export { expect } from '@playwright/test';

interface Fixtures {
  language: 'en' | 'de';
  colorScheme: 'light' | 'dark';
  hub: TestHub;
  proxy: Awaited<ReturnType<typeof startHubProxy>>;
  profile: string;
  /** A Chromium with the extension, connected to `hub` through `proxy`. */
  context: BrowserContext;
  /** The sample Gmail's inbox. */
  gmail: Page;
  /** Another client of the same hub, for looking at what it stored. */
  api: HubClient;
}

/** Each test has its own hub, browser and profile: they run side by side and may break everything. */
export const test = base.extend<Fixtures>({
  language: ['en', { option: true }],
  colorScheme: ['light', { option: true }],
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from the pattern
  hub: async ({}, use) => {
    const hub = await startTestHub();
    await use(hub);
    await hub.remove();
  },
  proxy: async ({ hub }, use) => {
    const proxy = await startHubProxy(hub.url);
    await use(proxy);
    await proxy.stop();
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  profile: async ({}, use) => {
    const profile = await mkdtemp(join(tmpdir(), 'tandem-profile-'));
    await use(profile);
    await rm(profile, { recursive: true, force: true });
  },
  context: async ({ hub, proxy, profile, language, colorScheme }, use) => {
    const context = await launch({ profile, headless: true, language, colorScheme });
    await connect(context, proxy.url, hub.signInCode);
    proxy.seen.length = 0;
    await use(context);
    await context.close();
  },
  gmail: async ({ context, language }, use) => {
    await use(await openGmail(context, sampleGmail({ language })));
  },
  api: async ({ hub, context: _connected }, use) => {
    await use(await signInToHub(hub.url, await hub.nextSignInCode()));
  },
});

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
      return { ok: true, value: { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) } };
    });
  const session = await client().signIn({ body: { code } });
  if (!session.ok) throw new Error(`Sign-in failed: ${session.error.kind}`);
  return client(session.value.token);
}
