import { browser } from 'wxt/browser';
import type { FirstRunStep } from './messages.ts';
import { notifyPages } from './notify.ts';
import { firstRunItem } from './storage.ts';

/** The extension has just been installed: its first page opens. Popup and settings lead back there until it is done. */
export async function beginFirstRun(): Promise<void> {
  await saveFirstRun('connect');
  await browser.tabs.create({ url: browser.runtime.getURL('/welcome.html') });
}

/** Keeps how far the user has come. */
export async function saveFirstRun(step: FirstRunStep): Promise<void> {
  await firstRunItem.set(step);
  notifyPages({ notice: 'first-run.changed' });
}
