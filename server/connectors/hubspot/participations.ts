import { z } from 'zod';
import type { CampaignKind } from '../../../utils/contract/campaign.ts';
import type { TouchpointKind } from '../../../utils/contract/touchpoint.ts';
import type { SourceTouchpoint } from '../connector.ts';
import { instantOf, Paging } from './answers.ts';
import type { Part } from './pull-touchpoints.ts';
import { remember } from '../remember.ts';
import type { Io } from './settings.ts';

const DAY_MS = 86_400_000;
/** Who took part is often brought in days later, from the platform or the badge scanner. */
const AFTERMATH_MS = 30 * DAY_MS;

const MarketingEvent = z.object({
  objectId: z.string(),
  eventName: z.string(),
  eventType: z.string().nullish(),
  startDateTime: z.string().nullish(),
  endDateTime: z.string().nullish(),
  updatedAt: z.string().nullish(),
});
type MarketingEvent = z.infer<typeof MarketingEvent>;
const MarketingEvents = z.object({ results: z.array(MarketingEvent), paging: Paging });

const Participation = z.object({
  id: z.string(),
  createdAt: z.string(),
  associations: z.object({ contact: z.object({ contactId: z.union([z.string(), z.int()]) }) }),
  properties: z.object({ occurredAt: z.union([z.string(), z.int()]), attendanceState: z.string() }),
});
type Participation = z.infer<typeof Participation>;
/** None of an event that was deleted meanwhile. */
const Participations = z.object({ results: z.array(Participation).default([]), paging: Paging });

/** Both lists' most. */
const PAGE_SIZE = 100;

/** Nothing is made of those who cancelled: the contract has no word for it. */
const STATES: Record<string, 'event.registered' | 'event.attended' | 'event.no_show'> = {
  REGISTERED: 'event.registered',
  ATTENDED: 'event.attended',
  NO_SHOW: 'event.no_show',
};

/** In the middle of an event (`after`), or after it. */
const Position = z.object({ event: z.string(), after: z.string().nullable() });

/**
 * Who registered for webinars, fairs and other marketing events and who came, event by event rather than contact by
 * contact. A pull of what changed asks about the events that were changed or ended within the last month.
 */
export const pullParticipations: Part = async (io, { since, cursor }) => {
  const known = await remember(io, 'events', () => readEvents(io));
  const events = known.filter((event) => mayBeNews(event, since));
  const position = Position.safeParse(cursor).data ?? { event: '', after: null };
  const event =
    events.find(({ objectId }) => objectId === position.event && position.after !== null) ??
    events.find(({ objectId }) => objectId > position.event);
  if (!event) return { items: [], next: null };
  const path = `/marketing/v3/marketing-events/participations/${event.objectId}/breakdown`;
  const after = event.objectId === position.event ? position.after : null;
  const { body } = await io.request(path, {
    query: { limit: PAGE_SIZE, after: after ?? undefined },
    schema: Participations,
    accept: [404],
  });
  const further = body.paging?.next?.after ?? null;
  const isLast = further === null && event === events.at(-1);
  return {
    items: body.results.flatMap((participation) => touchpointOf(participation, event)),
    next: isLast ? null : { event: event.objectId, after: further },
  };
};

async function readEvents(io: Io): Promise<MarketingEvent[]> {
  const events: MarketingEvent[] = [];
  let after: string | undefined;
  do {
    const query = { limit: PAGE_SIZE, after };
    const { body } = await io.request('/marketing/v3/marketing-events/', { query, schema: MarketingEvents });
    events.push(...body.results);
    after = body.paging?.next?.after;
  } while (after !== undefined);
  return events.toSorted((one, other) => (one.objectId < other.objectId ? -1 : 1));
}

function mayBeNews({ startDateTime, endDateTime, updatedAt }: MarketingEvent, since: Date | null): boolean {
  const end = instantOf(endDateTime) ?? instantOf(startDateTime);
  if (since === null || end === undefined) return true;
  const isFresh = Date.parse(end) + AFTERMATH_MS >= since.getTime();
  return isFresh || Date.parse(instantOf(updatedAt) ?? end) >= since.getTime();
}

function touchpointOf({ id, properties, ...rest }: Participation, event: MarketingEvent): SourceTouchpoint[] {
  const isWebinar = /webinar/i.test(event.eventType ?? '');
  const state = STATES[properties.attendanceState];
  const kind: z.infer<typeof TouchpointKind> | undefined =
    isWebinar && state === 'event.attended' ? 'webinar.watched' : state;
  const occurredAt = instantOf(properties.occurredAt) ?? instantOf(rest.createdAt);
  const startsAt = instantOf(event.startDateTime);
  if (!kind || occurredAt === undefined) return [];
  return [
    {
      // One participation goes through several states.
      sourceId: `event:${id}:${properties.attendanceState.toLowerCase()}`,
      kind,
      channel: 'event',
      direction: 'inbound',
      title: event.eventName,
      occurredAt,
      person: { record: { type: 'contact', id: String(rest.associations.contact.contactId) } },
      ...(event.eventName.trim() !== '' && {
        campaign: {
          sourceId: `event:${event.objectId}`,
          name: event.eventName,
          kind: (isWebinar ? 'webinar' : 'trade_fair') satisfies z.infer<typeof CampaignKind>,
          ...(startsAt !== undefined && { startsAt }),
        },
      }),
      machine: false,
    },
  ];
}
