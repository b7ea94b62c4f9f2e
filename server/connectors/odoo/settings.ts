import { z } from 'zod';
import { field } from '../settings-field.ts';

export const OdooSettings = z.object({
  url: field(z.url({ protocol: /^https?$/ }).max(2_000), {
    label: { en: 'Address', de: 'Adresse' },
    help: {
      en: 'As you open Odoo in the browser.',
      de: 'So, wie Sie Odoo im Browser öffnen.',
    },
    placeholder: 'https://nordlicht.odoo.com',
  }),
  apiKey: field(z.string().trim().min(1).max(500), {
    label: { en: 'API key', de: 'API-Schlüssel' },
    help: {
      en: 'In Odoo: your picture → My Preferences → Security → Add API Key. It may do what its user may do.',
      de: 'In Odoo: Ihr Bild → Meine Einstellungen → Sicherheit → API-Schlüssel hinzufügen. Er darf, was sein Benutzer darf.',
    },
    secret: true,
  }),
  database: field(z.string().trim().max(200).optional(), {
    label: { en: 'Database', de: 'Datenbank' },
    help: {
      en: 'Only if there are several at this address, or Odoo is older than version 19.',
      de: 'Nur wenn es an dieser Adresse mehrere gibt oder Odoo älter ist als Version 19.',
    },
  }),
  login: field(z.string().trim().max(320).optional(), {
    label: { en: 'User', de: 'Benutzer' },
    help: {
      en: 'The key’s user, as they sign in. Only if Odoo is older than version 19.',
      de: 'Der Benutzer des Schlüssels, wie er sich anmeldet. Nur wenn Odoo älter ist als Version 19.',
    },
  }),
  mailings: field(z.boolean().default(true), {
    label: { en: 'Mailings and consent', de: 'Mailings und Einwilligungen' },
    help: {
      en: 'Needs the right “Email Marketing: User”.',
      de: 'Braucht das Recht „E-Mail-Marketing: Benutzer“.',
    },
  }),
  events: field(z.boolean().default(true), {
    label: { en: 'Events and who came', de: 'Veranstaltungen und wer kam' },
    help: {
      en: 'Needs the right “Events: Registration Desk”.',
      de: 'Braucht das Recht „Veranstaltungen: Anmeldeschalter“.',
    },
  }),
  meetings: field(z.boolean().default(true), {
    label: { en: 'Calls and meetings', de: 'Anrufe und Treffen' },
    help: {
      en: 'Those that sales has marked as done, or that are in the calendar.',
      de: 'Die, die der Vertrieb als erledigt markiert hat oder die im Kalender stehen.',
    },
  }),
  feedbackTag: field(z.string().trim().max(200).optional(), {
    label: { en: 'Tag for judged leads', de: 'Stichwort für beurteilte Leads' },
    help: {
      en: 'Leads that sales has judged get this tag in Odoo. Empty: none.',
      de: 'Leads, die der Vertrieb beurteilt hat, erhalten in Odoo dieses Stichwort. Leer: keines.',
    },
  }),
  returnedStage: field(z.string().trim().max(200).optional(), {
    label: { en: 'Stage for returned leads', de: 'Phase für zurückgegebene Leads' },
    help: {
      en: 'Leads that sales returns move to this stage in Odoo, by its name. Empty: they stay where they are.',
      de: 'Leads, die der Vertrieb zurückgibt, kommen in Odoo in die Phase dieses Namens. Leer: sie bleiben, wo sie sind.',
    },
  }),
});
export type OdooSettings = z.infer<typeof OdooSettings>;
