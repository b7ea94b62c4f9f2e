import { z } from 'zod';
import { cleanEmails } from '../clean-values.ts';
import type { SourceConsent, SourceTouchpoint } from '../connector.ts';
import { equalSecrets } from '../equal-secrets.ts';
import { SourceError } from '../source-error.ts';
import type { Webhook, WebhookNews, WebhookRequest } from '../webhook.ts';
import { campaignTouchpoint } from './campaign-stats.ts';
import type { BrevoSettings } from './api.ts';

/** The names of events, without what its versions write differently: `hardBounce`, `hard_bounce`. */
const KINDS: Partial<Record<string, SourceTouchpoint['kind']>> = {
  delivered: 'email.delivered',
  opened: 'email.opened',
  uniqueopened: 'email.opened',
  proxyopen: 'email.opened',
  uniqueproxyopen: 'email.opened',
  click: 'email.clicked',
  hardbounce: 'email.bounced',
  softbounce: 'email.bounced',
  spam: 'email.complained',
  unsubscribe: 'email.unsubscribed',
  unsubscribed: 'email.unsubscribed',
};
const ABOUT_PEOPLE = new Set(['contactupdated', 'listaddition']);

const Event = z.object({
  event: z.string().transform((name) => name.toLowerCase().replaceAll(/[^a-z]/g, '')),
  email: z
    .unknown()
    .optional()
    .transform((email) => cleanEmails(email)[0]),
  /** Absent from what transactional mails did. */
  camp_id: z.number().optional().catch(undefined),
  'campaign name': z.string().optional().catch(undefined),
  /** In seconds, UTC; the other dates are in the account's time zone. */
  ts_event: z.number().optional().catch(undefined),
  ts_sent: z.number().optional().catch(undefined),
  URL: z
    .unknown()
    .optional()
    .transform((url) => z.string().safeParse([url].flat()[0]).data),
});
type Event = z.output<typeof Event>;

export const webhook: Webhook<BrevoSettings> = {
  // Brevo signs nothing: what proves the sender is the token that was entered there.
  verify: ({ headers }, { secret }) =>
    equalSecrets(/^Bearer (\S+)$/iu.exec(headers.get('authorization') ?? '')?.[1] ?? '', secret),
  // Each touchpoint has an id of its own, and of two statements on consent the later one counts.
  replayKey: () => null,
  read(request): WebhookNews {
    const events = readEvents(request);
    const pull = events.some(({ event }) => ABOUT_PEOPLE.has(event)) ? (['people'] as const) : [];
    return {
      touchpoints: events.flatMap((event) => toTouchpoint(event) ?? []),
      consents: events.flatMap((event) => toConsent(event) ?? []),
      pull: [...pull],
    };
  },
  instructions: {
    en: 'In Brevo, open Settings → Webhooks → Add a webhook, for marketing e-mails. Enter the address, choose "Token" as authentication and enter the secret, and choose all events. Without it, the hub learns of what campaigns do only once, when it reads the history.',
    de: 'Öffnen Sie in Brevo Einstellungen → Webhooks → Webhook hinzufügen, für Marketing-E-Mails. Tragen Sie die Adresse ein, wählen Sie „Token“ als Authentifizierung, tragen Sie das Geheimnis ein und wählen Sie alle Ereignisse. Ohne ihn erfährt der Hub nur einmal, was Kampagnen bewirken: wenn er die Vorgeschichte liest.',
  },
};

/** One event, or what has gathered where the webhook is `batched`. */
function readEvents({ body }: WebhookRequest): Event[] {
  try {
    return z.array(Event).parse([JSON.parse(body.toString('utf8'))].flat());
  } catch {
    throw new SourceError('unreadable', { detail: 'webhook' });
  }
}

/** Undefined: nobody did anything, or in a mail that no campaign sent; those are read by and by. */
function toTouchpoint(event: Event): SourceTouchpoint | undefined {
  const { email, camp_id: id, ts_event: at } = event;
  const kind = KINDS[event.event];
  if (!kind || email === undefined || id === undefined || at === undefined) return undefined;
  const name = event['campaign name'];
  return campaignTouchpoint({
    campaignId: id,
    kind,
    eventTime: moment(at),
    email,
    person: { email },
    campaign:
      name === undefined
        ? undefined
        : { id, name, ...(event.ts_sent !== undefined && { sentDate: moment(event.ts_sent) }) },
    isProxy: event.event.includes('proxy'),
    ...(event.URL !== undefined && { url: event.URL }),
  });
}

function toConsent({ event, email, ts_event: at }: Event): SourceConsent | undefined {
  if (KINDS[event] !== 'email.unsubscribed' || email === undefined || at === undefined) return undefined;
  return { person: { email }, consents: [{ channel: 'email', state: 'withdrawn', since: moment(at) }] };
}

const moment = (seconds: number) => new Date(seconds * 1_000).toISOString();
