import { useId, useRef, type ReactNode } from 'react';
import { i18n } from '../../ui/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { Download, ImageDown } from '../../ui/icons.ts';
import { useAnnounce } from '../../ui/live-region.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { Chart } from './chart.tsx';
import styles from './chart-card.module.css';
import { pictureOf } from './chart-picture.ts';
import type { ChartContent } from './chart-spec.ts';
import { csvOf, type ReportTable } from './report-table.ts';
import { ReportTableView } from './report-table-view.tsx';

/** What is written below pictures, and into the names of files. */
export interface Imprint {
  from: string;
  to: string;
  /** Period, as of, good until. */
  words: string;
}

interface Props {
  content: ChartContent;
  imprint: Imprint;
  /** Whether it stands on the printed page, too. */
  printed?: boolean;
  children?: ReactNode;
}

/** A chart, a sentence that says what it shows, and the table behind it. */
export function ChartCard({ content, imprint, printed = false, children }: Props) {
  const { title, sentence, spec, note, table } = content;
  const id = useId();
  const announce = useAnnounce();
  const card = useRef<HTMLElement>(null);
  const savePicture = async () => {
    const chart = card.current?.querySelector<SVGSVGElement>('svg[role=img]');
    const name = i18n.t('report.pictureFileName', { ...imprint, name: table.name });
    try {
      if (!chart) throw new Error('Nothing is drawn yet.');
      saveFile(await pictureOf(chart, title, imprint.words), name, 'image/png');
      announce(i18n.t('report.saved', { name }));
    } catch {
      announce(i18n.t('report.notSaved'));
    }
  };
  return (
    <section
      ref={card}
      className={styles.card}
      aria-labelledby={id}
      data-chart={table.name}
      data-printed={printed}
    >
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      {children}
      <p className={styles.sentence}>
        <bdi>{sentence}</bdi>
      </p>
      {spec && <Chart spec={spec} name={sentence} />}
      {spec && note !== undefined && <p className={styles.note}>{note}</p>}
      <div className={styles.foot}>
        <details className={styles.details}>
          <summary>{i18n.t('report.chart.table')}</summary>
          <ReportTableView table={table} />
        </details>
        <SaveTable table={table} imprint={imprint} />
        {spec && (
          <Button
            small
            look="quiet"
            icon={ImageDown}
            aria-label={i18n.t('report.chart.savePictureOf', { title })}
            onClick={() => void savePicture()}
          >
            {i18n.t('report.chart.savePicture')}
          </Button>
        )}
      </div>
    </section>
  );
}

/** Keeps a table as a file. */
export function SaveTable({ table, imprint }: { table: ReportTable; imprint: Imprint }) {
  const announce = useAnnounce();
  const save = () => {
    const name = i18n.t('report.tableFileName', { ...imprint, name: table.name });
    saveFile(csvOf(table), name, 'text/csv');
    announce(i18n.t('report.saved', { name }));
  };
  return (
    <Button
      small
      look="quiet"
      icon={Download}
      aria-label={i18n.t('report.chart.saveTableOf', { title: table.title })}
      onClick={save}
    >
      {i18n.t('report.chart.saveTable')}
    </Button>
  );
}
