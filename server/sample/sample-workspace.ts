import type { Campaign } from '../../utils/contract/campaign.ts';
import type { Consent, DoNotContact } from '../../utils/contract/consent.ts';
import type { Confirmable } from '../../utils/contract/criterion.ts';
import type { Feedback } from '../../utils/contract/feedback.ts';
import type { SourceStatus } from '../../utils/contract/lead-context.ts';
import type { Person } from '../../utils/contract/person.ts';
import type { NewOffer, PlannedTouch } from '../../utils/contract/planned-touch.ts';
import type { User, Workspace } from '../../utils/contract/session.ts';
import type { Stage, StageEvent, StageState } from '../../utils/contract/stage.ts';
import type { Touchpoint } from '../../utils/contract/touchpoint.ts';
import type { HandOverRecord } from '../hand-overs/hand-over-record.ts';

export type SamplePerson = Person & {
  /** Oldest first, at least one. */
  stageEvents: StageEvent[];
  sourceStatus?: Pick<NonNullable<StageState['sourceStatus']>, 'system' | 'value'>;
  consents: Consent[];
  doNotContact?: DoNotContact;
  /** Where the fields come from, and when it knew them. */
  source?: string;
  sourcedAt?: string;
};

export type SampleTouchpoint = Touchpoint & { personId: string; sourceId: string };

export type SamplePlannedTouch = PlannedTouch & { personId: string; sourceId: string };

export interface SampleConfirmation {
  id: string;
  personId: string;
  subject: Confirmable;
  confirmed: boolean;
  by: { id: string; name: string };
  at: string;
}

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
  plannedTouches?: SamplePlannedTouch[];
  confirmations?: SampleConfirmation[];
  handOvers?: HandOverRecord[];
  offers?: NewOffer[];
  /** What a source's own status stands for. */
  statusMappings?: { system: string; value: string; stage: Stage }[];
}
