import { i18n } from '../../ui/i18n.ts';
import type { FeedbackGroups } from '../../../utils/contract/inbox.ts';
import { format } from '../../ui/language.ts';
import { writeAddress } from '../address.ts';
import { type InboxFilter, type Tab, tabs, writeFilter } from './inbox-filter.ts';
import styles from './inbox-tabs.module.css';

/** The parts of the inbox, with how much is in those that somebody waits for. */
export function InboxTabs({
  filter,
  totals,
}: {
  filter: InboxFilter;
  totals: FeedbackGroups['totals'] | undefined;
}) {
  const counts: Partial<Record<Tab, number | undefined>> = { ...totals };
  return (
    <nav className={styles.tabs} aria-label={i18n.t('inbox.filter')}>
      {tabs.map((tab) => {
        const count = counts[tab];
        return (
          <a
            key={tab}
            href={writeAddress({ part: 'inbox', query: writeFilter({ ...filter, tab }) })}
            className={styles.tab}
            data-tab={tab}
            aria-current={tab === filter.tab ? 'page' : undefined}
          >
            {i18n.t(`inbox.${tab}`)}
            {count !== undefined && count > 0 && (
              <span className={styles.count}>{format().number(count)}</span>
            )}
          </a>
        );
      })}
    </nav>
  );
}
