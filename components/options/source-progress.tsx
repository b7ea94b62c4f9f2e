import { useId } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { PullProgress, Source } from '../../utils/contract/source.ts';
import facts from '../ui/facts.module.css';
import { format } from '../ui/language.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { UserText } from '../ui/user-text.tsx';
import styles from './source-progress.module.css';
import { stateWords } from './source-words.ts';

/** How much was brought in: a bar for each kind while history comes in, afterwards one line. */
export function SourceProgress({ source }: { source: Source }) {
  const { progress } = source;
  const history = progress.filter(({ lane }) => lane === 'history');
  const isOpen = history.some(({ finishedAt }) => finishedAt === undefined);
  const recent = progress.filter(
    ({ lane, finishedAt, items }) => lane === 'recent' && !finishedAt && items > 0,
  );
  return (
    <>
      {isOpen && (
        <ul className={styles.pulls}>
          {history.map((pull) => (
            <PullBar key={pull.pull} progress={pull} />
          ))}
        </ul>
      )}
      {!isOpen && history.length > 0 && (
        <Amounts text={i18n.t('options.sources.broughtIn')} pulls={history} />
      )}
      {recent.length > 0 && <Amounts text={i18n.t('options.sources.changes')} pulls={recent} />}
      {progress
        .filter(({ skipped }) => skipped > 0)
        .map((pull) => (
          <Skipped key={`${pull.pull} ${pull.lane}`} progress={pull} />
        ))}
      {/* Figures that change all the time are not for ears: what ends is said, once. */}
      <p className="visually-hidden" aria-live="polite">
        {`${source.label}: ${[stateWords(source), ...(isOpen ? finished(history) : [])].join(' ')}`}
      </p>
    </>
  );
}

const finished = (pulls: readonly PullProgress[]) =>
  pulls
    .filter(({ finishedAt }) => finishedAt !== undefined)
    .map(({ pull }) => i18n.t('options.sources.finished', { pull: pullName(pull) }));

function PullBar({ progress: { pull, items, total, finishedAt } }: { progress: PullProgress }) {
  const id = useId();
  const { number } = format();
  const share = finishedAt !== undefined ? 1 : total ? Math.min(1, items / total) : null;
  const amount =
    total === undefined || finishedAt !== undefined
      ? number(items)
      : i18n.t('options.sources.of', { items: number(items), total: number(Math.max(items, total)) });
  return (
    <li className={styles.pull} data-pull={pull}>
      <span id={id}>{pullName(pull)}</span>
      <ProgressBar labelledBy={id} share={share} />
      <span className={styles.amount}>{amount}</span>
    </li>
  );
}

function Amounts({ text, pulls }: { text: string; pulls: readonly PullProgress[] }) {
  return (
    <p className={facts.facts}>
      <span>{text}</span>
      {pulls.map(({ pull, items }) => (
        <span key={pull}>
          {i18n.t('options.sources.amount', { pull: pullName(pull), items: format().number(items) })}
        </span>
      ))}
    </p>
  );
}

function Skipped({ progress: { pull, skipped, lastProblem } }: { progress: PullProgress }) {
  return (
    <div className={styles.skipped}>
      <p>{i18n.t('options.sources.skipped', { pull: pullName(pull), items: format().number(skipped) })}</p>
      {lastProblem !== undefined && <UserText text={lastProblem} lines={2} />}
    </div>
  );
}

const pullName = (pull: PullProgress['pull']) => i18n.t(`options.sources.pull.${pull}`);
