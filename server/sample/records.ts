import type { ExternalId } from '../../utils/contract/primitives.ts';

/** A contact of the sample's marketing automation. */
export const mauticContact = (id: string): ExternalId => ({
  system: 'mautic',
  tenant: 'mautic.nordlicht.example',
  type: 'contact',
  id,
});

/** A lead of the sample's CRM. */
export const espocrmLead = (id: string): ExternalId => ({
  system: 'espocrm',
  tenant: 'crm.nordlicht.example',
  type: 'Lead',
  id,
});
