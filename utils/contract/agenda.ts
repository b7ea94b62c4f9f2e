import { z } from 'zod';
import { Month } from './closed-loop.ts';
import { Verdict } from './feedback.ts';
import { Id, Instant, Label, Text } from './primitives.ts';
import { Team } from './session.ts';

/** The parts of a meeting, in their order. */
export const AgendaSection = z.enum(['reasons', 'campaigns', 'promises', 'words', 'questions', 'other']);
export type AgendaSection = z.infer<typeof AgendaSection>;

const Count = z.int().nonnegative();

/** What an item was made from: figures as they were then; feedback, hand-overs and campaigns by id, as they are now. */
export const AgendaSource = z.discriminatedUnion('kind', [
  /** Why leads came back: this month, and in the month before. */
  z.object({ kind: z.literal('reason'), reason: z.string().max(64), count: Count, before: Count }),
  /** How often sales spoke well or ill of a campaign and of the leads it brought. */
  z.object({
    kind: z.literal('campaign'),
    campaignId: Id,
    rank: z.enum(['best', 'worst']),
    good: Count,
    bad: Count,
  }),
  /** Promises of one team: of `of` so many were broken; some of these by id. */
  z.object({ kind: z.literal('promises'), team: Team, broken: Count, of: Count, ids: z.array(Id).max(10) }),
  z.object({ kind: z.literal('feedback'), feedbackId: Id }),
]);
export type AgendaSource = z.infer<typeof AgendaSource>;

/** Who does what until when. */
export const AgendaDecision = z.object({
  id: Id,
  what: Text,
  who: Text.pipe(z.string().max(200)),
  until: z.iso.date().optional(),
});
export type AgendaDecision = z.infer<typeof AgendaDecision>;

export const AgendaItem = z.object({
  id: Id,
  section: AgendaSection,
  /** Absent: somebody has added it. */
  source: AgendaSource.optional(),
  /** In somebody's own words; empty: as its source says. */
  text: Text,
  notes: Text,
  done: z.boolean(),
  decisions: z.array(AgendaDecision).max(20),
});
export type AgendaItem = z.infer<typeof AgendaItem>;

const Somebody = z.object({ id: Id, name: Label });

/** What items name by id, as it stands now; what is gone is left out. */
const AgendaSubjects = z.object({
  feedback: z.array(
    z.object({
      id: Id,
      personName: Text.optional(),
      campaignName: Text.optional(),
      verdict: Verdict,
      reasons: z.array(z.string()),
      comment: Text.optional(),
      by: Somebody,
      at: Instant,
      /** Who has to say something next; absent: nobody. */
      waitsFor: Team.optional(),
      /** What was said last. */
      reply: z.object({ by: Somebody, text: Text, at: Instant }).optional(),
    }),
  ),
  handOvers: z.array(z.object({ id: Id, personName: Text, owner: Somebody.optional(), at: Instant })),
  campaigns: z.array(z.object({ id: Id, name: Text })),
});

export const Agenda = z.object({
  id: Id,
  month: Month,
  version: z.int().positive(),
  createdBy: Somebody,
  createdAt: Instant,
  changedBy: Somebody,
  changedAt: Instant,
  items: z.array(AgendaItem).max(200),
  subjects: AgendaSubjects,
});
export type Agenda = z.infer<typeof Agenda>;

export const AgendaSummary = Agenda.pick({
  id: true,
  month: true,
  version: true,
  changedBy: true,
  changedAt: true,
}).extend({ total: Count, done: Count, decisions: Count });
export type AgendaSummary = z.infer<typeof AgendaSummary>;

export const NewAgenda = Agenda.pick({ id: true, month: true });
/** Everything there is to be on it, and the version that was changed. */
export const AgendaChange = Agenda.pick({ version: true, items: true });
export type AgendaChange = z.infer<typeof AgendaChange>;
