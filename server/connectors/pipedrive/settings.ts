import { z } from 'zod';
import { field } from '../settings-field.ts';

export const Settings = z.object({
  company: field(
    z.string().regex(/^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/, 'must be the first part of the address'),
    {
      label: { en: 'Company domain', de: 'Unternehmensdomain' },
      help: {
        en: 'What stands before “.pipedrive.com” in the address of your Pipedrive.',
        de: 'Was in der Adresse Ihres Pipedrive vor „.pipedrive.com“ steht.',
      },
      placeholder: 'acme',
    },
  ),
  apiToken: field(z.string().min(1).optional(), {
    label: { en: 'API token', de: 'API-Token' },
    help: {
      en: 'In Pipedrive: your picture → Personal preferences → API. The hub sees what the user sees whose token it is: take that of an administrator. Leave it empty to sign in by OAuth instead.',
      de: 'In Pipedrive: Ihr Bild → Persönliche Einstellungen → API. Der Hub sieht, was der Benutzer sieht, dessen Token es ist: Nehmen Sie das eines Administrators. Leer lassen, um sich stattdessen mit OAuth anzumelden.',
    },
    secret: true,
  }),
  clientId: field(z.string().min(1).optional(), {
    label: { en: 'Client ID (OAuth only)', de: 'Client-ID (nur für OAuth)' },
    help: {
      en: 'Of your own private app in Pipedrive’s Developer Hub, with the scopes contacts:full, deals:read, leads:read, activities:read and users:read. Leave it empty when you use an API token.',
      de: 'Ihrer eigenen privaten App im Developer Hub von Pipedrive, mit den Bereichen contacts:full, deals:read, leads:read, activities:read und users:read. Leer lassen, wenn Sie einen API-Token verwenden.',
    },
  }),
  clientSecret: field(z.string().min(1).optional(), {
    label: { en: 'Client secret (OAuth only)', de: 'Client-Geheimnis (nur für OAuth)' },
    help: { en: 'Of the same app.', de: 'Derselben App.' },
    secret: true,
  }),
});
export type Settings = z.infer<typeof Settings>;
