import { z } from 'zod';
import type { SourceTouchpoint } from '../connector.ts';
import type { TouchpointKind } from '../../../utils/contract/touchpoint.ts';
import { usualChannel } from '../../imports/cell-values.ts';
import { isAddress, urlOf } from './answers.ts';
import { SourceError } from '../source-error.ts';
import { type MailKnown, mailsSent } from './mails.ts';
import type { Part } from './pull-touchpoints.ts';
import type { Io } from './settings.ts';

type Kind = z.infer<typeof TouchpointKind>;

/** The most that HubSpot answers at once. */
const PAGE_SIZE = 1_000;

const MailEvent = z.object({
  id: z.string(),
  /** In milliseconds. */
  created: z.int(),
  type: z.string(),
  recipient: z.string().nullish(),
  emailCampaignId: z.int().nullish(),
  appId: z.int().nullish(),
  subject: z.string().nullish(),
  url: z.string().nullish(),
  userAgent: z.string().nullish(),
  /** HubSpot takes it for a machine's, or the account excludes whose it is. */
  filteredEvent: z.boolean().nullish(),
  /** Of a change of subscription. */
  portalSubscriptionStatus: z.string().nullish(),
});
type MailEvent = z.infer<typeof MailEvent>;
const MailEvents = z.object({
  events: z.array(MailEvent),
  hasMore: z.boolean(),
  offset: z.string().nullish(),
});

const KINDS: Record<string, Kind> = {
  SENT: 'email.sent',
  DELIVERED: 'email.delivered',
  OPEN: 'email.opened',
  CLICK: 'email.clicked',
  REPLY: 'email.replied',
  BOUNCE: 'email.bounced',
  SPAMREPORT: 'email.complained',
  UNSUBSCRIBED: 'email.unsubscribed',
};

const Position = z.object({ until: z.int().nullable(), offset: z.string().nullable() });
type Position = z.infer<typeof Position>;
const START: Position = { until: null, offset: null };

/**
 * What became of marketing mails, of all recipients at once, which is the only API that has it. It answers the latest
 * first, so this goes back in time. Its offsets are good for a short while only, so each page asks for what was no later
 * than the end of the last one; an offset is used where a whole page happened in the same millisecond. HubSpot takes one
 * kind of event or all: all of them, with some that are of no use here, are fewer requests than each kind by itself.
 */
export const pullMailEvents: Part = async (io, { since, cursor }) => {
  const position = Position.safeParse(cursor).data ?? START;
  const body = await askEvents(io, since, position);
  const wanted = body.events.filter(
    (event) => kindOf(event) && event.recipient && isAddress(event.recipient),
  );
  const mails = await mailsSent(
    io,
    wanted.flatMap(({ emailCampaignId, appId }) =>
      emailCampaignId == null ? [] : { emailCampaignId, appId: appId ?? undefined },
    ),
  );
  return {
    items: wanted.map((event) => touchpointOf(event, mails.get(event.emailCampaignId ?? 0))),
    next: nextOf(body, position),
  };
};

async function askEvents(io: Io, since: Date | null, { until, offset }: Position) {
  try {
    const { body } = await io.request('/email/public/v1/events', {
      query: {
        limit: PAGE_SIZE,
        startTimestamp: since?.getTime(),
        endTimestamp: until ?? undefined,
        offset: offset ?? undefined,
      },
      schema: MailEvents,
    });
    return body;
  } catch (error) {
    const isStale = offset !== null && error instanceof SourceError && error.failure === 'rejected';
    if (!isStale) throw error;
    // The hub was away for longer than the offset is good for: once more from the end of the page before.
    return askEvents(io, since, { until, offset: null });
  }
}

function nextOf({ events, hasMore, offset }: z.infer<typeof MailEvents>, { until }: Position) {
  const earliest = events.at(-1)?.created;
  if (!hasMore || earliest === undefined) return null;
  const isOneMoment = earliest === (until ?? events[0]?.created);
  // An offset goes with the very query it was answered to.
  if (isOneMoment && offset) return { until, offset };
  return { until: isOneMoment ? earliest - 1 : earliest, offset: null };
}

function kindOf({ type, portalSubscriptionStatus }: MailEvent): Kind | undefined {
  if (type !== 'STATUSCHANGE') return KINDS[type];
  return portalSubscriptionStatus === 'UNSUBSCRIBED' ? 'email.unsubscribed' : undefined;
}

function touchpointOf(event: MailEvent, mail: MailKnown | undefined): SourceTouchpoint {
  const { id, recipient, url, userAgent, filteredEvent } = event;
  const kind = kindOf(event) ?? 'custom';
  const link = kind === 'email.clicked' ? urlOf(url) : undefined;
  return {
    sourceId: `mail:${id}`,
    kind,
    ...usualChannel(kind),
    title: event.subject || (mail?.title ?? ''),
    ...(link !== undefined && { url: link }),
    occurredAt: new Date(event.created).toISOString(),
    person: { email: recipient ?? '' },
    ...(mail?.campaign && { campaign: mail.campaign }),
    ...(userAgent && { userAgent: userAgent.slice(0, 1_000) }),
    machine: filteredEvent === true,
    ...(filteredEvent === true && { machineReason: 'source' as const }),
  };
}
