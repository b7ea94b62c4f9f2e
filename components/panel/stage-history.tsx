import { i18n } from '../ui/i18n.ts';
import { timeInStages } from '../../utils/domain/time-in-stages.ts';
import facts from '../ui/facts.module.css';
import { ChevronDown } from '../ui/icons.ts';
import { format, localText } from '../ui/language.ts';
import { stageIcons } from '../ui/stage-icons.ts';
import { stageLabel } from '../ui/stage-label.ts';
import { UserName } from '../ui/user-text.tsx';
import { useNow } from '../ui/use-now.ts';
import { useLead } from './lead-scope.ts';
import styles from './stage-history.module.css';
import { byText } from './status.tsx';

/** Every stage so far, the latest first: how long, who brought it there, why, and by which agreement. */
export function StageHistory() {
  const { context, agreement } = useLead();
  const now = useNow();
  const { stageEvents } = context;
  const stays = timeInStages(stageEvents, new Date(now).toISOString()).reverse();
  if (stays.length === 0) return null;
  return (
    <details className={styles.history}>
      <summary className={styles.summary}>
        <h2 className={styles.title}>{i18n.t('history.label')}</h2>
        <span className={styles.count}>{i18n.t('history.summary', stays.length)}</span>
        <ChevronDown size={14} aria-hidden className={styles.chevron} />
      </summary>
      <ol className={styles.stays}>
        {stays.map(({ stage, eventId, from, until, ms }) => {
          const event = stageEvents.find(({ id }) => id === eventId);
          const reason = agreement?.reasons.find(({ id }) => id === event?.reason)?.label;
          const Icon = stageIcons[stage];
          const time = format().span(ms);
          return (
            <li key={eventId} className={styles.stay} data-history={stage}>
              <Icon size={14} aria-hidden className={styles.icon} />
              <div className={styles.body}>
                <p className={styles.head}>
                  <span className={styles.stage}>
                    <UserName text={stageLabel(stage, agreement)} />
                  </span>
                  <span>{i18n.t(until === null ? 'history.now' : 'history.stay', { time })}</span>
                </p>
                <p className={facts.facts}>
                  <time dateTime={from} title={format().moment(from)}>
                    {i18n.t('status.since', { date: format().date(from) })}
                  </time>
                  {event && <span>{byText(event.by)}</span>}
                  {event?.reason !== undefined && (
                    <span>
                      <UserName text={reason ? localText(reason) : event.reason} />
                    </span>
                  )}
                  {event && event.kind !== 'move' && <span>{i18n.t(`history.${event.kind}`)}</span>}
                  {event && <span>{i18n.t('status.version', { version: event.agreementVersion })}</span>}
                </p>
              </div>
            </li>
          );
        })}
      </ol>
    </details>
  );
}
