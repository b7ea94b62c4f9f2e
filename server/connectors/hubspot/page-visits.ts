import { z } from 'zod';
import type { SourceTouchpoint } from '../connector.ts';
import { instantOf, Paging, urlOf } from './answers.ts';
import type { Part } from './pull-touchpoints.ts';
import type { Io } from './settings.ts';

export const VISITED = 'e_visited_page';
/** HubSpot's description names no most. */
const PAGE_SIZE = 100;

const Visit = z.object({
  id: z.string(),
  objectId: z.union([z.string(), z.int()]),
  occurredAt: z.string(),
  properties: z.record(z.string(), z.string().nullish()),
});
type Visit = z.infer<typeof Visit>;
const Visits = z.object({ results: z.array(Visit), paging: Paging });

const Position = z.object({ from: z.string(), after: z.string().nullable() });

/**
 * Visits of contacts to the company's pages, of all contacts at once: the type of event is enough, no contact need be
 * named. Only accounts with an Enterprise plan have them. The API has no marketing mails; see mail-events.ts.
 */
export const pullPageVisits: Part = async (io, { since, cursor }) => {
  const begin = since && justBefore(since.toISOString());
  const position = Position.safeParse(cursor).data ?? { from: begin, after: null };
  const { results, paging } = await askVisits(io, {
    limit: PAGE_SIZE,
    sort: 'ASCENDING',
    occurredAfter: position.from ?? undefined,
    after: position.after ?? undefined,
  });
  const latest = instantOf(results.at(-1)?.occurredAt);
  const after = paging?.next?.after;
  if (latest === undefined || after === undefined)
    return { items: results.flatMap(touchpointOf), next: null };
  // As with mail events: a place in time is good for longer than a place in a list.
  const from = justBefore(latest);
  const isOneMoment = from === position.from;
  return { items: results.flatMap(touchpointOf), next: { from, after: isOneMoment ? after : null } };
};

/** The latest visits, or those that the query names. */
export async function askVisits(
  io: Io,
  query: { limit: number; sort?: string; occurredAfter?: string | undefined; after?: string | undefined },
): Promise<z.infer<typeof Visits>> {
  const { body } = await io.request('/events/v3/events', {
    query: { objectType: 'contact', eventType: VISITED, ...query },
    schema: Visits,
  });
  return body;
}

/** Whether `occurredAfter` includes its own moment is not said. */
const justBefore = (instant: string): string => new Date(Date.parse(instant) - 1).toISOString();

function touchpointOf({ id, objectId, occurredAt, properties }: Visit): SourceTouchpoint[] {
  const at = instantOf(occurredAt);
  const url = urlOf(properties['hs_url']);
  const userAgent = properties['hs_user_agent'] ?? properties['hs_userAgent'];
  if (at === undefined) return [];
  return [
    {
      sourceId: `visit:${id}`,
      kind: 'page.visited',
      channel: 'web',
      direction: 'inbound',
      title: properties['hs_title'] || properties['hs_page_title'] || (url ?? ''),
      ...(url !== undefined && { url }),
      occurredAt: at,
      person: { record: { type: 'contact', id: String(objectId) } },
      ...(userAgent && { userAgent: userAgent.slice(0, 1_000) }),
      machine: false,
    },
  ];
}
