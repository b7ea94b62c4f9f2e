import type { BrowserContext, Page } from '@playwright/test';
import type { HubProcess } from '../../demo/hub-process.ts';
import { connect, launch } from '../../demo/launch.ts';
import { mails } from '../../demo/sample-gmail/mails.ts';
import { sites } from '../../utils/sites/index.ts';
import { gmailList } from '../fixtures/gmail-list.ts';
import { ask, extensionPageOf, grantedExtension } from '../support/granted-extension.ts';
import { fixturesOf, type SiteFixture } from '../support/site-fixtures.ts';
import { longestCall } from './longest-task.ts';

/** A browser calls a task long that takes more than this. */
const LONG_MS = 50;
const STEPS = 30;

type Shown = Pick<SiteFixture, 'url' | 'html'>;

/**
 * The longest call of our code while somebody scrolls and the page moves its rows about as a virtualised list does:
 * the worst of each site's fixtures, and of a long list with many badges.
 */
export async function benchScrolling(hub: HubProcess) {
  const all = sites.map(({ id, core }) => ({ id, core, fixtures: fixturesOf(id) }));
  const originsOf = (shown: readonly Shown[]) => [...new Set(shown.map(({ url }) => `${url.origin}/*`))];
  const extension = await grantedExtension(originsOf(all.flatMap(({ fixtures }) => fixtures)));
  const context = await launch({ profile: '', headless: true, extensionFolder: extension.folder });
  await connect(context, hub.url, await hub.nextSignInCode());
  const options = await extensionPageOf(context);
  for (const { id, core, fixtures } of all) {
    if (!core) await ask(options, 'sites.switch-on', { site: id, patterns: originsOf(fixtures) });
  }

  const results = [];
  const pages = [...all, { id: '500 rows of Gmail', fixtures: [longList] }];
  for (const { id, fixtures } of pages) {
    const times = [];
    for (const shown of fixtures) times.push(await ours(context, shown));
    // Some pages have nothing that moves where their people stand.
    const read = times.filter((time) => time > 0).length;
    if (read === 0) throw new Error(`Nothing of ours has run on ${id}.`);
    const worst = Math.max(...times);
    results.push({ page: id, pages: fixtures.length, read, 'longest ms': worst, long: worst > LONG_MS });
  }
  await context.close();
  await extension.remove();
  return results;
}

const leads = mails.flatMap(({ messages }) => messages.map(({ from }) => from.email));
/** Every third of five hundred rows is a lead's of the sample, so that there are badges to move along. */
const longList: Shown = {
  url: new URL('https://mail.google.com/mail/u/0/#inbox'),
  html: gmailList(500).replaceAll(/person(\d+)@company\d+\.example/gu, (address, row) =>
    Number(row) % 3 === 0 ? leads[Number(row) % leads.length]! : address,
  ),
};

async function ours(context: BrowserContext, { url, html }: Shown): Promise<number> {
  const page = await context.newPage();
  await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.goto(url.href);
  await scroll(page, 2);
  const longest = await longestCall(context.browser()!, page, () => scroll(page, STEPS));
  await page.close();
  return longest;
}

const scroll = (page: Page, steps: number) =>
  page.evaluate(async (steps) => {
    document.body.style.minHeight = '400vh';
    const rows =
      document.querySelector('tbody, [role=grid], [role=listbox], [role=table], ul') ?? document.body;
    for (let step = 0; step < steps; step++) {
      scrollBy(0, 40);
      const [first] = rows.children;
      if (first !== undefined) rows.append(first);
      await new Promise((done) => requestAnimationFrame(done));
    }
  }, steps);
