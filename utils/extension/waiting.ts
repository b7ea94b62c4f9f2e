import { answersFeedback } from '../domain/answers-feedback.ts';
import { oneAtATime } from '../domain/one-at-a-time.ts';
import { hub } from './hub-fetch.ts';
import { currentRules } from './mailbox-rule.ts';
import { connectionItem, waitingItem } from './storage.ts';
import { showToolbar } from './toolbar.ts';

/** Asks the hub how much feedback waits for this user's team, and shows it on the toolbar button. */
export const refreshWaiting = oneAtATime(async () => {
  const connection = await connectionItem.get();
  const answers = connection?.token != null && answersFeedback(connection.me.user);
  const groups = answers ? await hub.feedbackGroups({ query: { view: 'open' } }) : null;
  // While the hub is away the last number stands.
  if (groups === null || groups.ok) await waitingItem.set(groups?.value.totals.open ?? 0);
  await refreshToolbar();
});

/** Shows on the toolbar button what is known. */
export async function refreshToolbar(): Promise<void> {
  await showToolbar(await currentRules(), await waitingItem.get());
}
