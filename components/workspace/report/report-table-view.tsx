import { UserName } from '../../ui/user-text.tsx';
import { cellText, type ReportTable } from './report-table.ts';
import styles from './report-table.module.css';

/** The numbers behind a chart. A wide one scrolls by itself. */
export function ReportTableView({ table: { title, columns, rows } }: { table: ReportTable }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
    <div className={styles.scroll} role="group" aria-label={title} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([head = null, ...cells], index) => (
            <tr key={index}>
              <th scope="row">
                <UserName text={cellText(head)} lines={2} />
              </th>
              {cells.map((cell, column) => (
                <td key={column}>{cellText(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
