import { useId, useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { ClosedLoopReport } from '../../../utils/contract/closed-loop.ts';
import { Button } from '../../ui/button.tsx';
import { format } from '../../ui/language.ts';
import { UserName } from '../../ui/user-text.tsx';
import { campaignsSentence, campaignsTable, sortedCampaigns } from './campaign-contents.ts';
import styles from './campaigns-card.module.css';
import { type Imprint, SaveTable } from './chart-card.tsx';
import card from './chart-card.module.css';
import { type SortKey, sortKeys } from './report-choice.ts';
import table from './report-table.module.css';

/** So many are shown before somebody asks for the rest. */
const SHOWN = 12;

interface Props {
  report: ClosedLoopReport;
  sort: SortKey;
  imprint: Imprint;
  isFiltered: boolean;
  onSort: (sort: SortKey) => void;
}

/** What came of each campaign, from people reached to customers won; a column is sorted by its heading. */
export function CampaignsCard({ report, sort, imprint, isFiltered, onSort }: Props) {
  const id = useId();
  const [all, setAll] = useState(false);
  const rows = sortedCampaigns(report, sort);
  const content = campaignsTable(rows);
  const most = Object.fromEntries(
    sortKeys.map((key) => [key, Math.max(1, ...rows.map(({ figures }) => figures[key]))]),
  ) as Record<SortKey, number>;
  return (
    <section className={card.card} aria-labelledby={id} data-chart="campaigns" data-printed={false}>
      <h2 id={id} className={card.title}>
        {content.title}
      </h2>
      <p className={card.sentence}>
        <bdi>{campaignsSentence(rows)}</bdi>
      </p>
      {rows.length > 0 && (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
        <div className={table.scroll} role="group" aria-label={content.title} tabIndex={0}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{i18n.t('report.campaigns.campaign')}</th>
                {sortKeys.map((key) => (
                  <th key={key} scope="col" aria-sort={key === sort ? 'descending' : undefined}>
                    <button type="button" className={styles.sort} onClick={() => onSort(key)}>
                      {i18n.t(`report.campaigns.${key}`)}
                      <span aria-hidden>{key === sort ? ' ▼' : ''}</span>
                    </button>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, all ? undefined : SHOWN).map(({ campaign, figures }) => (
                <tr key={campaign.id}>
                  <th scope="row" className={styles.name}>
                    <UserName text={campaign.name} lines={2} />
                  </th>
                  {sortKeys.map((key) => (
                    <td key={key} className={styles.cell}>
                      {format().number(figures[key])}
                      <span className={styles.track} aria-hidden>
                        <span
                          className={styles.bar}
                          style={{ width: `${(100 * figures[key]) / most[key]}%` }}
                        />
                      </span>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className={card.note}>
        {i18n.t('report.campaigns.text')}
        {isFiltered && ` ${i18n.t('report.chart.notFiltered')}`}
      </p>
      <div className={card.foot}>
        {rows.length > SHOWN && !all && (
          <Button small onClick={() => setAll(true)}>
            {i18n.t('report.campaigns.all', { count: format().number(rows.length) })}
          </Button>
        )}
        <SaveTable table={content} imprint={imprint} />
      </div>
    </section>
  );
}
