import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { SourceError } from '../source-error.ts';
import type { Webhook, WebhookNews, WebhookRequest } from '../webhook.ts';
import type { Settings } from './settings.ts';

/** HubSpot's rule: what is older is refused, and what is that far ahead has no honest clock. */
const TOLERANCE_MS = 5 * 60_000;

const Numeric = z.union([z.string(), z.int()]).transform(String);
const Events = z.array(
  z.object({
    eventId: Numeric,
    subscriptionId: Numeric.nullish(),
    portalId: Numeric.nullish(),
    objectId: Numeric.nullish(),
    occurredAt: Numeric.nullish(),
    subscriptionType: z.string(),
    /** Of `object.…` subscriptions. */
    objectTypeId: z.string().nullish(),
  }),
);

/** Which pull brings in what happened to records of a type. */
const PULLS: Record<string, 'people' | 'touchpoints'> = {
  contact: 'people',
  '0-1': 'people',
  '0-47': 'touchpoints',
  '0-48': 'touchpoints',
};

/**
 * What HubSpot tells is that something happened to a record: contacts made, changed, merged or deleted for privacy's
 * sake, calls and meetings. The records are pulled; the search may know them some seconds later only, and then the next
 * pull, which overlaps this one, has them.
 */
export const webhook: Webhook<Settings> = {
  verify: (request, { settings, now }) =>
    settings.clientSecret !== undefined && isSigned(request, settings.clientSecret, now),
  replayKey: (request) => {
    const events = Events.safeParse(jsonOf(request)).data;
    if (!events) return null;
    // An event's id is not unique by itself, and a repeated delivery counts its attempts.
    const ids = events.map((event) =>
      [event.eventId, event.subscriptionId, event.objectId, event.occurredAt].join(' '),
    );
    return createHash('sha256').update(ids.toSorted().join('\n')).digest('hex');
  },
  read: (request, { portalId }): WebhookNews => {
    const events = Events.safeParse(jsonOf(request)).data;
    if (!events) throw new SourceError('unreadable', { detail: 'webhook' });
    const pulls = events
      .filter((event) => event.portalId == null || event.portalId === portalId)
      .flatMap((event) => {
        const [type = ''] = event.subscriptionType.split('.');
        return PULLS[type === 'object' ? (event.objectTypeId ?? '') : type] ?? [];
      });
    return pulls.length > 0 ? { pull: [...new Set(pulls)] } : {};
  },
  instructions: {
    en: 'Enter the app’s client secret above: HubSpot signs with it. Private app: on its “Webhooks” tab enter the address as target URL. App with OAuth: its settings, “Webhooks”, target URL. Then subscribe to contact.creation, contact.propertyChange (lifecyclestage, hs_lead_status, hubspot_owner_id, email, hs_email_optout), contact.merge, contact.deletion and contact.privacyDeletion.',
    de: 'Tragen Sie oben das Client-Geheimnis der App ein: HubSpot unterschreibt damit. Private App: im Reiter „Webhooks“ die Adresse als Ziel-URL eintragen. App mit OAuth: in ihren Einstellungen unter „Webhooks“ als Ziel-URL. Dann abonnieren: contact.creation, contact.propertyChange (lifecyclestage, hs_lead_status, hubspot_owner_id, email, hs_email_optout), contact.merge, contact.deletion und contact.privacyDeletion.',
  },
};

/** Version 3 of the signature; the older ones have no time in them and could be replayed for ever. */
function isSigned({ method, url, headers, body }: WebhookRequest, secret: string, now: Date): boolean {
  const timestamp = headers.get('x-hubspot-request-timestamp') ?? '';
  const given = Buffer.from(headers.get('x-hubspot-signature-v3') ?? '', 'base64');
  const isTimely = /^\d+$/.test(timestamp) && Math.abs(now.getTime() - Number(timestamp)) <= TOLERANCE_MS;
  const expected = createHmac('sha256', secret)
    .update(method + decodeUri(url.href))
    .update(body)
    .update(timestamp)
    .digest();
  return isTimely && given.length === expected.length && timingSafeEqual(given, expected);
}

/** The characters that HubSpot decodes before it signs, and no others (its guide, read 2026-11). */
const DECODED: Record<string, string> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
};
const decodeUri = (uri: string): string =>
  uri.replaceAll(/%[0-9a-f]{2}/gi, (code) => DECODED[code.toUpperCase()] ?? code);

function jsonOf({ body }: WebhookRequest): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
