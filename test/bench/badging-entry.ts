import { createBadgeAnswers } from '../../entrypoints/overlay/badge-answers.ts';
import { createBadges } from '../../entrypoints/overlay/badges.ts';
import { gmail } from '../../utils/sites/gmail.ts';
import { pageOf } from '../../utils/sites/site.ts';

/** Every third person is a lead, in turn with each clock. */
const CLOCKS = ['none', 'running', 'at-risk', 'breached'] as const;
const answers = createBadgeAnswers((people) =>
  Promise.resolve(
    people.map((_, index) =>
      index % 3 === 0
        ? { stage: 'mql' as const, clock: CLOCKS[(index / 3) % 4]!, doNotContact: false }
        : null,
    ),
  ),
);
export const badges = createBadges(answers, () => undefined);

/** What the content script does after a change of the page: who is there, and the rows' marks. */
export function readAndBadge(): void {
  const page = pageOf(gmail, document, new URL(location.href));
  gmail.read(page);
  badges.show(gmail.rows?.(page) ?? []);
}
