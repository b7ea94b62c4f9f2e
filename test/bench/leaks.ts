import type { CDPSession, Page } from '@playwright/test';
import type { HubProcess } from '../../demo/hub-process.ts';
import { connect, launch } from '../../demo/launch.ts';
import { openGmail, panelWithContext } from '../../demo/panel.ts';
import { mails } from '../../demo/sample-gmail/mails.ts';
import { sampleGmail } from '../../demo/sample-gmail/sample-gmail.ts';
import { round } from './statistics.ts';

const NAVIGATIONS = 500;

/**
 * What a page holds before and after many navigations with the extension in it: the sample Gmail keeps as
 * many views at its end as at its beginning, so whatever has grown is ours.
 */
export async function benchLeaks(hub: HubProcess) {
  const browser = await launch({ profile: '', headless: true });
  await connect(browser, hub.url, await hub.nextSignInCode());
  const gmail = await openGmail(browser, sampleGmail({ language: 'en' }));
  const devtools = await browser.newCDPSession(gmail);
  // Once around, so that everything that is made once has been made.
  await navigate(gmail, 3 * mails.length);
  const before = await held(gmail, devtools);
  await navigate(gmail, NAVIGATIONS);
  const after = await held(gmail, devtools);
  await browser.close();
  return Object.entries(before).map(([what, count]) => ({
    what,
    before: round(count, 1),
    [`after ${NAVIGATIONS} navigations`]: round(after[what as keyof typeof after], 1),
  }));
}

/** From mail to list to mail, each long enough to be read: the list's marks and the view's people come and go. */
const navigate = (gmail: Page, times: number) =>
  gmail.evaluate(
    async ([times, hashes]) => {
      for (let step = 0; step < times; step++) {
        location.hash = step % 2 === 0 ? hashes[(step / 2) % hashes.length]! : '#inbox';
        await new Promise((done) => setTimeout(done, 120));
      }
    },
    [times, mails.map(({ hash }) => hash)] as const,
  );

/** The same view each time, after a collection of what nobody holds. */
async function held(gmail: Page, devtools: CDPSession) {
  // Twice, for the page keeps the views before the last one.
  for (let time = 0; time < 2; time++) {
    await gmail.evaluate((hash) => (location.hash = hash), mails[0]!.hash);
    await panelWithContext(gmail);
    await gmail.evaluate(() => (location.hash = '#inbox'));
    await gmail.locator('tr.zA:visible tandem-badge').first().waitFor();
  }
  await devtools.send('HeapProfiler.enable');
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('Performance.enable');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const value = (name: string) => metrics.find((metric) => metric.name === name)!.value;
  return {
    'DOM nodes': value('Nodes'),
    'event listeners': value('JSEventListeners'),
    documents: value('Documents'),
    'heap MB': value('JSHeapUsedSize') / 1e6,
  };
}
