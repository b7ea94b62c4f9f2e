import { i18n } from '../../ui/i18n.ts';
import type { FiguresReport } from '../../../utils/contract/figures.ts';
import { Button } from '../../ui/button.tsx';
import { Download, Printer } from '../../ui/icons.ts';
import { useAnnounce } from '../../ui/live-region.tsx';
import { saveFile } from '../../ui/save-file.ts';
import type { Imprint } from './chart-card.tsx';
import { allAsCsv, type ReportTable } from './report-table.ts';
import styles from './report-view.module.css';
import { periodName } from './report-words.ts';

interface Props {
  figures: FiguresReport;
  imprint: Imprint;
  times: { asOf: string; validUntil: string };
  limits: string;
  tables: () => ReportTable[];
}

/** Of when the figures are, and how to take them along. */
export function ReportHead({ figures, imprint, times, limits, tables }: Props) {
  const announce = useAnnounce();
  const saveAll = () => {
    const name = i18n.t('report.fileName', { from: imprint.from, to: imprint.to });
    saveFile(allAsCsv(tables()), name, 'text/csv');
    announce(i18n.t('report.saved', { name }));
  };
  return (
    <div className={styles.head}>
      <div>
        <p className={styles.period}>{i18n.t('report.shown', { period: periodName(figures) })}</p>
        <p className={styles.times}>{i18n.t('report.asOf', times)}</p>
        {limits !== '' && (
          <p className={styles.times}>
            <bdi>{i18n.t('report.printed.filtered', { filters: limits })}</bdi>
          </p>
        )}
      </div>
      <div className={styles.actions}>
        <Button icon={Download} onClick={saveAll}>
          {i18n.t('report.saveAll')}
        </Button>
        <Button icon={Printer} onClick={() => print()}>
          {i18n.t('report.print')}
        </Button>
      </div>
    </div>
  );
}
