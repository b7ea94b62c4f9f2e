import { z } from 'zod';

/** Segment's own bounds: clients keep to them. */
export const MAX_SEGMENT_MESSAGES = 2_500;

/** One message as Segment's clients send it; what is in it is looked at one by one, so that a bad one loses no other. */
export const SegmentMessage = z.looseObject({});
export const SegmentBatch = z.looseObject({
  batch: z.array(z.unknown()).max(MAX_SEGMENT_MESSAGES),
  sentAt: z.unknown().optional(),
});

/** As Segment answers; what could not be used is named besides. */
export const SegmentAnswer = z.object({
  success: z.literal(true),
  rejected: z.array(z.object({ index: z.int().nonnegative(), reason: z.string() })).optional(),
});
export type SegmentAnswer = z.infer<typeof SegmentAnswer>;
