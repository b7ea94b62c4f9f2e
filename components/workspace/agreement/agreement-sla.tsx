import type { ReactNode } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { Agreement } from '../../../utils/contract/agreement.ts';
import { Card } from '../../ui/card.tsx';
import { format, localText } from '../../ui/language.ts';
import { CriterionWords } from './criterion-words.tsx';
import entries from '../entries.module.css';

const workingTime = (minutes: number) => format().duration(minutes * 60_000);

/** How fast both sides promise to be, and what happens when one is not. */
export function AgreementSla({
  agreement: { sla, calendars },
  aside,
}: {
  agreement: Agreement;
  aside?: ReactNode;
}) {
  const calendarName = (id: string) => {
    const calendar = calendars.find((known) => known.id === id);
    return calendar ? localText(calendar.label) : id;
  };
  return (
    <Card
      aside={aside}
      anchor="agreement-sla"
      title={i18n.t('agreement.sla.title')}
      text={i18n.t('agreement.sla.text')}
    >
      <ol className={entries.list}>
        {sla.rules.map(({ id, label, when, calendar, assignWithin, respondWithin }) => (
          <li key={id} className={entries.entry}>
            <h3 className={entries.title}>{localText(label)}</h3>
            <p>
              {i18n.t('agreement.sla.rule', {
                assign: workingTime(assignWithin),
                respond: workingTime(respondWithin),
              })}
            </p>
            {when && <CriterionWords criterion={when} />}
            <p className={entries.meta}>
              {i18n.t('agreement.sla.calendar', { name: calendarName(calendar) })}
            </p>
          </li>
        ))}
        <li className={entries.entry}>
          <h3 className={entries.title}>{i18n.t('agreement.sla.late')}</h3>
          <ul>
            {sla.escalation.map(({ after, to }) => (
              <li key={`${to} ${after}`}>
                {after === 0
                  ? i18n.t(`agreement.sla.atOnce.${to}`)
                  : i18n.t(`agreement.sla.after.${to}`, { time: workingTime(after) })}
              </li>
            ))}
          </ul>
        </li>
        <li className={entries.entry}>
          <h3 className={entries.title}>{i18n.t('agreement.sla.pauses')}</h3>
          <ul>
            {sla.pauseReasons.map(({ id, label }) => (
              <li key={id}>{localText(label)}</li>
            ))}
          </ul>
          <p className={entries.meta}>
            {i18n.t('agreement.sla.longestPause', { days: format().number(sla.longestPauseDays) })}
          </p>
        </li>
        <li className={entries.entry}>
          <h3 className={entries.title}>{i18n.t('agreement.sla.answer')}</h3>
          <p>{i18n.t('agreement.sla.answerText', { time: workingTime(sla.answerWithin) })}</p>
          <p className={entries.meta}>
            {i18n.t('agreement.sla.calendar', { name: calendarName(sla.answerCalendar) })}
          </p>
        </li>
      </ol>
    </Card>
  );
}
