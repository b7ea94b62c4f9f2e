import { i18n } from '../ui/i18n.ts';
import type { Source } from '../../utils/contract/source.ts';
import { Ago } from '../ui/ago.tsx';
import facts from '../ui/facts.module.css';
import { format } from '../ui/language.ts';
import { useNow } from '../ui/use-now.ts';

/** When it last worked, how far back it goes, and when it goes on. */
export function SourceFacts({ source }: { source: Source }) {
  const now = useNow();
  const { state, enabled, lastSuccessAt, completeSince, nextRunAt } = source;
  // What begins within the next seconds needs no time.
  const isLater = nextRunAt !== undefined && Date.parse(nextRunAt) > now;
  return (
    <p className={facts.facts}>
      {lastSuccessAt ? (
        <span>
          {i18n.t('options.sources.lastSuccess')} <Ago at={lastSuccessAt} />
        </span>
      ) : (
        // At the first sync there is nothing to reproach it with.
        !['new', 'syncing'].includes(state) && <span>{i18n.t('options.sources.never')}</span>
      )}
      {(lastSuccessAt ?? state === 'syncing') && (
        <span>
          {completeSince
            ? i18n.t('options.sources.complete', { date: format().date(completeSince) })
            : i18n.t('options.sources.incompleteHistory')}
        </span>
      )}
      {enabled && isLater && (
        <span>{i18n.t('options.sources.next', { time: format().when(nextRunAt, now) })}</span>
      )}
    </p>
  );
}
