import type { AgreementDocument } from '../../utils/contract/agreement.ts';
import type { Clock } from '../../utils/contract/hand-over.ts';
import { startClock, stopClock } from '../../utils/domain/sla-clock.ts';
import { NoWorkingTimeError, type WorkingDays } from '../../utils/domain/working-time.ts';
import { workingDays } from '../calendar/holidays.ts';

type Promised = Pick<AgreementDocument, 'sla' | 'calendars'>;

/** The clock of an answer to what came in then; null where the calendar holds too little time to promise anything. */
export function promiseAnswer(agreed: Promised, at: Date): Clock | null {
  const days = answerDays(agreed);
  if (!days) return null;
  try {
    return startClock(days, at, agreed.sla.answerWithin, []);
  } catch (error) {
    // No click is lost because an agreement has run out of working days.
    if (error instanceof NoWorkingTimeError) return null;
    throw error;
  }
}

/** The same clock, stopped by an answer; `agreed` is what it was promised by, null where this hub cannot read it. */
export function stopAnswer(clock: Clock, agreed: Promised | null, at: Date): Clock {
  const days = agreed && answerDays(agreed);
  return days ? stopClock(days, clock, at, []) : { ...clock, stoppedAt: at.toISOString() };
}

function answerDays({ sla, calendars }: Promised): WorkingDays | undefined {
  const calendar = calendars.find(({ id }) => id === sla.answerCalendar);
  return calendar && workingDays(calendar);
}
