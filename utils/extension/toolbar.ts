import { browser, type Browser } from 'wxt/browser';
import { whyOff, type Rules } from './mailbox-rule.ts';
import { chooseLanguage, textOf } from './texts.ts';

/** A mark on the toolbar button that stands back: grey, and only while Tandem keeps still. */
const GREY = '#6b7280';
/** For what waits for the user: the accent of the light pages, on which the browser writes in white. */
const ACCENT = '#0b6e69';
const MOST_SHOWN = 99;

/** Shows on the button whether everything is paused, or else how much feedback waits for the user's answer. */
export async function showToolbar(rules: Rules, waiting: number): Promise<void> {
  const paused = whyOff({ id: '' }, rules) === 'paused';
  const count = waiting > MOST_SHOWN ? `${MOST_SHOWN}+` : String(waiting);
  const text = paused ? '❚❚' : waiting > 0 ? count : '';
  await browser.action.setBadgeBackgroundColor({ color: paused ? GREY : ACCENT });
  await browser.action.setBadgeText({ text });
  await chooseLanguage(rules.language);
  await browser.action.setTitle({ title: titleOf(paused, waiting) });
}

/** The badge in words: what it says to whoever points at the button, or has it read out. */
function titleOf(paused: boolean, waiting: number): string {
  const name = textOf('extension.name');
  if (!paused && waiting === 0) return name;
  const words = paused ? textOf('toolbar.paused') : textOf('toolbar.waiting', [String(waiting)]);
  return `${name} · ${words}`;
}

/** Shows on the button of one tab that its site is switched off. */
export function showSwitchedOff(tabId: number, off: boolean): Promise<void> {
  // Without a text of its own the tab shows what all tabs show.
  const badge = { tabId, text: off ? '–' : null };
  // The types do not know the `null` that both browsers take.
  return browser.action.setBadgeText(badge as Browser.action.BadgeTextDetails);
}
