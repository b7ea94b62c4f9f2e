import { i18n } from '../../ui/i18n.ts';
import type { Agreement } from '../../../utils/contract/agreement.ts';
import type { FeedbackGroups } from '../../../utils/contract/inbox.ts';
import { format, localText } from '../../ui/language.ts';
import { UserName } from '../../ui/user-text.tsx';
import { writeAddress } from '../address.ts';
import { type InboxFilter, writeFilter } from './inbox-filter.ts';
import styles from './inbox-groups.module.css';

interface Props {
  filter: InboxFilter;
  groups: FeedbackGroups | undefined;
  agreement: Agreement | undefined;
}

interface Group {
  id: string;
  label: string;
  count: number;
  open: number;
  overdue: number;
}

/** What is shown, by campaign or by reason; choosing a group narrows the list to it, choosing it again widens it. */
export function InboxGroups({ filter, groups, agreement }: Props) {
  const { by } = filter;
  const shown = groups ? (by === 'campaign' ? byCampaign(groups) : byReason(groups, agreement)) : [];
  const chosen = by === 'campaign' ? filter.campaignId : filter.reason;
  const href = (change: Partial<InboxFilter>) =>
    writeAddress({ part: 'inbox', query: writeFilter({ ...filter, ...change }) });
  return (
    <nav className={styles.groups} aria-label={i18n.t('inbox.groups.label')}>
      <p className={styles.by}>
        {(['campaign', 'reason'] as const).map((each) => (
          <a key={each} href={href({ by: each })} aria-current={each === by ? 'true' : undefined}>
            {i18n.t(`inbox.groups.${each}`)}
          </a>
        ))}
      </p>
      <ul className={styles.list}>
        {shown.map(({ id, label, count, open, overdue }) => (
          <li key={id}>
            <a
              href={href({ [by === 'campaign' ? 'campaignId' : 'reason']: id === chosen ? undefined : id })}
              className={styles.group}
              aria-current={id === chosen ? 'true' : undefined}
            >
              <span className={styles.label}>
                <UserName text={label} lines={2} />
              </span>
              <span className={styles.count}>{format().number(count)}</span>
              {open > 0 && (
                <span className={styles.open} data-overdue={overdue > 0}>
                  {overdue > 0
                    ? i18n.t('inbox.groups.overdue', {
                        open: format().number(open),
                        overdue: format().number(overdue),
                      })
                    : i18n.t('inbox.groups.open', { open: format().number(open) })}
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const byCampaign = ({ campaigns }: FeedbackGroups): Group[] =>
  campaigns.map(({ campaign, ...counts }) => ({
    id: campaign?.id ?? 'none',
    label: campaign?.name ?? i18n.t('inbox.groups.noCampaign'),
    ...counts,
  }));

const byReason = ({ reasons }: FeedbackGroups, agreement: Agreement | undefined): Group[] =>
  reasons.map(({ reason, ...counts }) => {
    const agreed = agreement?.reasons.find(({ id }) => id === reason);
    return {
      id: reason ?? 'none',
      label: agreed ? localText(agreed.label) : (reason ?? i18n.t('inbox.groups.noReason')),
      ...counts,
    };
  });
