import { z } from 'zod';
import { usualChannel } from '../../imports/cell-values.ts';
import { cleanUrl, defined } from '../clean-values.ts';
import type { Cursor, Page, SourceTouchpoint } from '../connector.ts';
import { type BrevoIo, campaignName, campaignsById, digest, instant, type NamedCampaign } from './api.ts';
import { toCampaign } from './campaigns.ts';
import { type Contact, emailOf, readContacts } from './contacts.ts';
import { positionOf } from './people.ts';

/** With a request for each, a page takes ten seconds: no more is done again after a crash. */
const PAGE = 100;
/** At once: answers take longer than the tenth of a second after which the next may be asked for. */
const AT_ONCE = 5;

const list = <T extends z.ZodType>(item: T) => z.array(item).default([]);
const Happened = z.object({ campaignId: z.number(), eventTime: z.string() });
const Stats = z.object({
  messagesSent: list(Happened),
  delivered: list(Happened),
  hardBounces: list(Happened),
  softBounces: list(Happened),
  complaints: list(Happened),
  opened: list(Happened),
  unsubscriptions: z.object({ userUnsubscription: list(Happened) }).nullish(),
  clicked: list(
    z.object({ campaignId: z.number(), links: list(z.object({ eventTime: z.string(), url: z.string() })) }),
  ),
});
type Stats = z.output<typeof Stats>;

/** What campaigns did with each contact. Contacts whom Brevo could not write to are not asked about. */
export async function pullCampaignStats(io: BrevoIo, cursor: Cursor): Promise<Page<SourceTouchpoint>> {
  const { contacts, next, total } = await readContacts(io, positionOf(cursor), { limit: PAGE });
  const withAddress = contacts.filter((contact) => emailOf(contact) !== undefined);
  const items: SourceTouchpoint[] = [];
  for (let start = 0; start < withAddress.length; start += AT_ONCE) {
    const some = withAddress.slice(start, start + AT_ONCE);
    items.push(...(await Promise.all(some.map((contact) => touchpointsOf(io, contact)))).flat());
  }
  return { items, next: next && { of: 'contacts', ...next }, total };
}

async function touchpointsOf(io: BrevoIo, contact: Contact): Promise<SourceTouchpoint[]> {
  const { body } = await io.request(`/contacts/${String(contact.id)}/campaignStats`, {
    // Deleted since the list was read: nothing is said, then.
    accept: [404],
    schema: Stats,
  });
  const happened = eventsIn(body);
  const campaigns = await campaignsById(
    io,
    happened.map(({ campaignId }) => campaignId),
  );
  return happened.flatMap(
    ({ campaignId, ...event }) =>
      campaignTouchpoint({
        ...event,
        campaignId,
        email: emailOf(contact) ?? '',
        person: { record: { type: 'contact', id: String(contact.id) } },
        campaign: campaigns.get(String(campaignId)),
      }) ?? [],
  );
}

interface CampaignEvent {
  campaignId: number;
  kind: SourceTouchpoint['kind'];
  eventTime: string;
  url?: string;
}

function eventsIn(stats: Stats): CampaignEvent[] {
  const { messagesSent, delivered, opened, complaints, hardBounces, softBounces, clicked } = stats;
  const each = (kind: CampaignEvent['kind'], events: z.output<typeof Happened>[]) =>
    events.map((event) => ({ ...event, kind }));
  return [
    ...each('email.sent', messagesSent),
    ...each('email.delivered', delivered),
    ...each('email.opened', opened),
    ...each('email.bounced', [...hardBounces, ...softBounces]),
    ...each('email.complained', complaints),
    ...each('email.unsubscribed', stats.unsubscriptions?.userUnsubscription ?? []),
    ...clicked.flatMap(({ campaignId, links }) =>
      links.map((link) => ({ ...link, campaignId, kind: 'email.clicked' as const })),
    ),
  ];
}

/** What may happen more than once to one mail. */
const REPEATED = new Set<string>(['email.opened', 'email.clicked', 'email.bounced']);

/**
 * What a campaign did with somebody; the same id whether Brevo was asked or told of it, so that it counts once.
 * Undefined: it says no time.
 */
export function campaignTouchpoint({
  campaignId,
  kind,
  eventTime,
  url,
  email,
  person,
  campaign,
  isProxy = false,
}: CampaignEvent & {
  email: string;
  person: SourceTouchpoint['person'];
  campaign: NamedCampaign | undefined;
  isProxy?: boolean;
}): SourceTouchpoint | undefined {
  const occurredAt = instant(eventTime);
  if (occurredAt === undefined) return undefined;
  const link = kind === 'email.clicked' ? cleanUrl(url) : undefined;
  const moment = REPEATED.has(kind) ? [occurredAt.slice(0, 19), link ?? ''] : [];
  return {
    kind,
    ...usualChannel(kind),
    title: campaign ? (campaign.subject ?? campaignName(campaign)) : `#${String(campaignId)}`,
    occurredAt,
    machine: isProxy,
    sourceId: `campaign/${String(campaignId)}/${kind}/${digest(email.toLowerCase(), ...moment)}`,
    person,
    ...(campaign && { campaign: toCampaign(campaign) }),
    ...defined({ url: link, machineReason: isProxy ? ('proxy' as const) : undefined }),
  };
}
