import { i18n } from '../../ui/i18n.ts';
import type { Import } from '../../../utils/contract/import.ts';
import { Card } from '../../ui/card.tsx';
import { format } from '../../ui/language.ts';
import { ImportProblems } from './import-problems.tsx';
import styles from './import-result.module.css';

const textOf = ({ state, bad }: Import) => {
  if (state !== 'done') return 'import.result.checkedText';
  return bad > 0 ? 'import.result.doneText' : 'import.result.allText';
};

const FIGURES = ['added', 'updated', 'unchanged', 'bad'] as const;

/** What became of the rows, or would become of them; and which were bad. */
export function ImportResult({ import: one }: { import: Import }) {
  const done = one.state === 'done';
  const { number } = format();
  return (
    <>
      <Card title={i18n.t(done ? 'import.result.done' : 'import.result.checked')} text={i18n.t(textOf(one))}>
        <dl className={styles.figures}>
          {FIGURES.map((figure) => (
            <div key={figure} className={styles.figure} data-figure={figure} data-some={one[figure] > 0}>
              <dt>{i18n.t(`import.result.${figure}`)}</dt>
              <dd>{number(one[figure])}</dd>
            </div>
          ))}
        </dl>
      </Card>
      {one.bad > 0 && <ImportProblems import={one} />}
    </>
  );
}
