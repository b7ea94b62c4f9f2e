import { z } from 'zod';
import type { PullName } from '../../../utils/contract/source.ts';
import { equalSecrets } from '../equal-secrets.ts';
import { SourceError } from '../source-error.ts';
import type { Webhook, WebhookRequest } from '../webhook.ts';
import type { Settings } from './settings.ts';

const USER = 'tandem';

/** Of a webhook of version 2, which is the only one that can still be added. */
const Event = z.object({
  meta: z.object({ id: z.string(), entity: z.string(), host: z.string().nullish() }),
});

const PULLS: Partial<Record<string, readonly PullName[]>> = {
  person: ['people'],
  deal: ['people'],
  lead: ['people', 'touchpoints'],
  activity: ['touchpoints'],
};

export const webhook: Webhook<Settings> = {
  // Pipedrive signs nothing: what proves the sender is the password that was entered there.
  verify: ({ headers }, { secret }) =>
    secret !== '' && equalSecrets(headers.get('authorization') ?? '', `Basic ${basic(secret)}`),
  // The same in every attempt to deliver it.
  replayKey: (request) => eventOf(request)?.meta.id ?? null,
  read(request, { company }) {
    const event = eventOf(request);
    if (!event) throw new SourceError('unreadable', { detail: 'webhook' });
    const { entity, host } = event.meta;
    const pulls = host == null || host === `${company}.pipedrive.com` ? PULLS[entity] : undefined;
    return pulls ? { pull: [...pulls] } : {};
  },
  instructions: {
    en: `In Pipedrive, open Settings → Tools and apps → Webhooks → Create new webhook. Enter the address as endpoint URL, “${USER}” as HTTP Auth username and the secret as HTTP Auth password, and choose all actions. Add one each for the objects person, lead, deal and activity, or a single one for all objects. Choose an administrator as permission level.`,
    de: `Öffnen Sie in Pipedrive Einstellungen → Tools und Apps → Webhooks → Neuen Webhook erstellen. Tragen Sie die Adresse als Endpunkt-URL ein, „${USER}“ als HTTP-Auth-Benutzername und das Geheimnis als HTTP-Auth-Passwort, und wählen Sie alle Aktionen. Legen Sie je einen für die Objekte Person, Lead, Deal und Aktivität an oder einen einzigen für alle Objekte. Wählen Sie als Berechtigungsstufe einen Administrator.`,
  },
};

const basic = (secret: string): string => Buffer.from(`${USER}:${secret}`).toString('base64');

function eventOf({ body }: WebhookRequest): z.output<typeof Event> | undefined {
  try {
    return Event.parse(JSON.parse(body.toString('utf8')));
  } catch {
    return undefined;
  }
}
