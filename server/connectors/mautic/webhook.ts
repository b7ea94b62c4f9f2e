import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { SourcePerson } from '../connector.ts';
import { equalSecrets } from '../equal-secrets.ts';
import { SourceError } from '../source-error.ts';
import type { Webhook, WebhookRequest } from '../webhook.ts';
import type { PullName } from '../../../utils/contract/source.ts';
import type { MauticSettings } from './api.ts';
import { Contact, isIdentified, toPerson } from './people.ts';

const SIGNATURE = 'webhook-signature';

/** What is to be pulled when it happens: payloads leave out what stands in other lists. */
const TRIGGERS: readonly (readonly [RegExp, readonly PullName[]])[] = [
  [/^mautic\.lead_channel_subscription_changed$/, ['consent', 'touchpoints']],
  [/^mautic\.(?:lead|contact)_/, ['people']],
  [/^mautic\.(?:email|form|page|asset)_/, ['touchpoints']],
];

/** By trigger; older versions send single events, newer ones what has gathered. */
const Payload = z.record(z.string(), z.unknown());
const Event = z.object({ contact: Contact });

export const webhook: Webhook<MauticSettings> = {
  verify: ({ headers, body }, { secret }) =>
    equalSecrets(headers.get(SIGNATURE) ?? '', createHmac('sha256', secret).update(body).digest('base64')),
  // Of the body, in which each event has its moment: two deliveries of one have the same, and no others do.
  replayKey: ({ headers }) => headers.get(SIGNATURE),
  read(request) {
    const payload = readPayload(request);
    const events = Object.entries(payload).filter(([trigger]) => trigger.startsWith('mautic.'));
    const people = events.flatMap(([trigger, value]) =>
      trigger.startsWith('mautic.lead_post_save') ? [value].flat().flatMap(personOf) : [],
    );
    const pull = new Set(
      events.flatMap(([trigger]) => TRIGGERS.find(([pattern]) => pattern.test(trigger))?.[1] ?? []),
    );
    // Of several events of one contact the last counts.
    return {
      people: [...new Map(people.map((person) => [person.record.id, person])).values()],
      pull: [...pull],
    };
  },
  instructions: {
    en: 'In Mautic, open Settings → Webhooks → New. Enter the address as "Webhook POST URL" and the secret as "Secret", and choose the contact events (identified, updated, channel subscription change) and the events of e-mails, forms and pages.',
    de: 'Öffnen Sie in Mautic Einstellungen → Webhooks → Neu. Tragen Sie die Adresse als „Webhook-POST-URL“ und das Geheimnis als „Geheimnis“ ein und wählen Sie die Ereignisse der Kontakte (identifiziert, aktualisiert, Kanal-Abonnement geändert) sowie die der E-Mails, Formulare und Seiten.',
  },
};

function readPayload({ body }: WebhookRequest): z.output<typeof Payload> {
  try {
    return Payload.parse(JSON.parse(body.toString('utf8')));
  } catch {
    throw new SourceError('unreadable', { detail: 'webhook' });
  }
}

function personOf(event: unknown): SourcePerson[] {
  const { success, data } = Event.safeParse(event);
  if (!success) throw new SourceError('unreadable', { detail: 'webhook: contact' });
  return isIdentified(data.contact) ? [toPerson(data.contact)] : [];
}
