import { z } from 'zod';
import { defineConnector, type Finding } from './connector.ts';
import type { MauticIo, MauticSettings } from './mautic/api.ts';
import { readTable } from './mautic/api.ts';
import { pullCampaigns } from './mautic/campaigns.ts';
import { pullConsent } from './mautic/consent.ts';
import { writeFeedback } from './mautic/feedback.ts';
import { pullPeople } from './mautic/people.ts';
import { pullPlanned } from './mautic/planned.ts';
import { pullTouchpoints } from './mautic/touchpoints.ts';
import { webhook } from './mautic/webhook.ts';
import { field } from './settings-field.ts';
import { SourceError } from './source-error.ts';

/** Of every Mautic that a company runs itself; from 2.15 on. */
export const mautic = defineConnector({
  id: 'mautic',
  label: 'Mautic',
  settings: z.object({
    url: field(z.url({ protocol: /^https?$/ }), {
      label: { en: 'Address', de: 'Adresse' },
      help: {
        en: 'Where you open Mautic, without "/s/…".',
        de: 'Wo Sie Mautic öffnen, ohne „/s/…“.',
      },
      placeholder: 'https://mautic.example.com',
    }),
    username: field(z.string().min(1), {
      label: { en: 'User name', de: 'Benutzername' },
      help: {
        en: 'A user of its own, whose role may view all contacts, e-mails, campaigns, forms and files, and may create notes. The API and its basic authentication have to be on: Settings → Configuration → API Settings.',
        de: 'Ein eigener Benutzer, dessen Rolle alle Kontakte, E-Mails, Kampagnen, Formulare und Dateien sehen und Notizen anlegen darf. Die API und ihre Basic-Authentifizierung müssen eingeschaltet sein: Einstellungen → Konfiguration → API-Einstellungen.',
      },
    }),
    password: field(z.string().min(1), { label: { en: 'Password', de: 'Passwort' }, secret: true }),
  }),
  baseUrl: (settings) => `${rootOf(settings)}/api`,
  authorise: ({ username, password }) => ({
    authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
  }),
  tenant: ({ url }) => URL.parse(url)?.host,
  // Mautic has none unless somebody set one; it often shares its server with the company's web pages.
  limits: () => [{ requests: 5, perMs: 1_000 }],
  // Its dates are whole seconds of its own clock, and a contact is dated before it is written.
  overlapMs: 5 * 60_000,
  check,
  pullPeople,
  pullTouchpoints,
  pullCampaigns,
  pullPlanned,
  pullConsent,
  webhook,
  writeFeedback,
  recordUrl: (settings, { type, id }) =>
    type === 'contact' ? `${rootOf(settings)}/s/contacts/view/${encodeURIComponent(id)}` : null,
});

/** Without what people copy along with it. */
function rootOf({ url }: MauticSettings): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/+(?:index\.php\/*)?(?:s(?:\/.*)?)?$/u, '')}`;
}

async function check(io: MauticIo): Promise<Finding[]> {
  const anything = z.unknown();
  const list = (path: string) => io.request(path, { query: { limit: 1, minimal: 1 }, schema: anything });
  return [
    await finding(() => list('/contacts'), {
      what: { en: 'contacts', de: 'Kontakte' },
      right: 'Contacts → View',
    }),
    await finding(() => readTable(io, 'email_stats', { row: z.looseObject({}), where: [], limit: 1 }), {
      what: { en: 'what contacts did and were sent', de: 'was Kontakte taten und erhielten' },
      right: 'Contacts → View others',
    }),
    await finding(() => list('/emails'), { what: { en: 'e-mails', de: 'E-Mails' }, right: 'Emails → View' }),
    await finding(() => list('/campaigns'), {
      what: { en: 'campaigns', de: 'Kampagnen' },
      right: 'Campaigns → View',
    }),
    await finding(() => list('/users'), {
      what: { en: "owners' addresses", de: 'Adressen der Zuständigen' },
      right: 'Users → View',
    }),
  ];
}

/** What may not be read is said with the right that is missing; the rest is for whoever asked. */
async function finding(
  read: () => Promise<unknown>,
  { what, right }: { what: { en: string; de: string }; right: string },
): Promise<Finding> {
  try {
    await read();
    return { ok: true, words: { en: `Can read ${what.en}.`, de: `Lesbar: ${what.de}.` } };
  } catch (error) {
    if (!(error instanceof SourceError) || error.failure !== 'forbidden') throw error;
    return {
      ok: false,
      words: {
        en: `May not read ${what.en}: the user's role needs "${right}".`,
        de: `Nicht lesbar: ${what.de}. Die Rolle des Benutzers braucht „${right}“.`,
      },
    };
  }
}
