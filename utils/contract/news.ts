import { z } from 'zod';
import { ReplyKind } from './feedback.ts';
import { Id, Instant, Label, Text } from './primitives.ts';

/**
 * `clock-at-risk`: the last quarter of the time for my follow-up has begun, or the time is over. `answered`: marketing
 * has said something to my feedback. `came-back`: a lead is mine to follow up that had been handed over before.
 */
export const NewsKind = z.enum(['clock-at-risk', 'answered', 'came-back']);
export type NewsKind = z.infer<typeof NewsKind>;

/** Something that has happened for one user. */
export const News = z.object({
  /** The same for the same piece of news, however often it is read. */
  id: z.string().max(80),
  kind: NewsKind,
  at: Instant,
  person: z.object({ id: Id, name: Text.optional() }).optional(),
  /** What the feedback was about, where that was no lead. */
  campaign: z.object({ id: Id, name: Label }).optional(),
  /** What marketing has said; absent: an answer. */
  reply: ReplyKind.optional(),
  /** Until when to follow up. */
  due: Instant.optional(),
});
export type News = z.infer<typeof News>;

export const MyNews = z.object({
  /** What to ask with the next time. News of about then may come twice: they bear the same id. */
  until: Instant,
  /** The latest first. */
  news: z.array(News).max(100),
});
export type MyNews = z.infer<typeof MyNews>;
