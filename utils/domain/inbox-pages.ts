import type { Feedback } from '../contract/feedback.ts';
import type { FeedbackOrder } from '../contract/inbox.ts';

/** A page of the feedback list. */
export interface InboxPage {
  items: Feedback[];
  nextCursor: string | null;
}

/**
 * A page read again in the place of what it held before. What is new at its beginning pushes its end out of what is
 * read; so that nothing is missing before the next page, what came after the fresh page's end stays.
 */
export function mergePage(old: InboxPage, fresh: InboxPage, order: FeedbackOrder): InboxPage {
  const last = fresh.items.at(-1);
  if (fresh.nextCursor === null || !last) return fresh;
  const rest = old.items.filter((item) => follows(item, last, order));
  return rest.length === 0 ? fresh : { items: [...fresh.items, ...rest], nextCursor: old.nextCursor };
}

/**
 * The pages without what an earlier one has already. They overlap where items have left the list: a page that was read
 * again since reaches into the next one, and what it says is newer.
 */
export function distinctPages(pages: readonly InboxPage[]): Feedback[][] {
  const seen = new Set<string>();
  return pages.map(({ items }) => items.filter(({ id }) => !seen.has(id) && seen.add(id)));
}

function follows(one: Feedback, other: Feedback, order: FeedbackOrder): boolean {
  const [former, latter] = order === 'newest' ? [other, one] : [one, other];
  return latter.at < former.at || (latter.at === former.at && latter.id < former.id);
}
