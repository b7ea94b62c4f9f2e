import { i18n } from '../../ui/i18n.ts';
import { FigureId } from '../../../utils/contract/figures.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import styles from './report-view.module.css';

const CHARTS = 6;

/** The report before it is there, as high as it will be. */
export function ReportSkeleton() {
  return (
    <>
      <p className="visually-hidden">{i18n.t('report.loading')}</p>
      <Skeleton width="24rem" height="2.25rem" />
      <div className={styles.figures}>
        {FigureId.options.map((id) => (
          <Skeleton key={id} height="13.5rem" />
        ))}
      </div>
      <div className={styles.charts}>
        {Array.from({ length: CHARTS }, (_, index) => (
          <Skeleton key={index} height="26rem" />
        ))}
      </div>
    </>
  );
}
