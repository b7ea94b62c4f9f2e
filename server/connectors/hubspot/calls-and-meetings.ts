import { z } from 'zod';
import type { SourceTouchpoint } from '../connector.ts';
import { ASSOCIATIONS, instantOf, type Properties, textOf } from './answers.ts';
import type { Part } from './pull-touchpoints.ts';
import { type FoundRecord, searchChanged } from './search-changed.ts';
import type { Io } from './settings.ts';

const CHANGED = 'hs_lastmodifieddate';

const Associations = z.object({
  results: z.array(
    z.object({
      from: z.object({ id: z.union([z.string(), z.int()]) }),
      to: z.array(z.object({ toObjectId: z.union([z.string(), z.int()]) })),
    }),
  ),
});

/** Calls: 200 with one search, and whom they were with by one more request. */
export const pullCalls: Part = async (io, { since, cursor }) => {
  const properties = ['hs_timestamp', 'hs_call_title', 'hs_call_direction'];
  const page = await searchChanged(io, { type: 'calls', properties, changedBy: CHANGED, since, cursor });
  const happened = page.records.filter(({ properties: call }) => hasBegun(call['hs_timestamp'], io));
  const people = await contactsOf(io, 'calls', happened);
  const items = happened.flatMap(({ id, properties: call }) =>
    (people.get(id) ?? []).map((contact): SourceTouchpoint => ({
      ...touchpointOf(`call:${id}`, contact, call, call['hs_timestamp']),
      kind: 'call',
      channel: 'phone',
      direction: call['hs_call_direction'] === 'INBOUND' ? 'inbound' : 'outbound',
      title: textOf(call, 'hs_call_title') ?? '',
    })),
  );
  return { items, next: page.next };
};

/** What did not take place is no touchpoint. */
const NOT_HELD = ['CANCELED', 'CANCELLED', 'RESCHEDULED', 'NO_SHOW'];

/** Meetings once they have begun, however long ago they were entered. */
export const pullMeetings: Part = async (io, { since, cursor }) => {
  const begins = 'hs_meeting_start_time';
  const properties = [begins, 'hs_timestamp', 'hs_meeting_title', 'hs_meeting_outcome'];
  const page = await searchChanged(io, {
    ...{ type: 'meetings', properties, changedBy: CHANGED, since, cursor },
    ...(since && {
      also: [
        { propertyName: begins, operator: 'GTE', value: String(since.getTime()) },
        { propertyName: begins, operator: 'LTE', value: String(io.now().getTime()) },
      ],
    }),
  });
  const held = page.records.filter(
    ({ properties: meeting }) =>
      hasBegun(startOf(meeting), io) && !NOT_HELD.includes(meeting['hs_meeting_outcome'] ?? ''),
  );
  const people = await contactsOf(io, 'meetings', held);
  const items = held.flatMap(({ id, properties: meeting }) =>
    (people.get(id) ?? []).map((contact): SourceTouchpoint => ({
      ...touchpointOf(`meeting:${id}`, contact, meeting, startOf(meeting)),
      kind: 'meeting',
      channel: 'event',
      direction: 'outbound',
      title: textOf(meeting, 'hs_meeting_title') ?? '',
    })),
  );
  return { items, next: page.next };
};

const startOf = (meeting: Properties) => meeting['hs_meeting_start_time'] ?? meeting['hs_timestamp'];

function hasBegun(value: string | null | undefined, io: Io): boolean {
  const at = instantOf(value);
  return at !== undefined && Date.parse(at) <= io.now().getTime();
}

/** Everybody a call or meeting was with, by its id. */
async function contactsOf(
  io: Io,
  type: string,
  records: readonly FoundRecord[],
): Promise<ReadonlyMap<string, string[]>> {
  if (records.length === 0) return new Map();
  const { body } = await io.request(`${ASSOCIATIONS}/associations/${type}/contacts/batch/read`, {
    method: 'POST',
    repeatable: true,
    body: { inputs: records.map(({ id }) => ({ id })) },
    schema: Associations,
  });
  return new Map(
    body.results.map(({ from, to }) => [
      String(from.id),
      to.map(({ toObjectId }) => String(toObjectId)).slice(0, 100),
    ]),
  );
}

const touchpointOf = (
  sourceId: string,
  contact: string,
  properties: Properties,
  at: string | null | undefined,
) => ({
  sourceId: `${sourceId}:${contact}`,
  occurredAt: instantOf(at) ?? instantOf(properties[CHANGED]) ?? '',
  person: { record: { type: 'contact', id: contact } },
  machine: false,
});
