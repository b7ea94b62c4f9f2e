import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Feedback } from '../../../utils/contract/feedback.ts';
import { distinctPages, type InboxPage, mergePage } from '../../../utils/domain/inbox-pages.ts';

const PAGE = 3;
const at = (second: number) => new Date(second * 1000).toISOString();
const item = (second: number) =>
  ({ id: `id-${String(second).padStart(3, '0')}`, at: at(second) }) as Feedback;
const order = 'newest';

/** What the hub answers of these, newest first. */
function pageOf(all: readonly Feedback[], cursor: string | null): InboxPage {
  const sorted = all.toSorted((one, other) => (one.at < other.at ? 1 : -1));
  const rest = sorted.filter((each) => cursor === null || each.at < cursor);
  const items = rest.slice(0, PAGE);
  return { items, nextCursor: rest.length > PAGE ? (items.at(-1)?.at ?? null) : null };
}

function loadAll(all: readonly Feedback[]) {
  const pages: { cursor: string | null; page: InboxPage }[] = [];
  for (let cursor: string | null | undefined = null; cursor !== undefined;) {
    const page = pageOf(all, cursor);
    pages.push({ cursor, page });
    cursor = page.nextCursor ?? undefined;
  }
  return pages;
}

test('pages read again hold each item once, and miss none, whatever came and went meanwhile', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(50), { maxLength: 15 }),
      fc.uniqueArray(fc.nat(50), { maxLength: 5 }),
      fc.nat(20),
      (before, gone, coming) => {
        const old = before.map(item);
        const fresh = Array.from({ length: coming }, (_, index) => item(100 + index));
        const now = [...old.filter((_, index) => !gone.includes(index)), ...fresh];
        const pages = loadAll(old).map(({ cursor, page }) => mergePage(page, pageOf(now, cursor), order));
        const ids = distinctPages(pages)
          .flat()
          .map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        // The newest page, and everything that was there and still is.
        const expected = [
          ...pageOf(now, null).items,
          ...now.filter((one) => before.length > 0 && one.at < at(100)),
        ];
        expect(ids).toEqual(expect.arrayContaining(expected.map(({ id }) => id)));
        expect(ids.every((id) => now.some((one) => one.id === id) || old.some((one) => one.id === id))).toBe(
          true,
        );
      },
    ),
  );
});

test('what left the list is dropped where the fresh page says so', () => {
  const old = { items: [item(5), item(4), item(3)], nextCursor: 'after 3' };
  const fresh = { items: [item(6), item(5), item(3)], nextCursor: 'after 3' };
  expect(mergePage(old, fresh, order)).toEqual(fresh);
  const pushed = { items: [item(8), item(7), item(6)], nextCursor: 'after 6' };
  expect(mergePage(old, pushed, order)).toEqual({
    items: [...pushed.items, ...old.items],
    nextCursor: 'after 3',
  });
  expect(mergePage(old, { items: [], nextCursor: null }, order)).toEqual({ items: [], nextCursor: null });
  const oldest = { items: [item(1), item(2), item(3)], nextCursor: 'after 3' };
  expect(mergePage(oldest, { items: [item(1), item(2)], nextCursor: 'x' }, 'oldest').items).toHaveLength(3);
});

test('of an item on two pages the earlier page knows better', () => {
  const [read, unread] = [
    { ...item(4), comment: 'now' },
    { ...item(4), comment: 'before' },
  ];
  const pages = [
    { items: [item(5), read], nextCursor: 'after 4' },
    { items: [unread, item(3)], nextCursor: null },
  ];
  expect(distinctPages(pages)).toEqual([[item(5), read], [item(3)]]);
});
