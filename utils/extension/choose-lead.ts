import type { LeadOnPage } from './messages.ts';

/**
 * Which lead the panel shows first, as its key: the only one there is, else the only one who wrote or
 * whose record this is.
 * Null when that is not certain: the panel then asks instead of guessing.
 */
export function chooseLead(leads: readonly LeadOnPage[]): string | null {
  const meant = leads.filter(({ role }) => role === 'sender' || role === 'record');
  const [first, ...others] = leads.length === 1 ? leads : meant;
  return first !== undefined && others.length === 0 && first.uncertain !== true ? first.key : null;
}
