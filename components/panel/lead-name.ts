import { i18n } from '../ui/i18n.ts';
import type { LeadOnPage } from '../../utils/extension/messages.ts';

/** What to call a lead before the hub's answer: a record may be on a page without name and address. */
export const leadName = ({ name, email }: Pick<LeadOnPage, 'name' | 'email'>): string =>
  name ?? email ?? i18n.t('chooser.noName');
