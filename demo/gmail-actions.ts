import type { Locator, Page } from '@playwright/test';
import type { Mail } from './sample-gmail/mail.ts';

/** A conversation's row in the sample Gmail's list. */
export const rowOf = (gmail: Page, mail: Mail): Locator =>
  gmail.locator(`tr.zA:has([data-legacy-thread-id="${mail.id}"]):visible`);

/** Clicks a conversation's row, and waits until Gmail shows it. */
export async function openMail(gmail: Page, mail: Mail): Promise<void> {
  await rowOf(gmail, mail).click();
  await gmail.locator(`h2.hP[data-legacy-thread-id="${mail.id}"]:visible`).waitFor();
}

/** Goes back to the list as the browser's button does. */
export async function backToInbox(gmail: Page): Promise<void> {
  await gmail.evaluate(() => (location.hash = '#inbox'));
  await gmail.locator('tr.zA:visible').first().waitFor();
}
