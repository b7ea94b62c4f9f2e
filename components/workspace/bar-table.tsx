import type { ReactNode } from 'react';
import styles from './bar-table.module.css';

export interface BarRow {
  key: string;
  label: ReactNode;
  /** What the bar shows, and the number beside it. */
  value: number;
  text: string;
  /** What more there is to say of it. */
  more?: string | undefined;
}

/** Counts as a table whose rows are bars, so that the chart and its table are one. */
export function BarTable({
  caption,
  heads,
  rows,
  tone = 'plum',
}: {
  caption: string;
  /** Of the columns: what, how many, and what more. */
  heads: readonly [string, string, string?];
  rows: readonly BarRow[];
  tone?: 'plum' | 'accent' | 'warn';
}) {
  const most = Math.max(1, ...rows.map(({ value }) => value));
  return (
    <table className={styles.table} data-tone={tone}>
      <caption className="visually-hidden">{caption}</caption>
      <thead className="visually-hidden">
        <tr>{heads.map((head) => head !== undefined && <th key={head}>{head}</th>)}</tr>
      </thead>
      <tbody>
        {rows.map(({ key, label, value, text, more }) => (
          <tr key={key} className={styles.row} data-bar={key}>
            <th scope="row" className={styles.label}>
              {label}
            </th>
            <td className={styles.value}>
              <span className={styles.track} aria-hidden>
                <span className={styles.bar} style={{ inlineSize: `${(value / most) * 100}%` }} />
              </span>
              <span className={styles.text}>{text}</span>
            </td>
            {heads[2] !== undefined && <td className={styles.more}>{more}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
