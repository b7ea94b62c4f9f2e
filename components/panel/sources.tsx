import { i18n } from '../ui/i18n.ts';
import type { SourceStatus } from '../../utils/contract/lead-context.ts';
import { Ago } from '../ui/ago.tsx';
import { Check, TriangleAlert } from '../ui/icons.ts';
import { format, localText } from '../ui/language.ts';
import { UserName, UserText } from '../ui/user-text.tsx';
import styles from './sources.module.css';

/** Where all this comes from, and how fresh each source is; a silent one says why. */
export function Sources({ sources, asOf }: { sources: readonly SourceStatus[]; asOf: string }) {
  return (
    <footer className={styles.footer}>
      <h2 className={styles.title}>{i18n.t('sources.label')}</h2>
      <ul className={styles.sources}>
        {sources.map(({ system, label, lastSuccessAt, problem }) => (
          <li key={system} className={styles.source} data-problem={problem !== undefined}>
            {problem === undefined ? (
              <Check size={12} aria-hidden />
            ) : (
              <TriangleAlert size={12} aria-hidden />
            )}
            <span className={styles.name}>
              <UserName text={label} />
            </span>
            <span>{lastSuccessAt ? <Ago at={lastSuccessAt} /> : i18n.t('sources.never')}</span>
            {problem !== undefined && (
              <div className={styles.problem}>
                <UserText text={typeof problem === 'string' ? problem : localText(problem)} lines={3} />
              </div>
            )}
          </li>
        ))}
      </ul>
      <p className={styles.asOf}>
        <time dateTime={asOf} title={format().moment(asOf)}>
          {i18n.t('sources.asOf', { time: format().time(asOf) })}
        </time>
      </p>
    </footer>
  );
}
