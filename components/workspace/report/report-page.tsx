import { i18n } from '../../ui/i18n.ts';
import type { Agreement } from '../../../utils/contract/agreement.ts';
import type { ClosedLoopReport } from '../../../utils/contract/closed-loop.ts';
import type { AttributionReport, FiguresReport } from '../../../utils/contract/figures.ts';
import { Banner } from '../../ui/banner.tsx';
import { Clock } from '../../ui/icons.ts';
import { format } from '../../ui/language.ts';
import { AttributionCard } from './attribution-card.tsx';
import { attribution, campaignsTable, cohortsTable, sortedCampaigns } from './campaign-contents.ts';
import { CampaignsCard } from './campaigns-card.tsx';
import { ChartCard, type Imprint } from './chart-card.tsx';
import { CohortCard } from './cohort-card.tsx';
import { FigureCard } from './figure-card.tsx';
import {
  acceptanceByMonth,
  delays,
  figuresTable,
  fitOfWins,
  funnel,
  handOversByMonth,
  promisesByMonth,
  returnReasons,
} from './figure-contents.ts';
import { filtersOf, type ReportChoice } from './report-choice.ts';
import { ReportHead } from './report-head.tsx';
import styles from './report-view.module.css';
import { figureMeaning, figureName, periodName } from './report-words.ts';

interface Props {
  report: { figures: FiguresReport; attribution: AttributionReport; closedLoop: ClosedLoopReport };
  choice: ReportChoice;
  agreement: Agreement | undefined;
  now: number;
  /** Whether another choice is still being counted. */
  isChanging: boolean;
  /** What the figures are limited to, in words. */
  limits: string;
  onChoose: (changes: Readonly<Record<string, string>>) => void;
}

/** The report itself: figures, charts and tables; four of the charts are printed with the figures. */
export function ReportPage({ report, choice, agreement, now, isChanging, limits, onChoose }: Props) {
  const { figures } = report;
  const isExpired = now > Date.parse(figures.validUntil);
  const isFiltered = filtersOf(choice.query).length > 0;
  const times = { asOf: format().moment(figures.asOf), validUntil: format().date(figures.validUntil) };
  const imprint: Imprint = {
    from: figures.from,
    to: figures.to,
    words: [i18n.t('report.printed.of', { period: periodName(figures), ...times }), limits]
      .filter((words) => words !== '')
      .join('. '),
  };
  const charts = {
    acceptance: acceptanceByMonth(figures),
    promises: promisesByMonth(figures),
    reasons: returnReasons(figures, agreement),
    delays: delays(figures),
    handOvers: handOversByMonth(figures),
    funnel: funnel(figures, agreement),
    fit: fitOfWins(figures),
  };
  const tables = () => [
    figuresTable(figures),
    ...Object.values(charts).map(({ table }) => table),
    cohortsTable(figures, choice.stage),
    campaignsTable(sortedCampaigns(report.closedLoop, choice.sort)),
    attribution(report.attribution).table,
  ];
  return (
    <div className={styles.report} data-expired={isExpired} data-changing={isChanging}>
      <ReportHead {...{ figures, imprint, times, limits, tables }} />
      {isExpired && (
        <Banner tone="warn" icon={Clock}>
          {i18n.t('report.expired', { validUntil: times.validUntil })}
        </Banner>
      )}
      <section aria-label={i18n.t('report.figures.title')}>
        <h2 className="visually-hidden">{i18n.t('report.figures.title')}</h2>
        <ul className={styles.figures}>
          {figures.figures.map((figure) => (
            <FigureCard key={figure.id} figure={figure} report={figures} />
          ))}
        </ul>
      </section>
      <div className={styles.charts}>
        <ChartCard content={charts.acceptance} imprint={imprint} printed />
        <ChartCard content={charts.promises} imprint={imprint} printed />
        <ChartCard content={charts.reasons} imprint={imprint} printed />
        <ChartCard content={charts.delays} imprint={imprint} printed />
        <ChartCard content={charts.handOvers} imprint={imprint} />
        <ChartCard content={charts.funnel} imprint={imprint} />
      </div>
      <CampaignsCard
        report={report.closedLoop}
        sort={choice.sort}
        onSort={(sort) => onChoose({ sort })}
        {...{ imprint, isFiltered }}
      />
      <div className={styles.charts}>
        <AttributionCard
          report={report.attribution}
          onModel={(model) => onChoose({ model })}
          {...{ imprint, isFiltered }}
        />
        <ChartCard content={charts.fit} imprint={imprint} />
      </div>
      <CohortCard
        report={figures}
        stage={choice.stage}
        onStage={(stage) => onChoose({ stage })}
        {...{ agreement, imprint }}
      />
      <Definitions report={figures} />
    </div>
  );
}

/** On paper nobody can open a definition. */
function Definitions({ report }: { report: FiguresReport }) {
  return (
    <section className={styles.definitions} aria-label={i18n.t('report.printed.definitions')}>
      <dl>
        {report.figures.map(({ id }) => (
          <div key={id}>
            <dt>{figureName(id)}</dt>
            <dd>{figureMeaning(id)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
