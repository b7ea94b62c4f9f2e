import type { Handlers } from '../operation.ts';
import { feedbackHandlers } from './feedback.ts';
import { handOverHandlers } from './hand-overs.ts';
import { ingestHandlers } from './ingest.ts';
import { readingHandlers } from './reading.ts';
import { sessionHandlers } from './session.ts';

/** What answers each row of the contract's table. */
export const handlers: Handlers = {
  ...sessionHandlers,
  ...readingHandlers,
  ...feedbackHandlers,
  ...handOverHandlers,
  ...ingestHandlers,
};
