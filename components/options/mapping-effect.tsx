import type { UseQueryResult } from '@tanstack/react-query';
import { i18n } from '../ui/i18n.ts';
import type { MappingPreview } from '../../utils/contract/source.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { MoveRight } from '../ui/icons.ts';
import { format } from '../ui/language.ts';
import { UserName } from '../ui/user-text.tsx';
import { failureText } from './channel-words.ts';
import styles from './status-mapping.module.css';

interface Props {
  preview: UseQueryResult<MappingPreview>;
  nameOf: (stage: Stage) => string;
}

/** Whom a mapping would move, before it is saved: how many, and a few of them by name. */
export function MappingEffect({ preview: { data, error, isFetching }, nameOf }: Props) {
  return (
    <section className={styles.effect} aria-busy={isFetching} aria-live="polite">
      <h4 className={styles.title}>{i18n.t('options.sources.effect')}</h4>
      {error && <p className={styles.bad}>{failureText(error)}</p>}
      {!error && !data && <p>{i18n.t('options.sources.asking')}</p>}
      {!error && data && (
        <>
          {data.moves.length === 0 && <p>{i18n.t('options.sources.movesNobody')}</p>}
          <ul>
            {data.moves.map(({ from, to, people }) => (
              <li key={`${from} ${to}`}>
                {i18n.t('options.sources.moves', people, [format().number(people)])}{' '}
                <Move from={nameOf(from)} to={nameOf(to)} />
              </li>
            ))}
          </ul>
          {data.examples.length > 0 && (
            <>
              <h5 className={styles.quiet}>{i18n.t('options.sources.examples')}</h5>
              <ul className={styles.examples}>
                {data.examples.map(({ personId, name, status, from, to }) => (
                  <li key={personId}>
                    <UserName text={name} /> <span className={styles.quiet}>({status})</span>{' '}
                    <Move from={nameOf(from)} to={nameOf(to)} />
                  </li>
                ))}
              </ul>
            </>
          )}
          {data.unmapped > 0 && (
            <p className={styles.quiet}>{i18n.t('options.sources.stillUnmapped', data.unmapped)}</p>
          )}
        </>
      )}
    </section>
  );
}

function Move({ from, to }: { from: string; to: string }) {
  return (
    <span className={styles.move}>
      {from}
      <MoveRight size={14} role="img" aria-label={i18n.t('options.sources.to')} />
      {to}
    </span>
  );
}
