import type { Agreement } from '../contract/agreement.ts';
import { DAY_MS } from './instants.ts';
/** So long before its end both teams hear of it. */
const SOON_MS = 30 * DAY_MS;

/** Whether an agreement has to be renewed; null while there is time. */
export function renewalDue(
  { validUntil }: Pick<Agreement, 'validUntil'>,
  now: number,
): 'soon' | 'ended' | null {
  const left = Date.parse(validUntil) - now;
  if (left <= 0) return 'ended';
  return left <= SOON_MS ? 'soon' : null;
}

/** The end to propose: a year after the present one, or after now where that has passed. */
export function nextEnd({ validUntil }: Pick<Agreement, 'validUntil'>, now: number): string {
  const end = new Date(Math.max(Date.parse(validUntil), now));
  end.setUTCFullYear(end.getUTCFullYear() + 1);
  return end.toISOString();
}
