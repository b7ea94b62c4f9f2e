import { useId, useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { Import } from '../../../utils/contract/import.ts';
import { paceOf } from '../../../utils/domain/pace.ts';
import { Card } from '../../ui/card.tsx';
import facts from '../../ui/facts.module.css';
import { format } from '../../ui/language.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import styles from './import-progress.module.css';
import { fileSize, timeLeft } from './import-words.ts';

/** How far an import is, how fast it goes and how long it will take; `at`: when the hub said so. */
export function ImportProgress({ import: one, at }: { import: Import; at: number }) {
  const id = useId();
  const { state, share } = one;
  const { done, total } = amountsOf(one);
  const [first, setFirst] = useState({ state, done, at });
  // What was measured before says nothing of the next step.
  if (first.state !== state) setFirst({ state, done, at });
  const pace = paceOf(first, { done, at }, total);
  const percent = Math.floor(share * 100);
  const amount = (value: number) =>
    state === 'uploading' ? fileSize(value) : format().number(Math.round(value));
  return (
    <Card title={i18n.t(`import.state.${state}`)} text={textOf(state)}>
      <div className={styles.progress}>
        <span id={id} className="visually-hidden">
          {i18n.t(`import.state.${state}`)}
        </span>
        <ProgressBar labelledBy={id} share={share} />
        <p className={facts.facts} data-import-progress={percent}>
          <span>{percent} %</span>
          <span>
            {state === 'reading'
              ? i18n.t('import.progress.rows', { done: amount(done) })
              : i18n.t(state === 'uploading' ? 'import.progress.bytesOf' : 'import.progress.rowsOf', {
                  done: amount(done),
                  total: amount(total),
                })}
          </span>
          {pace && (
            <span>
              {i18n.t(state === 'uploading' ? 'import.progress.bytesPace' : 'import.progress.rowsPace', {
                amount: amount(pace.perSecond),
              })}
            </span>
          )}
          {pace && <span>{i18n.t('import.progress.left', { time: timeLeft(pace.leftMs) })}</span>}
          {one.bad > 0 && <span>{i18n.t('import.list.bad', { rows: amount(one.bad) })}</span>}
        </p>
        {/* Figures that change twice a second are not for ears; each tenth is said once. */}
        <p className="visually-hidden" aria-live="polite">
          {i18n.t('import.progress.said', { percent: String(Math.floor(percent / 10) * 10) })}
        </p>
      </div>
    </Card>
  );
}

function amountsOf({ state, share, size, rows, done }: Import): { done: number; total: number } {
  if (state === 'uploading') return { done: share * size, total: size };
  // How many rows there are is known when the last one is read; until then the file's bytes tell.
  if (state === 'reading') return { done: rows, total: rows / Math.max(share, 0.01) };
  return { done, total: rows };
}

function textOf(state: Import['state']): string {
  if (state === 'uploading') return i18n.t('import.progress.stay');
  return i18n.t(state === 'checking' ? 'import.progress.dry' : 'import.progress.alone');
}
