import { answersFeedback } from '../domain/answers-feedback.ts';
import { hub } from './hub-fetch.ts';
import { currentRules } from './mailbox-rule.ts';
import { connectionItem, waitingItem } from './storage.ts';
import { showToolbar } from './toolbar.ts';

let running: Promise<void> | null = null;
let again = false;

/** Asks the hub how much feedback waits for this user's team, and shows it on the toolbar button. */
export function refreshWaiting(): Promise<void> {
  again = true;
  return (running ??= run().finally(() => {
    running = null;
  }));
}

/** Shows on the toolbar button what is known. */
export async function refreshToolbar(): Promise<void> {
  await showToolbar(await currentRules(), await waitingItem.get());
}

async function run(): Promise<void> {
  while (again) {
    again = false;
    const connection = await connectionItem.get();
    const answers = connection?.token != null && answersFeedback(connection.me.user);
    const groups = answers ? await hub.feedbackGroups({ query: { view: 'open' } }) : null;
    // While the hub is away the last number stands.
    if (groups === null || groups.ok) await waitingItem.set(groups?.value.totals.open ?? 0);
  }
  await refreshToolbar();
}
