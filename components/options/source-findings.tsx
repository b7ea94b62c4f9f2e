import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { SourceCheck } from '../../utils/contract/source.ts';
import { CircleAlert, CircleCheck } from '../ui/icons.ts';
import { localText } from '../ui/language.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import { failureText } from './channel-words.ts';
import styles from './source-row.module.css';

type Findings = SourceCheck['findings'];

/** What works and what is missing, as the system itself was just asked. */
export function SourceFindings({ check }: { check: UseQueryResult<Findings> }) {
  const announce = useAnnounce();
  const { data, error, isFetching } = check;
  useEffect(() => {
    if (isFetching) return;
    if (error) announce(failureText(error));
    else if (data) announce(data.map(({ words }) => localText(words)).join(' '));
  }, [data, error, isFetching, announce]);
  if (isFetching) return <p className={styles.quiet}>{i18n.t('options.sources.checking')}</p>;
  if (error) return <p className={styles.bad}>{failureText(error)}</p>;
  if (!data) return null;
  return (
    <ul className={styles.findings}>
      {data.map(({ ok, words }, index) => (
        <li key={index} className={ok ? styles.good : styles.bad}>
          {ok ? (
            <CircleCheck size={14} role="img" aria-label={i18n.t('options.sources.works')} />
          ) : (
            <CircleAlert size={14} role="img" aria-label={i18n.t('options.sources.lacks')} />
          )}
          <span>{localText(words)}</span>
        </li>
      ))}
    </ul>
  );
}
