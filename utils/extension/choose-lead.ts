import type { LeadOnPage } from './messages.ts';

/**
 * Which lead the panel shows first, as its key: the only one there is, else the only one who wrote.
 * Null when that is not certain: the panel then asks instead of guessing.
 */
export function chooseLead(leads: readonly LeadOnPage[]): string | null {
  const writers = leads.filter((lead) => lead.role === 'sender');
  const [first, ...others] = leads.length === 1 ? leads : writers;
  return first !== undefined && others.length === 0 && first.uncertain !== true ? first.key : null;
}
