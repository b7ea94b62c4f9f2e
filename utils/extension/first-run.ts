import { browser } from 'wxt/browser';
import type { FirstRunStep } from './messages.ts';
import { notifyPages } from './notify.ts';
import { firstRunItem } from './storage.ts';

/** How far the user has come. Who has had Tandem since before there was a first run is through. */
export const readFirstRun = async (): Promise<FirstRunStep> => (await firstRunItem.get()) ?? 'done';

/**
 * The extension has been installed: its first page opens. Popup and settings lead back there until it is done. Once
 * only: what is loaded from a folder by the command line is installed anew with each start.
 */
export async function beginFirstRun(): Promise<void> {
  if ((await firstRunItem.get()) !== null) return;
  await saveFirstRun('connect');
  await browser.tabs.create({ url: browser.runtime.getURL('/welcome.html') });
}

/** Keeps how far the user has come. */
export async function saveFirstRun(step: FirstRunStep): Promise<void> {
  await firstRunItem.set(step);
  notifyPages({ notice: 'first-run.changed' });
}
