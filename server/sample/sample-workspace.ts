import type { Campaign } from '../../utils/contract/campaign.ts';
import type { Consent, DoNotContact } from '../../utils/contract/consent.ts';
import type { Feedback } from '../../utils/contract/feedback.ts';
import type { SourceStatus } from '../../utils/contract/lead-context.ts';
import type { Person } from '../../utils/contract/person.ts';
import type { User, Workspace } from '../../utils/contract/session.ts';
import type { StageEvent, StageState } from '../../utils/contract/stage.ts';
import type { Touchpoint } from '../../utils/contract/touchpoint.ts';

export type SamplePerson = Person & {
  /** Oldest first, at least one. */
  stageEvents: StageEvent[];
  sourceStatus?: NonNullable<StageState['sourceStatus']>;
  consents: Consent[];
  doNotContact?: DoNotContact;
};

export type SampleTouchpoint = Touchpoint & { personId: string; sourceId: string };

/** A fictional company's whole workspace, as the hub stores it. */
export interface SampleWorkspace {
  workspace: Workspace;
  /** The first one is the local user: the rep who reads the sample Gmail. */
  users: User[];
  campaigns: Campaign[];
  people: SamplePerson[];
  /** Oldest first. */
  touchpoints: SampleTouchpoint[];
  feedback: Feedback[];
  sources: SourceStatus[];
}
