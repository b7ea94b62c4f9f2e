import { z } from 'zod';
import { Feedback } from './feedback.ts';
import { FollowUpKind, HandOver } from './hand-over.ts';
import { Person } from './person.ts';
import { PlannedTouch } from './planned-touch.ts';
import { Id, Instant, Label, Text } from './primitives.ts';
import { Stage, StageEvent } from './stage.ts';
import { Touchpoint } from './touchpoint.ts';

/** In the body, so that what somebody looks for stands in no address and no log. */
export const PeopleSearch = z.object({
  /** Beginnings of words of a name, a company or an address, in any order. */
  text: z.string().trim().min(2).max(200),
  /** From the `nextCursor` of the page before. */
  cursor: z.string().max(4_000).optional(),
  limit: z.int().min(1).max(50).default(20),
});
export type PeopleSearch = z.infer<typeof PeopleSearch>;

export const FoundPerson = Person.pick({
  id: true,
  name: true,
  company: true,
  title: true,
  owner: true,
}).extend({ email: Text.optional(), stage: Stage, since: Instant });
export type FoundPerson = z.infer<typeof FoundPerson>;

export const FoundPeople = z.object({ people: z.array(FoundPerson), nextCursor: z.string().nullable() });
export type FoundPeople = z.infer<typeof FoundPeople>;

/** A follow-up that was seen, whether it stopped a clock or not. */
export const FollowUp = z.object({
  id: Id,
  at: Instant,
  seen: FollowUpKind,
  by: z.object({ id: Id, name: Label }),
});
export type FollowUp = z.infer<typeof FollowUp>;

/** One thing of somebody's history, whatever kind it is of. */
export const JourneyItem = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('touchpoint'),
    at: Instant,
    touchpoint: Touchpoint,
    campaignName: Text.optional(),
  }),
  z.object({ kind: z.literal('stage'), at: Instant, event: StageEvent }),
  z.object({ kind: z.literal('hand-over'), at: Instant, handOver: HandOver }),
  z.object({ kind: z.literal('follow-up'), at: Instant, followUp: FollowUp }),
  z.object({ kind: z.literal('feedback'), at: Instant, feedback: Feedback }),
  z.object({ kind: z.literal('planned'), at: Instant, planned: PlannedTouch }),
]);
export type JourneyItem = z.infer<typeof JourneyItem>;

export const JourneyKind = z.enum(['touchpoint', 'stage', 'hand-over', 'follow-up', 'feedback', 'planned']);
export type JourneyKind = z.infer<typeof JourneyKind>;

export const JourneyQuery = z.object({
  /** Absent: all of them. */
  kind: JourneyKind.optional(),
  /** From the `nextCursor` of the page before. */
  cursor: z.string().max(256).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** The latest first; what is planned stands before what was. */
export const Journey = z.object({ items: z.array(JourneyItem), nextCursor: z.string().nullable() });
export type Journey = z.infer<typeof Journey>;
