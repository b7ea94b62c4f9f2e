import { useId } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { Agreement } from '../../../utils/contract/agreement.ts';
import { type FiguresReport, ReachedStage } from '../../../utils/contract/figures.ts';
import { WITHIN_DAYS } from '../../../utils/domain/hand-over-counts.ts';
import { format } from '../../ui/language.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { stageLabel } from '../../ui/stage-label.ts';
import { cohortsSentence, cohortsTable, reachedBy } from './campaign-contents.ts';
import { type Imprint, SaveTable } from './chart-card.tsx';
import card from './chart-card.module.css';
import styles from './cohort-card.module.css';
import { cellText } from './report-table.ts';
import table from './report-table.module.css';
import { percent } from './report-words.ts';

interface Props {
  report: FiguresReport;
  stage: ReachedStage;
  agreement: Agreement | undefined;
  imprint: Imprint;
  onStage: (stage: string) => void;
}

/** For each month how many of its leads came to a stage within how many days: a table that is its own chart. */
export function CohortCard({ report, stage, agreement, imprint, onStage }: Props) {
  const id = useId();
  const content = cohortsTable(report, stage);
  return (
    <section className={card.card} aria-labelledby={id} data-chart="cohorts" data-printed={false}>
      <h2 id={id} className={card.title}>
        {content.title}
      </h2>
      <div className={styles.stage}>
        <SelectField
          label={i18n.t('report.cohorts.stage')}
          value={stage}
          onChange={({ target }) => onStage(target.value)}
        >
          {ReachedStage.options.map((option) => (
            <option key={option} value={option}>
              {stageLabel(option, agreement)}
            </option>
          ))}
        </SelectField>
      </div>
      <p className={card.sentence}>{cohortsSentence(report, stage, agreement)}</p>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard */}
      <div className={table.scroll} role="group" aria-label={content.title} tabIndex={0}>
        <table className={table.table}>
          <thead>
            <tr>
              {content.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.cohorts.map((cohort, row) => (
              <tr key={cohort.month}>
                <th scope="row">{cellText(content.rows[row]?.[0] ?? null)}</th>
                <td>{format().number(cohort.size)}</td>
                {WITHIN_DAYS.map((days) => (
                  <Within
                    key={days}
                    cohort={cohort}
                    reached={reachedBy(cohort, stage, days)}
                    report={report}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={card.note}>
        {i18n.t('report.cohorts.legend', { minimum: format().number(report.minimumCases) })}
      </p>
      <div className={card.foot}>
        <SaveTable table={content} imprint={imprint} />
      </div>
    </section>
  );
}

type Cohort = FiguresReport['cohorts'][number];
/** At most so much of the accent lies below the numbers, so that they stay easy to read. */
const DARKEST = 45;

function Within({
  cohort: { size },
  reached,
  report: { minimumCases },
}: {
  cohort: Cohort;
  reached: ReturnType<typeof reachedBy>;
  report: FiguresReport;
}) {
  if (!reached || size === 0) return <td>–</td>;
  const share = reached.leads / size;
  const shade = size < minimumCases ? 0 : Math.round(share * DARKEST);
  return (
    <td
      className={styles.cell}
      style={{ background: `color-mix(in srgb, var(--accent) ${shade}%, var(--surface))` }}
    >
      {percent(100 * share)}
      {!reached.complete && <span className={styles.soFar}>{i18n.t('report.cohorts.soFar')}</span>}
    </td>
  );
}
