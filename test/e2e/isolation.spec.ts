import { openMail } from '../../demo/gmail-actions.ts';
import { EXTENSION_ID } from '../../demo/launch.ts';
import { panelWithContext } from '../../demo/panel.ts';
import { single } from '../../demo/sample-gmail/mails.ts';
import { expect, readingTest as test } from '../support/e2e.ts';

test('the page can neither find, read nor frame the panel, nor speak to the extension', async ({
  gmail,
  wire,
}) => {
  await openMail(gmail, single);
  const panel = await panelWithContext(gmail, 'Katharina Brandt');

  await test.step('find or read it', async () => {
    const seen = await gmail.evaluate(() => {
      const dock = document.querySelector('tandem-dock');
      const frames = Array.from({ length: window.length }, (_, index) => {
        try {
          return window[index]!.document.body.textContent;
        } catch (error) {
          return (error as Error).name;
        }
      });
      return {
        root: dock?.shadowRoot ?? null,
        text: dock?.textContent,
        frames,
        iframes: document.querySelectorAll('iframe').length,
      };
    });
    // Not even counted among the page's frames: it hangs in a closed shadow root.
    expect(seen).toEqual({ root: null, text: '', frames: [], iframes: 0 });
  });

  await test.step('speak to the extension', async () => {
    const before = wire.seen.length;
    const answers = await gmail.evaluate(async (id) => {
      const runtime = (
        globalThis as unknown as {
          chrome?: { runtime?: { sendMessage?: (...args: unknown[]) => Promise<unknown> } };
        }
      ).chrome?.runtime;
      const message = { name: 'hub.fetch', request: { method: 'GET', path: '/v1/me' } };
      const ask = async (...args: unknown[]) => {
        try {
          return (await runtime?.sendMessage?.(...args)) ?? null;
        } catch {
          return null;
        }
      };
      window.postMessage(message, '*');
      for (let index = 0; index < window.length; index++) window[index]!.postMessage(message, '*');
      return [await ask(message), await ask(id, message)];
    }, EXTENSION_ID);
    expect(answers).toEqual([null, null]);
    // The panel is alive and hears nothing but the background.
    await expect(panel.locator('[data-person-id]')).toBeVisible();
    expect(wire.seen.slice(before).filter(({ path }) => path === '/v1/me')).toEqual([]);
  });

  await test.step('frame it by its public address', async () => {
    const loaded = await gmail.evaluate(
      (id) =>
        fetch(`chrome-extension://${id}/panel.html`).then(
          () => true,
          () => false,
        ),
      EXTENSION_ID,
    );
    expect(loaded).toBe(false);
  });
});
