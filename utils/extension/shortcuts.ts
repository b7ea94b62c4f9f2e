import { browser } from 'wxt/browser';
import type { ResponseOf } from './messages.ts';

/** The keys by which the browser calls us, as the user has set them there. */
export async function listShortcuts(): Promise<ResponseOf<'shortcuts.list'>> {
  const commands = await browser.commands.getAll();
  return commands.map(({ name = '', shortcut = '' }) => ({ name, keys: shortcut }));
}

/** Opens the browser's own page for them; false where it has none that we may open. */
export async function openShortcuts(): Promise<boolean> {
  // Firefox from version 137 on; Chromium's is a page, which other browsers refuse to open.
  const { openShortcutSettings: open } = browser.commands as { openShortcutSettings?: () => Promise<void> };
  const opening = open ? open() : browser.tabs.create({ url: 'chrome://extensions/shortcuts' });
  return opening.then(
    () => true,
    () => false,
  );
}
