import type { Page } from '@playwright/test';
import { panelOf } from './panel.ts';

/** The mark the panel sets once a lead's context is on the screen; its detail names the person. */
const PAINTED = 'tandem:context-painted';

/**
 * Milliseconds from the click that opens a mail to the panel painted with the lead's context. `action` does
 * the opening inside the page, so that the driver's own delay is not counted.
 */
export async function timeToPanel(page: Page, action: () => Promise<unknown>): Promise<number> {
  await page.evaluate(() => {
    const stamp = () =>
      (document.documentElement.dataset['openedAt'] = String(performance.timeOrigin + performance.now()));
    addEventListener('click', stamp, { capture: true, once: true });
  });
  await action();
  const panel = await panelOf(page);
  const openedAt = Number(await page.evaluate(() => document.documentElement.dataset['openedAt']));
  const paintedAt = await panel.waitForFunction(
    ([mark, after]) => {
      const painted = performance.getEntriesByName(mark).at(-1);
      const at = painted === undefined ? 0 : performance.timeOrigin + painted.startTime;
      return at > after ? at : null;
    },
    [PAINTED, openedAt] as const,
  );
  return (await paintedAt.jsonValue())! - openedAt;
}
