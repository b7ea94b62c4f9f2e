import { i18n } from '../../ui/i18n.ts';
import { panelCommands } from '../../../utils/queries/panel-commands.ts';
import { failureOf } from '../../../utils/queries/unwrap.ts';
import { useAgreementInForce } from '../../../utils/queries/use-agreements.ts';
import { useConnection } from '../../../utils/queries/use-panel-data.ts';
import { useAttribution, useClosedLoop, useFigures } from '../../../utils/queries/use-report.ts';
import type { Address } from '../address.ts';
import { Banner } from '../../ui/banner.tsx';
import { FailureScreen } from '../../ui/failure-screen.tsx';
import { ChartNoAxesColumn, CloudOff } from '../../ui/icons.ts';
import { messageName } from '../../ui/language.ts';
import { Screen } from '../../ui/screen.tsx';
import { useNow } from '../../ui/use-now.ts';
import { choiceOf, choose, filtersOf } from './report-choice.ts';
import { filterWords, optionsOf, ReportFilters } from './report-filters.tsx';
import { ReportPage } from './report-page.tsx';
import { ReportSkeleton } from './report-skeleton.tsx';
import styles from './report-view.module.css';

/** The figures both teams agreed on, as the address asks for them. */
export function ReportView({ address }: { address: Address }) {
  const now = useNow();
  const choice = choiceOf(address, now);
  const connection = useConnection().data;
  const figures = useFigures(choice.query);
  const attribution = useAttribution(choice.query, choice.model);
  const closedLoop = useClosedLoop(choice.query);
  const agreement = useAgreementInForce().data;

  const broken = [figures, attribution, closedLoop].find(({ isError }) => isError);
  const failure = broken ? (failureOf(broken.error)?.kind ?? 'bug') : null;
  const report = figures.data &&
    attribution.data &&
    closedLoop.data && { figures: figures.data, attribution: attribution.data, closedLoop: closedLoop.data };
  if (connection === null || failure === 'signed-out' || (failure && !report)) {
    return (
      <div className={styles.view} data-state="error">
        <FailureScreen
          kind={connection === null ? 'signed-out' : failure!}
          onRetry={() => {
            for (const query of [figures, attribution, closedLoop]) void query.refetch();
          }}
          onOpenOptions={() => void panelCommands.openOptions()}
          heading="h2"
        />
      </div>
    );
  }
  const options = optionsOf(figures.data?.segments, closedLoop.data?.campaigns, agreement);
  const isChanging = [figures, attribution, closedLoop].some(({ isPlaceholderData }) => isPlaceholderData);
  return (
    <div
      className={styles.view}
      data-state={report ? 'success' : 'pending'}
      aria-busy={isChanging || !report}
    >
      {failure && (
        <Banner tone="warn" icon={CloudOff}>
          {i18n.t(`failure.${messageName(failure)}.title`)}
        </Banner>
      )}
      <ReportFilters {...{ address, choice, now, options }} />
      {!report && <ReportSkeleton />}
      {report && isEmpty(report) && (
        <Screen icon={ChartNoAxesColumn} title={i18n.t('report.empty.title')} heading="h2">
          {filtersOf(choice.query).length > 0
            ? i18n.t('report.empty.textFiltered')
            : i18n.t('report.empty.text')}
        </Screen>
      )}
      {report && !isEmpty(report) && (
        <ReportPage
          {...{ report, choice, agreement, now, isChanging }}
          limits={filterWords(choice, options)}
          onChoose={(changes) => choose(address, changes)}
        />
      )}
    </div>
  );
}

type Shown = Parameters<typeof ReportPage>[0]['report'];

const isEmpty = ({ figures, attribution, closedLoop }: Shown) =>
  figures.figures.every(({ cases, open, previous }) => cases + open + previous.cases === 0) &&
  attribution.wins === 0 &&
  closedLoop.totals.reached === 0;
