import { z } from 'zod';
import { defineConnector, type Finding } from './connector.ts';
import type { BrevoIo } from './brevo/api.ts';
import { pullCampaigns } from './brevo/campaigns.ts';
import { writeFeedback } from './brevo/feedback.ts';
import { pullPeople } from './brevo/people.ts';
import { pullPlanned } from './brevo/planned.ts';
import { pullTouchpoints } from './brevo/touchpoints.ts';
import { webhook } from './brevo/webhook.ts';
import { field } from './settings-field.ts';

const HOUR_MS = 3_600_000;
/** Of lists of contacts and what campaigns did with each. */
const isAboutContacts = (path: string) => path.startsWith('/v3/contacts');

export const brevo = defineConnector({
  id: 'brevo',
  label: 'Brevo',
  settings: z.object({
    apiKey: field(z.string().min(1), {
      label: { en: 'API key', de: 'API-Schlüssel' },
      help: {
        en: 'In Brevo: Settings → SMTP & API → API keys. Where keys are bound to addresses, add that of the hub.',
        de: 'In Brevo: Einstellungen → SMTP & API → API-Schlüssel. Wo Schlüssel an Adressen gebunden sind, fügen Sie die des Hubs hinzu.',
      },
      secret: true,
      placeholder: 'xkeysib-…',
    }),
    statusAttribute: field(z.string().optional(), {
      label: { en: 'Attribute with the status', de: 'Attribut mit dem Status' },
      help: {
        en: 'Brevo has no status of its own. The name of the contact attribute in which you keep one, if you do.',
        de: 'Brevo kennt keinen eigenen Status. Der Name des Kontaktattributs, in dem Sie einen führen, falls Sie das tun.',
      },
      placeholder: 'LIFECYCLE',
    }),
  }),
  baseUrl: () => 'https://api.brevo.com/v3',
  authorise: ({ apiKey }) => ({ 'api-key': apiKey }),
  // Its pages say nothing of the account.
  tenant: () => undefined,
  // The general tier, https://developers.brevo.com/docs/api-limits, 2026-11.
  limits: () => [
    { requests: 10, perMs: 1_000, applies: isAboutContacts },
    { requests: 36_000, perMs: HOUR_MS, applies: isAboutContacts },
    { requests: 100, perMs: HOUR_MS, applies: (path) => !isAboutContacts(path) },
  ],
  // It says nothing of how soon a change is shown.
  overlapMs: 10 * 60_000,
  check,
  pullPeople,
  pullTouchpoints,
  pullCampaigns,
  pullPlanned,
  webhook,
  writeFeedback,
  recordUrl: (_settings, { type, id }) =>
    type === 'contact' ? `https://app.brevo.com/contact/index/${encodeURIComponent(id)}` : null,
});

async function check(io: BrevoIo): Promise<Finding[]> {
  const { body } = await io.request('/contacts', {
    query: { limit: 1 },
    schema: z.object({ count: z.number() }),
  });
  return [
    {
      ok: true,
      words: {
        en: `Can read contacts: there are ${body.count.toLocaleString('en')}.`,
        de: `Lesbar: ${body.count.toLocaleString('de')} Kontakte.`,
      },
    },
    await statusFinding(io),
    await webhookFinding(io),
  ].filter((finding) => finding !== null);
}

/** Whether the attribute with the status is one of the account's; null: none is named. */
async function statusFinding(io: BrevoIo): Promise<Finding | null> {
  const { statusAttribute } = io.settings;
  if (!statusAttribute) return null;
  const { body } = await io.request('/contacts/attributes', {
    schema: z.object({ attributes: z.array(z.object({ name: z.string() })) }),
  });
  const ok = body.attributes.some(({ name }) => name === statusAttribute);
  return {
    ok,
    words: ok
      ? {
          en: `The status is read from ${statusAttribute}.`,
          de: `Der Status wird aus ${statusAttribute} gelesen.`,
        }
      : {
          en: `Contacts have no attribute ${statusAttribute}: names are in capitals, as under Contacts → Settings.`,
          de: `Kontakte haben kein Attribut ${statusAttribute}: Namen stehen in Großbuchstaben wie unter Kontakte → Einstellungen.`,
        },
  };
}

/** What campaigns do after the history was read comes by webhook only. */
async function webhookFinding(io: BrevoIo): Promise<Finding> {
  const { body } = await io.request('/webhooks', {
    query: { type: 'marketing' },
    // So Brevo says that there are none.
    accept: [404],
    schema: z.object({ webhooks: z.array(z.object({ url: z.string() })).default([]) }),
  });
  const ok = body.webhooks.some(({ url }) => url.includes('/webhooks/brevo'));
  return {
    ok,
    words: ok
      ? { en: 'Brevo tells of what campaigns do.', de: 'Brevo meldet, was Kampagnen bewirken.' }
      : {
          en: 'Brevo does not tell of what campaigns do yet: add the webhook that is described below.',
          de: 'Brevo meldet noch nicht, was Kampagnen bewirken: Fügen Sie den unten beschriebenen Webhook hinzu.',
        },
  };
}
