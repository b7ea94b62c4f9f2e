import type { ReactNode } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { Agreement, WorkCalendar } from '../../../utils/contract/agreement.ts';
import { weekHours } from '../../../utils/domain/week-hours.ts';
import { Card } from '../../ui/card.tsx';
import { format, localText } from '../../ui/language.ts';
import entries from '../entries.module.css';
import { weekdayName } from '../words.ts';

/** When the teams work: clocks run only then. */
export function AgreementCalendars({
  agreement: { calendars },
  aside,
}: {
  agreement: Agreement;
  aside?: ReactNode;
}) {
  return (
    <Card
      aside={aside}
      anchor="agreement-calendars"
      title={i18n.t('agreement.calendars.title')}
      text={i18n.t('agreement.calendars.text')}
    >
      <ul className={entries.list}>
        {calendars.map(({ id, label, timeZone, hours, holidays, closed }) => (
          <li key={id} className={entries.entry}>
            <h3 className={entries.title}>{localText(label)}</h3>
            <ul>
              {weekHours(hours).map(({ from, to, hours: ranges }) => (
                <li key={from}>
                  {from === to ? weekdayName(from) : `${weekdayName(from)} – ${weekdayName(to)}`}
                  {': '}
                  {ranges.map((range) => `${range.from} – ${range.to}`).join(', ')}
                </li>
              ))}
            </ul>
            <p className={entries.meta}>
              {[timeZone, holidayNames(holidays), closedDays(closed)].filter(Boolean).join(' · ')}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function holidayNames(holidays: WorkCalendar['holidays']): string {
  if (!holidays) return i18n.t('agreement.calendars.noHolidays');
  const { country, state } = holidays;
  const where = format().country(country);
  return i18n.t('agreement.calendars.holidays', { where: state ? `${where} (${state})` : where });
}

const closedDays = (closed: readonly string[]): string | false =>
  closed.length > 0 &&
  i18n.t('agreement.calendars.closed', {
    // In a draft some may be half written.
    days: closed
      .filter((day) => !Number.isNaN(Date.parse(day)))
      .map((day) => format().date(`${day}T12:00:00.000Z`))
      .join(', '),
  });
