import { Temporal } from 'temporal-polyfill';

const MONDAY = 1;
const HOUR = 8;

/**
 * The Monday (`2026-11-23`) whose weekly mail is to go out now: from its morning on, for a day. Null at other times: a
 * hub that was away for longer leaves that week out.
 */
export function digestWeek(now: Date, timeZone: string): string | null {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  const begun = local.subtract({ hours: HOUR });
  return begun.dayOfWeek === MONDAY ? begun.toPlainDate().toString() : null;
}
