import type { Handlers } from '../operation.ts';
import { agendaHandlers } from './agendas.ts';
import { agreementHandlers } from './agreement.ts';
import { campaignHandlers } from './campaigns.ts';
import { channelHandlers } from './channels.ts';
import { auditHandlers } from './audit.ts';
import { confirmationHandlers } from './confirmations.ts';
import { erasureHandlers } from './erasure.ts';
import { feedbackHandlers } from './feedback.ts';
import { handOverHandlers } from './hand-overs.ts';
import { importHandlers } from './imports.ts';
import { ingestHandlers } from './ingest.ts';
import { leadKeyHandlers } from './lead-key.ts';
import { liveHandlers } from './live.ts';
import { myNewsHandlers } from './my-news.ts';
import { mySettingsHandlers } from './my-settings.ts';
import { mergeHandlers } from './merges.ts';
import { peopleHandlers } from './people.ts';
import { planHandlers } from './plans.ts';
import { readingHandlers } from './reading.ts';
import { segmentHandlers } from './segment.ts';
import { reportHandlers } from './reports.ts';
import { selectorPackHandlers } from './selector-packs.ts';
import { sessionHandlers } from './session.ts';
import { sourceStatusHandlers } from './source-statuses.ts';
import { sourceHandlers } from './sources.ts';
import { stageChangeHandlers } from './stage-changes.ts';
import { userHandlers } from './users.ts';
import { writeKeyHandlers } from './write-keys.ts';

/** What answers each row of the contract's table. */
export const handlers: Handlers = {
  ...sessionHandlers,
  ...userHandlers,
  ...agreementHandlers,
  ...agendaHandlers,
  ...readingHandlers,
  ...leadKeyHandlers,
  ...feedbackHandlers,
  ...stageChangeHandlers,
  ...confirmationHandlers,
  ...handOverHandlers,
  ...ingestHandlers,
  ...mergeHandlers,
  ...segmentHandlers,
  ...writeKeyHandlers,
  ...reportHandlers,
  ...campaignHandlers,
  ...planHandlers,
  ...peopleHandlers,
  ...importHandlers,
  ...selectorPackHandlers,
  ...liveHandlers,
  ...channelHandlers,
  ...sourceStatusHandlers,
  ...myNewsHandlers,
  ...mySettingsHandlers,
  ...erasureHandlers,
  ...auditHandlers,
  ...sourceHandlers,
};
