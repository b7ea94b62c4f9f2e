import { z } from 'zod';
import { usualChannel } from '../../imports/cell-values.ts';
import { cleanText, defined } from '../clean-values.ts';
import type { Cursor, Page, SourceTouchpoint } from '../connector.ts';
import { instantOf, type Io, orIfForbidden, readOldPage, readPage, timeOf } from './api.ts';
import { changedLeads, Lead } from './standing.ts';

/** By the keys of the types that Pipedrive comes with; what companies add may be anything, tasks and mails are no contact. */
const ACTIVITIES: Partial<Record<string, 'call' | 'meeting'>> = {
  call: 'call',
  meeting: 'meeting',
  lunch: 'meeting',
};
/** By the fixed names of sources; leads that are entered, imported or bought say nothing of what somebody did. */
const SOURCES: Partial<Record<string, 'form.submitted' | 'chat'>> = {
  'Web forms': 'form.submitted',
  'Live chat': 'chat',
  Leadbooster: 'chat',
};

const Activity = z.object({
  id: z.int(),
  subject: z.string().nullish(),
  type: z.string().nullish(),
  add_time: z.string().nullish(),
  due_date: z.string().nullish(),
  due_time: z.string().nullish(),
  marked_as_done_time: z.string().nullish(),
  is_deleted: z.boolean().nullish(),
  person_id: z.int().nullish(),
  participants: z.array(z.object({ person_id: z.int() })).nullish(),
});
type Activity = z.output<typeof Activity>;

type Request = { since: Date | null; cursor: Cursor | null };

/**
 * Calls and meetings that were held, then the leads that came of what somebody did on the web. The mails that Pipedrive
 * sends are not in its public interface, neither those of reps nor of campaigns.
 */
export async function pullTouchpoints(io: Io, request: Request): Promise<Page<SourceTouchpoint>> {
  const of = request.cursor?.['of'];
  return of === 'leads' || of === 'leads/archived' ? pullLeads(io, of, request) : pullActivities(io, request);
}

async function pullActivities(io: Io, { since, cursor }: Request): Promise<Page<SourceTouchpoint>> {
  const at = cursor?.['at'];
  const { rows, next } = await readPage(io, '/activities', Activity, {
    ...{ done: true, sort_by: 'id' },
    ...(since && { updated_since: timeOf(since) }),
    ...(typeof at === 'string' && { cursor: at }),
  });
  return {
    items: rows.flatMap((activity) => activityTouchpoints(activity, io.now())),
    next: next === null ? { of: 'leads', at: 0 } : { of: 'activities', at: next },
  };
}

/** One for everybody who took part. */
function activityTouchpoints(activity: Activity, now: Date): SourceTouchpoint[] {
  const kind = ACTIVITIES[activity.type ?? ''];
  const occurredAt = heldAt(activity, now);
  if (!kind || occurredAt === undefined || activity.is_deleted === true) return [];
  const { id, person_id, participants, subject } = activity;
  const people = new Set([
    ...(participants ?? []).map((one) => one.person_id),
    ...(person_id ? [person_id] : []),
  ]);
  return [...people].slice(0, 100).map((person) => ({
    kind,
    ...usualChannel(kind),
    direction: 'outbound',
    title: cleanText(subject) ?? '–',
    occurredAt,
    machine: false,
    sourceId: `activity:${String(id)}:${String(person)}`,
    person: { record: { type: 'person', id: String(person) } },
  }));
}

/** When it was due; what was done before then, or has no time of day, when it was ticked off. */
function heldAt(
  { due_date, due_time, marked_as_done_time, add_time }: Activity,
  now: Date,
): string | undefined {
  const done = instantOf(marked_as_done_time);
  // In UTC, without saying so.
  const due = due_time ? instantOf(`${due_date ?? ''}T${due_time.slice(0, 5)}:00Z`) : undefined;
  const isHeld = due !== undefined && due <= (done ?? now.toISOString());
  return isHeld ? due : (done ?? instantOf(add_time));
}

/** Archived ones only once: while they are new they are among the others. */
async function pullLeads(
  io: Io,
  of: 'leads' | 'leads/archived',
  { since, cursor }: Request,
): Promise<Page<SourceTouchpoint>> {
  const start = Number(cursor?.['at'] ?? 0);
  const asked = since ? changedLeads(io, since, start) : readOldPage(io, `/${of}`, Lead, { start });
  const { rows, next } = await orIfForbidden(asked, { rows: [], next: null });
  const afterwards = of === 'leads' && since === null ? { of: 'leads/archived', at: 0 } : null;
  return {
    items: rows.flatMap((lead) => leadTouchpoint(lead) ?? []),
    next: next === null ? afterwards : { of, at: next },
  };
}

function leadTouchpoint({
  id,
  person_id,
  source_name,
  channel,
  channel_id,
  add_time,
}: Lead): SourceTouchpoint | undefined {
  const campaign = cleanText(channel_id, 200);
  const kind = SOURCES[source_name ?? ''] ?? (campaign === undefined ? undefined : 'custom');
  const occurredAt = instantOf(add_time);
  if (!kind || occurredAt === undefined || person_id == null) return undefined;
  return {
    kind,
    ...usualChannel(kind),
    title: campaign ?? cleanText(source_name) ?? '–',
    occurredAt,
    machine: false,
    sourceId: `lead:${id}`,
    person: { record: { type: 'person', id: String(person_id) } },
    ...defined({
      campaign:
        campaign === undefined
          ? undefined
          : {
              sourceId: `channel:${String(channel ?? '')}:${campaign}`,
              name: campaign,
              kind: 'other' as const,
            },
    }),
  };
}
