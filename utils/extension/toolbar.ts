import { browser, type Browser } from 'wxt/browser';
import { whyOff, type Rules } from './mailbox-rule.ts';

/** A mark on the toolbar button that stands back: grey, and only while Tandem keeps still. */
const GREY = '#6b7280';

/** Shows on the button whether everything is paused. */
export async function showPause(rules: Rules): Promise<void> {
  const paused = whyOff({ id: '' }, rules) === 'paused';
  await browser.action.setBadgeBackgroundColor({ color: GREY });
  await browser.action.setBadgeText({ text: paused ? '❚❚' : '' });
}

/** Shows on the button of one tab that its site is switched off. */
export function showSwitchedOff(tabId: number, off: boolean): Promise<void> {
  // Without a text of its own the tab shows what all tabs show.
  const badge = { tabId, text: off ? '–' : null };
  // The types do not know the `null` that both browsers take.
  return browser.action.setBadgeText(badge as Browser.action.BadgeTextDetails);
}
