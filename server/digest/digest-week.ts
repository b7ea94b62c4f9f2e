import { Temporal } from 'temporal-polyfill';
import type { Agreement } from '../../utils/contract/agreement.ts';

const MONDAY = 1;
const HOUR = 8;

/** The week as `digestWeek` has it, in the time zone of the calendar that the agreement names for answers. */
export function agreedDigestWeek(
  { calendars, sla }: Pick<Agreement, 'calendars' | 'sla'>,
  now: Date,
): string | null {
  const calendar = calendars.find(({ id }) => id === sla.answerCalendar);
  return digestWeek(now, calendar?.timeZone ?? 'UTC');
}

/**
 * The Monday (`2026-11-23`) whose weekly summaries are to go out now: from its morning on, for a day. Null at other
 * times: a hub that was away for longer leaves that week out.
 */
export function digestWeek(now: Date, timeZone: string): string | null {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  const begun = local.subtract({ hours: HOUR });
  return begun.dayOfWeek === MONDAY ? begun.toPlainDate().toString() : null;
}
