import type { Page } from '@playwright/test';
import { panelOf } from './panel.ts';

/** The mark the panel sets once a lead's context is on the screen; its detail names the person. */
const PAINTED = 'tandem:context-painted';

/**
 * Milliseconds from the click that opens a mail to the panel painted with the lead's context, and to the mail
 * itself painted by the page. `action` does the opening; the clock starts inside the page, with the click.
 */
export async function timeToPanel(
  page: Page,
  action: () => Promise<unknown>,
): Promise<{ panel: number; mail: number }> {
  await page.evaluate(() => {
    const now = () => performance.timeOrigin + performance.now();
    const stamps = document.documentElement.dataset;
    delete stamps['paintedAt'];
    const painted = new MessageChannel();
    painted.port1.onmessage = () => (stamps['paintedAt'] = String(now()));
    const frame = () => requestAnimationFrame(() => painted.port2.postMessage(null));
    addEventListener('click', () => (stamps['openedAt'] = String(now())), { capture: true, once: true });
    addEventListener('hashchange', frame, { once: true });
  });
  await action();
  const stamp = async (name: string) =>
    Number(
      await (await page.waitForFunction((key) => document.documentElement.dataset[key], name)).jsonValue(),
    );
  const openedAt = await stamp('openedAt');
  const panel = await panelOf(page);
  const paintedAt = await panel.waitForFunction(
    ([mark, after]) => {
      const painted = performance.getEntriesByName(mark).at(-1);
      const at = painted === undefined ? 0 : performance.timeOrigin + painted.startTime;
      return at > after ? at : null;
    },
    [PAINTED, openedAt] as const,
  );
  return { panel: (await paintedAt.jsonValue())! - openedAt, mail: (await stamp('paintedAt')) - openedAt };
}
