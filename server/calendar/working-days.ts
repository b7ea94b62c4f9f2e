import type { WorkCalendar } from '../../utils/contract/agreement.ts';
import type { WorkingDays } from '../../utils/domain/working-time.ts';
import { holidaysOf } from './holidays.ts';

/** A calendar of the agreement with its public holidays looked up. */
export function workingDays({ timeZone, hours, holidays, closed }: WorkCalendar): WorkingDays {
  const closedDays = new Set(closed);
  const isFree = (day: string) =>
    closedDays.has(day) || (holidays !== undefined && holidaysOf(holidays, Number(day.slice(0, 4))).has(day));
  return { timeZone, hours, isFree };
}
