import type { BrowserContext, Page } from '@playwright/test';
import { connect, launch } from '../../demo/launch.ts';
import { panelOf, panelShows } from '../../demo/panel.ts';
import { test as base } from '../support/e2e.ts';
import { ask, extensionPageOf } from '../support/granted-extension.ts';
import type { SeenRequest } from '../support/hub-proxy.ts';
import type { Odoo } from './odoo.ts';
import type { Roundcube } from './roundcube.ts';

/** Tells Playwright's workers, which inherit the environment, of the peers. */
export const PEERS = 'TANDEM_PEERS';
type Peer<T> = { peer: T } | { missing: string };
export interface Peers {
  odoo: Peer<Odoo>;
  roundcube: Peer<Roundcube>;
  /** The folder of the extension, with the peers' hosts granted. */
  extension: string;
}
const peers = () => JSON.parse(process.env[PEERS]!) as Peers;

interface Fixtures {
  odoo: Odoo;
  roundcube: Roundcube;
}

/** As in the other end-to-end tests, beside real systems; skipped with the reason where one is missing. */
export const test = base.extend<Fixtures>({
  context: async ({ hub, wire, profile, language, api: _first, seed: _before }, use) => {
    const { extension } = peers();
    const context = await launch({ profile, headless: true, language, extensionFolder: extension });
    await connect(context, wire.url, await hub.nextSignInCode());
    wire.seen.length = 0;
    await use(context);
    await context.close();
  },
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from the pattern
  odoo: async ({}, use) => {
    await use(present(peers().odoo));
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  roundcube: async ({}, use) => {
    await use(present(peers().roundcube));
  },
});

function present<T extends object>(found: Peer<T>): T {
  if ('peer' in found) return found.peer;
  // Not passed and not failed: without network or root there is nothing to test on. The set-up has said so loudly, and
  // TANDEM_PEERS_REQUIRED=1 makes it a failure.
  test.skip(true, found.missing);
  throw new Error(found.missing);
}

/** Has the extension work at an address, as its user does; the browser has granted it already. */
export async function switchOn(context: BrowserContext, site: string, url: string): Promise<void> {
  const page = await extensionPageOf(context);
  await ask(page, 'sites.switch-on', { site, patterns: [`http://${new URL(url).hostname}/*`] });
  await page.close();
}

/** The name on the panel that a page shows; null while it shows none. */
export async function leadShown(page: Page): Promise<string | null> {
  if (!(await panelShows(page))) return null;
  return (await panelOf(page)).locator('h1').innerText();
}

/** Whom the extension has looked up in the hub, each once: what it has, it asks for again when it is old. */
export function lookedUp(seen: readonly SeenRequest[]): unknown[] {
  const queries = seen
    .filter(({ method, path }) => method === 'POST' && path === '/v1/context')
    .flatMap(({ body }) => (JSON.parse(body) as { queries: unknown[] }).queries);
  return [...new Set(queries.map((query) => JSON.stringify(query)))].map(
    (query) => JSON.parse(query) as unknown,
  );
}
