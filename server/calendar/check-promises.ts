import type { AgreementDocument } from '../../utils/contract/agreement.ts';
import { addWorkingTime, NoWorkingTimeError } from '../../utils/domain/working-time.ts';
import { checkCalendar, type Issue, workingDays } from './holidays.ts';

/** Which promises no clock could count, because their calendar holds too little working time. */
export function checkPromises(
  { calendars, sla }: Pick<AgreementDocument, 'calendars' | 'sla'>,
  now: Date,
): Issue[] {
  const used = [...new Set(sla.rules.map(({ calendar }) => calendar))];
  const promises = [
    ...sla.rules.flatMap(({ calendar, assignWithin, respondWithin }, index) => [
      { path: ['sla', 'rules', index, 'assignWithin'], calendar, minutes: assignWithin },
      { path: ['sla', 'rules', index, 'respondWithin'], calendar, minutes: respondWithin },
    ]),
    ...sla.escalation.flatMap(({ after }, step) =>
      used.map((calendar) => ({ path: ['sla', 'escalation', step, 'after'], calendar, minutes: after })),
    ),
    { path: ['sla', 'answerWithin'], calendar: sla.answerCalendar, minutes: sla.answerWithin },
  ];
  return promises.flatMap(({ path, calendar: id, minutes }) => {
    const calendar = calendars.find((each) => each.id === id);
    if (!calendar || checkCalendar(calendar).length > 0) return [];
    try {
      // Twice, because holidays and pauses to come may take some of it away.
      addWorkingTime(workingDays(calendar), now.getTime(), 2 * minutes);
      return [];
    } catch (error) {
      if (!(error instanceof NoWorkingTimeError)) throw error;
      return [{ path, message: `is more than the calendar ${id} can hold` }];
    }
  });
}
