import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type Page, test as base } from '@playwright/test';
import { signInToHub } from '../../demo/hub-client.ts';
import { connect, launch } from '../../demo/launch.ts';
import { openGmail } from '../../demo/panel.ts';
import { sampleGmail } from '../../demo/sample-gmail/sample-gmail.ts';
import type { Result } from '../../utils/extension/failure.ts';
import type { HubClient } from '../../utils/extension/hub-client.ts';
import { startHubProxy } from './hub-proxy.ts';
import { startTestHub, type TestHub } from './hub-template.ts';

export { expect } from '@playwright/test';

interface Fixtures {
  language: 'en' | 'de';
  hub: TestHub;
  wire: Awaited<ReturnType<typeof startHubProxy>>;
  profile: string;
  /** A Chromium with the extension, connected to `hub` through `wire`. */
  context: BrowserContext;
  /** The sample Gmail's inbox. */
  gmail: Page;
  /** Another client of the same hub, for looking at what it stored. */
  api: HubClient;
  /** The hub's client of somebody else of the team, by their name. */
  clientOf: (name: string) => Promise<HubClient>;
  /** A browser of somebody else's, the extension in it connected as them. */
  browserOf: (name: string) => Promise<BrowserContext>;
  /** What a spec puts into the hub before the extension connects to it. */
  seed: void;
}

interface WorkerFixtures {
  sharedHub: TestHub;
  sharedWire: Fixtures['wire'];
  sharedApi: HubClient;
  sharedContext: BrowserContext;
}

/** Each test has its own hub, browser and profile: they run side by side and may break everything. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  language: ['en', { option: true }],
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from the pattern
  hub: async ({}, use) => provideHub(use),
  wire: async ({ hub }, use) => provideWire(hub, use),
  // eslint-disable-next-line no-empty-pattern -- as above
  profile: async ({}, use) => {
    const profile = await mkdtemp(join(tmpdir(), 'tandem-profile-'));
    await use(profile);
    await rm(profile, { recursive: true, force: true });
  },
  context: async ({ hub, wire, profile, language, api: _first, seed: _before }, use) => {
    const context = await launch({ profile, headless: true, language });
    await connect(context, wire.url, await hub.nextSignInCode());
    wire.seen.length = 0;
    await use(context);
    await context.close();
  },
  gmail: async ({ context, language }, use) => {
    await use(await openGmail(context, sampleGmail({ language })));
  },
  api: async ({ hub }, use) => {
    await use(await signInToHub(hub.url, hub.signInCode));
  },
  clientOf: async ({ hub, api }, use) => {
    await use(async (name) => signInToHub(hub.url, await codeFor(api, name)));
  },
  browserOf: async ({ hub, api, language }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (name) => {
      const browser = await launch({ profile: '', headless: true, language });
      opened.push(browser);
      await connect(browser, hub.url, await codeFor(api, name));
      return browser;
    });
    for (const browser of opened) await browser.close();
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  seed: async ({}, use) => use(),

  // What the tests of one worker share: started when the first of them asks, renewed after a failed test.
  // eslint-disable-next-line no-empty-pattern -- as above
  sharedHub: [async ({}, use) => provideHub(use), { scope: 'worker' }],
  sharedWire: [async ({ sharedHub }, use) => provideWire(sharedHub, use), { scope: 'worker' }],
  sharedApi: [
    async ({ sharedHub }, use) => use(await signInToHub(sharedHub.url, sharedHub.signInCode)),
    { scope: 'worker' },
  ],
  sharedContext: [
    async ({ sharedHub, sharedWire, sharedApi: _first }, use) => {
      const context = await launch({ profile: '', headless: true });
      await connect(context, sharedWire.url, await sharedHub.nextSignInCode());
      await use(context);
      await context.close();
    },
    { scope: 'worker' },
  ],
});

/** For tests that leave the hub as it is: they share one. The browser is still their own, and may be broken. */
export const readingTest = test.extend({
  hub: async ({ sharedHub }, use) => use(sharedHub),
  api: async ({ sharedApi }, use) => use(sharedApi),
});

/** For tests that only look, and do not mind what the extension has seen before: they share the browser, too. */
export const lookingTest = readingTest.extend({
  wire: async ({ sharedWire }, use) => use(sharedWire),
  context: async ({ sharedContext, sharedWire }, use) => {
    sharedWire.seen.length = 0;
    // Without its first page a browser would end.
    const before = new Set(sharedContext.pages());
    await use(sharedContext);
    await sharedContext.unrouteAll({ behavior: 'ignoreErrors' });
    for (const page of sharedContext.pages()) if (!before.has(page)) await page.close();
  },
});

async function provideHub(use: (hub: TestHub) => Promise<void>): Promise<void> {
  const hub = await startTestHub();
  await use(hub);
  await hub.remove();
}

async function provideWire(hub: TestHub, use: (wire: Fixtures['wire']) => Promise<void>): Promise<void> {
  const wire = await startHubProxy(hub.url);
  await use(wire);
  await wire.stop();
}

/** What the hub answered; throws with its own words when it refused. */
export function answerOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`The hub refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

/** A code with which somebody of the team signs in once, made by the admin. */
async function codeFor(admin: HubClient, name: string): Promise<string> {
  const { users } = answerOf(await admin.users());
  const id = users.find((user) => user.name === name)?.id;
  if (id === undefined) throw new Error(`Nobody of the team is called ${name}.`);
  return answerOf(await admin.createSignInCode({ params: { id }, body: {} })).code;
}
