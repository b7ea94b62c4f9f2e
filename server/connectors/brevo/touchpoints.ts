import { z } from 'zod';
import { usualChannel } from '../../imports/cell-values.ts';
import { cleanEmails, cleanText, cleanUrl, defined } from '../clean-values.ts';
import type { Cursor, Page, SourceTouchpoint } from '../connector.ts';
import { type BrevoIo, digest, instant } from './api.ts';
import { pullCampaignStats } from './campaign-stats.ts';

const PAGE = 5_000;
const DAY_MS = 86_400_000;
/** The longest span Brevo answers for. */
const LOOK_BACK_DAYS = 89;

type Kind = SourceTouchpoint['kind'];
/** Those that are left out happen before anything reaches anybody. */
const KINDS: Partial<Record<string, Kind>> = {
  requests: 'email.sent',
  delivered: 'email.delivered',
  opened: 'email.opened',
  loadedByProxy: 'email.opened',
  clicks: 'email.clicked',
  bounces: 'email.bounced',
  hardBounces: 'email.bounced',
  softBounces: 'email.bounced',
  invalid: 'email.bounced',
  spam: 'email.complained',
  unsubscribed: 'email.unsubscribed',
};

const Event = z.object({
  email: z.string(),
  date: z.string(),
  messageId: z.string(),
  event: z.string(),
  subject: z.string().nullish(),
  tag: z.string().nullish(),
  link: z.string().nullish(),
});
type Event = z.output<typeof Event>;

/**
 * First transactional mails: one request per 5,000 events, by days. Then, only for the history, what campaigns did,
 * which Brevo tells of one contact at a time and otherwise only as a file for download or by webhook. New ones come by
 * webhook, for asking for every contact anew at each turn would use up the company's own requests.
 */
export async function pullTouchpoints(
  io: BrevoIo,
  { since, cursor }: { since: Date | null; cursor: Cursor | null },
): Promise<Page<SourceTouchpoint>> {
  if (cursor?.['of'] === 'contacts') return pullCampaignStats(io, cursor);
  const offset = Number(cursor?.['offset'] ?? 0);
  const now = io.now();
  // Of the first page, so that what happens meanwhile is appended and no page moves.
  const endDate = String(cursor?.['until'] ?? dayOf(now));
  const earliest = new Date(Date.parse(endDate) - LOOK_BACK_DAYS * DAY_MS);
  const from = since && since > earliest ? since : earliest;
  const { body } = await io.request('/smtp/statistics/events', {
    query: { startDate: dayOf(from), endDate, offset, limit: PAGE, sort: 'asc' },
    schema: z.object({ events: z.array(Event).default([]) }),
  });
  const items = body.events.flatMap((event) => toTouchpoint(event) ?? []);
  const isLast = body.events.length < PAGE;
  const afterwards = since === null ? { of: 'contacts' } : null;
  return {
    // A day is the shortest span there is.
    items: since ? items.filter(({ occurredAt }) => new Date(occurredAt) >= since) : items,
    next: isLast ? afterwards : { offset: offset + PAGE, until: endDate },
  };
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10);

/** Undefined: it reached nobody. */
function toTouchpoint({
  email,
  date,
  messageId,
  event,
  subject,
  tag,
  link,
}: Event): SourceTouchpoint | undefined {
  const kind = KINDS[event];
  const occurredAt = instant(date);
  const [address] = cleanEmails(email);
  if (!kind || occurredAt === undefined || address === undefined) return undefined;
  const isProxy = event === 'loadedByProxy';
  return {
    kind,
    ...usualChannel(kind),
    title: cleanText(subject) ?? cleanText(tag) ?? '–',
    occurredAt,
    machine: isProxy,
    sourceId: `smtp/${digest(messageId, event, email, date, link ?? '')}`,
    person: { email: address },
    ...defined({
      machineReason: isProxy ? ('proxy' as const) : undefined,
      url: kind === 'email.clicked' ? cleanUrl(link) : undefined,
    }),
  };
}
