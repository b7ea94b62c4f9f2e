import { z } from 'zod';
import { usualChannel } from '../../imports/cell-values.ts';
import { cleanUrl, defined } from '../clean-values.ts';
import type { Cursor, Page, SourceTouchpoint } from '../connector.ts';
import { allCampaigns, type BrevoIo, campaignName, digest, instant, type NamedCampaign } from './api.ts';
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

/**
 * What campaigns did with each contact. Contacts whom Brevo could not write to are not asked about. The campaigns' names
 * travel in the cursor: of requests for them there are few, and this takes many turns.
 */
export async function pullCampaignStats(io: BrevoIo, cursor: Cursor): Promise<Page<SourceTouchpoint>> {
  const { contacts, next, total } = await readContacts(io, positionOf(cursor), { limit: PAGE });
  const withAddress = contacts.filter((contact) => emailOf(contact) !== undefined);
  const events: { contact: Contact; event: CampaignEvent }[] = [];
  for (let start = 0; start < withAddress.length; start += AT_ONCE) {
    const some = withAddress.slice(start, start + AT_ONCE);
    const stats = await Promise.all(some.map((contact) => readStats(io, contact)));
    for (const [index, contact] of some.entries())
      events.push(...eventsIn(stats[index]).map((event) => ({ contact, event })));
  }
  const campaigns = await namedCampaigns(
    io,
    String(cursor['campaigns'] ?? '[]'),
    events.map(({ event }) => event.campaignId),
  );
  const items = events.flatMap(
    ({ contact, event }) =>
      campaignTouchpoint({
        ...event,
        email: emailOf(contact) ?? '',
        person: { record: { type: 'contact', id: String(contact.id) } },
        campaign: campaigns.find(({ id }) => id === event.campaignId),
      }) ?? [],
  );
  return {
    items,
    next: next && { of: 'contacts', ...next, campaigns: JSON.stringify(campaigns) },
    total,
  };
}

const Campaigns = z.array(
  z.object({
    id: z.number(),
    name: z.string(),
    subject: z.string().nullish(),
    sentDate: z.string().nullish(),
  }),
);

/** Read when the first is named, and again for one that is newer than all of them; older ones were deleted. */
async function namedCampaigns(io: BrevoIo, kept: string, ids: readonly number[]): Promise<NamedCampaign[]> {
  const known = Campaigns.parse(JSON.parse(kept));
  if (Math.max(0, ...ids) <= Math.max(0, ...known.map(({ id }) => id))) return known;
  const all = [...(await allCampaigns(io)).values()].filter(({ status }) => status !== 'draft');
  return Campaigns.parse(
    all.map(({ scheduledAt, sentDate, ...campaign }) => ({ ...campaign, sentDate: sentDate ?? scheduledAt })),
  );
}

async function readStats(io: BrevoIo, { id }: Contact): Promise<Stats> {
  const { body } = await io.request(`/contacts/${String(id)}/campaignStats`, {
    // Deleted since the list was read: nothing is said, then.
    accept: [404],
    schema: Stats,
  });
  return body;
}

interface CampaignEvent {
  campaignId: number;
  kind: SourceTouchpoint['kind'];
  eventTime: string;
  url?: string;
}

function eventsIn(stats: Stats | undefined): CampaignEvent[] {
  if (!stats) return [];
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
