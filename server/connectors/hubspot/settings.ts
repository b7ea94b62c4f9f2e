import { z } from 'zod';
import type { SourceIo } from '../connector.ts';
import { field } from '../settings-field.ts';

/**
 * For administrators, shown as the help texts of the form: HubSpot lets the hub in either by the access token of a
 * private app, which is the shorter way, or by an app with OAuth. Both need the same scopes, named below; what a plan
 * does not include is left out, and the check of the settings says so.
 */
export const Settings = z.object({
  portalId: field(z.string().regex(/^\d{1,20}$/, 'must be a number'), {
    label: { en: 'Hub ID', de: 'Hub-ID' },
    help: {
      en: 'The number in the address of any record, after “/contacts/”. By it Tandem knows your records from those of other accounts.',
      de: 'Die Zahl in der Adresse jedes Datensatzes, hinter „/contacts/“. An ihr erkennt Tandem Ihre Datensätze.',
    },
    placeholder: '12345678',
  }),
  accessToken: field(z.string().min(1).optional(), {
    label: { en: 'Access token of a private app', de: 'Zugriffstoken einer privaten App' },
    help: {
      en: 'A super admin makes the app in HubSpot: Settings → Integrations → Private apps. Scopes: crm.objects.contacts.read and .write, crm.objects.owners.read, crm.schemas.contacts.read, crm.lists.read, crm.objects.marketing_events.read, marketing.campaigns.read, content, forms, communication_preferences.statuses.batch.read. Leave it empty to sign in by OAuth instead.',
      de: 'Ein Super-Admin legt die App in HubSpot an: Einstellungen → Integrationen → Private Apps. Bereiche: crm.objects.contacts.read und .write, crm.objects.owners.read, crm.schemas.contacts.read, crm.lists.read, crm.objects.marketing_events.read, marketing.campaigns.read, content, forms, communication_preferences.statuses.batch.read. Leer lassen, um sich stattdessen mit OAuth anzumelden.',
    },
    secret: true,
    placeholder: 'pat-eu1-…',
  }),
  clientId: field(z.string().min(1).optional(), {
    label: { en: 'Client ID (OAuth only)', de: 'Client-ID (nur für OAuth)' },
    help: {
      en: 'Of your own app in a HubSpot developer account. Leave it empty when you use a private app.',
      de: 'Ihrer eigenen App in einem HubSpot-Entwicklerkonto. Leer lassen, wenn Sie eine private App verwenden.',
    },
  }),
  clientSecret: field(z.string().min(1).optional(), {
    label: { en: 'Client secret', de: 'Client-Geheimnis' },
    help: {
      en: 'Of the same app, private or not. HubSpot signs its webhooks with it; without webhooks a private app needs none.',
      de: 'Derselben App, ob privat oder nicht. HubSpot unterschreibt damit seine Webhooks; ohne Webhooks braucht eine private App keines.',
    },
    secret: true,
  }),
});
export type Settings = z.infer<typeof Settings>;
export type Io = SourceIo<Settings>;
