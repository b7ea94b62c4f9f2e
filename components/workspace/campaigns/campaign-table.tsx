import { i18n } from '../../ui/i18n.ts';
import type { CampaignRow } from '../../../utils/contract/campaign-report.ts';
import { campaignState } from '../../../utils/domain/campaign-state.ts';
import { campaignIcons } from '../../panel/kind-icons.ts';
import { format } from '../../ui/language.ts';
import { UserName } from '../../ui/user-text.tsx';
import { writeAddress } from '../address.ts';
import { money, percent } from '../words.ts';
import { CampaignStateMark } from './campaign-state-mark.tsx';
import styles from './campaign-table.module.css';
import { LEAST } from './few.ts';
import { withFilter } from './period.ts';

const columns = ['reached', 'engaged', 'mql', 'accepted', 'returned', 'won', 'praise'] as const;

interface Props {
  rows: readonly CampaignRow[];
  /** Of the list: the period goes along to the page. */
  query: URLSearchParams;
  now: number;
}

/** One row per campaign; in a narrow window one card each. */
export function CampaignTable({ rows, query, now }: Props) {
  const period = new URLSearchParams(
    withFilter(new URLSearchParams(), 'period', query.get('period') ?? 'twelve', 'twelve'),
  );
  return (
    <div className={styles.frame}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{i18n.t('campaigns.column.name')}</th>
            {columns.map((column) => (
              <th key={column} scope="col" className={styles.number}>
                {i18n.t(`campaigns.column.${column}`)}
              </th>
            ))}
            <th scope="col" className={styles.number}>
              {i18n.t('campaigns.column.cost')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.campaign.id} row={row} period={period} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({
  row: { campaign, activity, figures },
  period,
  now,
}: Omit<Props, 'rows' | 'query'> & {
  row: CampaignRow;
  period: URLSearchParams;
}) {
  const Glyph = campaignIcons[campaign.kind];
  const { number } = format();
  return (
    <tr data-campaign-id={campaign.id}>
      <th scope="row">
        <span className={styles.campaign}>
          <span className={styles.icon}>
            <Glyph size={16} aria-hidden />
          </span>
          <span className={styles.names}>
            <a
              className={styles.link}
              href={writeAddress({ part: 'campaigns', path: [campaign.id], query: period })}
            >
              <UserName text={campaign.name} lines={2} />
            </a>
            <span className={styles.kind}>
              {i18n.t(`campaignKind.${campaign.kind}`)}
              <CampaignStateMark state={campaignState(campaign, activity, now)} />
            </span>
          </span>
        </span>
      </th>
      {columns.map((column) => (
        <td key={column} className={styles.number} data-zero={figures[column] === 0}>
          <span className={styles.label} aria-hidden>
            {i18n.t(`campaigns.column.${column}`)}
          </span>
          <span>
            {number(figures[column])}
            {column === 'accepted' && figures.mql >= LEAST && (
              <span className={styles.share}>{percent(figures.accepted, figures.mql)}</span>
            )}
          </span>
        </td>
      ))}
      <td className={styles.number} data-zero={!campaign.cost}>
        <span className={styles.label} aria-hidden>
          {i18n.t('campaigns.column.cost')}
        </span>
        <span>{campaign.cost ? money(campaign.cost) : '–'}</span>
      </td>
    </tr>
  );
}
