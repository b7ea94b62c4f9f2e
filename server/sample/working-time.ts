import { workingTime } from '../../utils/domain/working-time.ts';
import { workingDays } from '../calendar/holidays.ts';
import { defaultAgreement } from '../../utils/domain/default-agreement.ts';

const HOUR = 3_600_000;

/** One working day of the default agreement, in milliseconds of working time. */
export const DAY = 8 * HOUR;
/** One minute. */
export const MINUTE = 60_000;

/** As far back as the sample goes, with room to spare. */
const REACH = 900 * 24 * HOUR;

/**
 * Turns ages into moments. Nobody phones on a Sunday night, so the sample counts in the office hours of the
 * agreement it is judged by; order and distances stay what they are, and a clock finds the time the story tells.
 * Negative ages lie ahead.
 */
export function officeTime(now: Date): (age: number) => Date {
  const [calendar] = defaultAgreement(now).calendars;
  if (calendar === undefined) throw new Error('The default agreement has no calendar.');
  const starts: { from: number; position: number }[] = [];
  let position = 0;
  let present = 0;
  for (const { from, to } of workingTime(workingDays(calendar), now.getTime() - REACH)) {
    starts.push({ from, position });
    present += Math.max(0, Math.min(to, now.getTime()) - from);
    position += to - from;
  }
  return (age) => {
    const wanted = present - age;
    const start = starts[search(starts, wanted)];
    if (start === undefined || wanted < 0) throw new RangeError(`nothing is ${age} ms of working time old`);
    return new Date(Math.floor(start.from + wanted - start.position));
  };
}

/** The last of them that begins at or before `wanted`. */
function search(starts: readonly { position: number }[], wanted: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle]?.position ?? Infinity) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
