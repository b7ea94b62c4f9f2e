import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual';
import {
  type RefObject,
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { Agreement } from '../../../utils/contract/agreement.ts';
import type { Feedback } from '../../../utils/contract/feedback.ts';
import type { InboxActions } from '../../../utils/queries/use-inbox-actions.ts';
import { Banner } from '../../ui/banner.tsx';
import { Undo } from '../../ui/icons.ts';
import { BulkBar } from './bulk-bar.tsx';
import { InboxHelp } from './inbox-help.tsx';
import { InboxItem } from './inbox-item.tsx';
import styles from './inbox-list.module.css';
import { type InboxKey, useInboxKeys } from './use-inbox-keys.ts';
import { useInboxWork } from './use-inbox-work.ts';

/** About a row with a reason; each is measured once it is on the screen. */
const ROW = 112;
/** So many rows before the end the next page is read. */
const AHEAD = 20;

interface Props {
  items: readonly Feedback[];
  /** How many of them each page that was read holds. */
  pageSizes: readonly number[];
  /** Takes the numbers of the pages that are on the screen. */
  shownRef: RefObject<readonly number[]>;
  hasMore: boolean;
  onMore: () => void;
  agreement: Agreement | undefined;
  mayAct: boolean;
  actions: InboxActions;
}

/** The list itself: only what is on the screen is in the page, so that ten thousand scroll as ten do. */
export function InboxList({
  items,
  pageSizes,
  shownRef,
  hasMore,
  onMore,
  agreement,
  mayAct,
  actions,
}: Props) {
  const list = useRef<HTMLOListElement>(null);
  const [top, setTop] = useState(0);
  const [helps, setHelps] = useState(false);
  const work = useInboxWork(items, actions, mayAct);
  const { index: current, focus } = work;
  const keys = useInboxKeys((key) => press(key));
  const openIndex = items.findIndex(({ id }) => id === work.openId);
  // Another function would have all rows placed anew.
  const keyOf = useCallback((index: number) => items[index]?.id ?? index, [items]);
  const rows = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => ROW,
    overscan: 6,
    scrollMargin: top,
    getItemKey: keyOf,
    // What has the focus or a half-written answer stays, wherever the list is scrolled to.
    rangeExtractor: (range: Range) =>
      [...new Set([...defaultRangeExtractor(range), current, openIndex])]
        .filter((index) => index >= 0 && index < items.length)
        .sort((one, other) => one - other),
  });
  const visible = rows.getVirtualItems();
  const { startIndex = 0, endIndex = 0 } = rows.range ?? {};

  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0), []);
  useEffect(() => {
    shownRef.current = pagesBetween(pageSizes, startIndex, endIndex);
    if (hasMore && endIndex >= items.length - AHEAD) onMore();
  }, [shownRef, pageSizes, startIndex, endIndex, items.length, hasMore, onMore]);

  const focusRow = useEffectEvent(() => {
    const row = list.current?.querySelector(`[data-index="${current}"]`);
    row?.querySelector<HTMLElement>('button[aria-expanded]')?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  });
  useEffect(() => {
    if (focus.count > 0 && focus.on === 'row') focusRow();
  }, [focus]);
  const currentId = work.current?.id;
  useEffect(() => {
    // The row that had the focus has left the list.
    if (currentId !== undefined && document.activeElement === document.body) focusRow();
  }, [currentId]);

  return (
    <section aria-label={i18n.t('inbox.listLabel')} className={styles.inbox}>
      <div className={styles.bar}>
        <InboxHelp
          open={helps}
          onOpenChange={setHelps}
          active={keys.active}
          onActiveChange={keys.setActive}
        />
      </div>
      {work.withdrawn > 0 && (
        <Banner tone="warn" icon={Undo}>
          {i18n.t('inbox.bulk.withdrawn', work.withdrawn)}
        </Banner>
      )}
      <ol ref={list} className={styles.list} style={{ height: rows.getTotalSize() }}>
        {visible.map(({ index, start }) => {
          const feedback = items[index];
          if (!feedback) return null;
          const { id } = feedback;
          const isOpen = id === work.openId;
          return (
            <InboxItem
              key={id}
              feedback={feedback}
              agreement={agreement}
              mayAct={mayAct}
              isOpen={isOpen}
              isCurrent={index === current}
              isSelected={work.selected.has(id)}
              draft={work.draftOf(id)}
              focus={isOpen && focus.on === 'field' ? focus.count : 0}
              onToggle={() => work.toggle(feedback, index)}
              onSelect={() => work.select(feedback)}
              onDraft={(draft) => work.draft(id, draft)}
              onSend={(draft) => work.send(id, draft)}
              onLeave={work.leave}
              measure={rows.measureElement}
              place={{
                index,
                of: hasMore ? -1 : items.length,
                style: { transform: `translateY(${start - top}px)` },
              }}
            />
          );
        })}
      </ol>
      {work.selected.size > 0 && (
        <BulkBar count={work.selected.size} onSend={work.sendToSelected} onClear={work.clear} />
      )}
    </section>
  );

  function press(key: InboxKey) {
    switch (key) {
      case 'j':
        return work.move(1);
      case 'k':
        return work.move(-1);
      case 'r':
        return work.write('answer');
      case 'q':
        return work.write('question');
      case 'a':
        return work.write('acted');
      case 'x':
        return work.select();
      case '?':
        return setHelps(!helps);
    }
  }
}

/** Which pages hold these items. */
function pagesBetween(sizes: readonly number[], first: number, last: number): number[] {
  let start = 0;
  return sizes.flatMap((size, page) => {
    const isShown = start <= last && start + size > first;
    start += size;
    return isShown ? [page] : [];
  });
}
