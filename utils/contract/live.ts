import { z } from 'zod';
import { Id } from './primitives.ts';

/** What changes on open pages: of a `person` everything their context shows, feedback on them included. */
export const LiveKind = z.enum([
  'person',
  'feedback',
  'agreement',
  'users',
  'sources',
  'agendas',
  'campaigns',
  'plans',
]);
export type LiveKind = z.infer<typeof LiveKind>;

/**
 * The data of an event `change`, which says what to read again and nothing of what it holds. The other event, `reset`,
 * says that changes may have been missed: everything is to be read again.
 */
export const LiveChange = z.object({
  kind: LiveKind,
  /** Which of them; empty: any of them may have changed. */
  ids: z.array(Id),
});
export type LiveChange = z.infer<typeof LiveChange>;
