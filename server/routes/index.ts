import type { Handlers } from '../operation.ts';
import { agreementHandlers } from './agreement.ts';
import { confirmationHandlers } from './confirmations.ts';
import { feedbackHandlers } from './feedback.ts';
import { handOverHandlers } from './hand-overs.ts';
import { importHandlers } from './imports.ts';
import { ingestHandlers } from './ingest.ts';
import { leadKeyHandlers } from './lead-key.ts';
import { readingHandlers } from './reading.ts';
import { selectorPackHandlers } from './selector-packs.ts';
import { sessionHandlers } from './session.ts';
import { stageChangeHandlers } from './stage-changes.ts';
import { userHandlers } from './users.ts';

/** What answers each row of the contract's table. */
export const handlers: Handlers = {
  ...sessionHandlers,
  ...userHandlers,
  ...agreementHandlers,
  ...readingHandlers,
  ...leadKeyHandlers,
  ...feedbackHandlers,
  ...stageChangeHandlers,
  ...confirmationHandlers,
  ...handOverHandlers,
  ...ingestHandlers,
  ...importHandlers,
  ...selectorPackHandlers,
};
