import type { Consent } from '../../utils/contract/consent.ts';
import type { Confirmable, FieldValue } from '../../utils/contract/criterion.ts';
import type { ExternalId, Language } from '../../utils/contract/primitives.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import type { TouchpointKind } from '../../utils/contract/touchpoint.ts';

/*
 * The sample is drafted in ages and turned into the contract's shapes at the end, in one place.
 * An age is working time before now, in milliseconds; the greater, the longer ago; negative, still to come.
 */

/** Where a thing of the sample comes from. */
export type System = 'mautic' | 'espocrm' | 'zoom' | 'google-ads';

export interface TouchDraft {
  age: number;
  kind: TouchpointKind;
  title: string;
  /** Key of a campaign. */
  campaign?: string;
  /** Path below the company's site. */
  path?: string;
  highlight?: string;
  machine?: true;
  /** When another system than the kind's usual one saw it. */
  source?: System;
}

/** Who moved a stage: a user by their position in the team, or the agreed rule. */
export type MoverDraft = number | 'rule' | 'mautic';

export interface StageDraft {
  age: number;
  to: Stage;
  by: MoverDraft;
  reason?: string;
}

export interface FeedbackDraft {
  age: number;
  /** Position in the team. */
  by: number;
  verdict: 'accepted' | 'returned' | 'praise' | 'suggestion';
  /** For praise and suggestions. */
  campaign?: string;
  reasons?: string[];
  comment?: string;
  /** When marketing has looked at it, how far it got. */
  state: 'new' | 'seen' | 'answered' | 'acted';
  reply?: { age: number; by: number; text: string };
}

/** A mail they are due to get. */
export interface PlannedDraft {
  /** Working time, or hours of the clock when it is a machine that sends it. */
  due: { age: number } | { hours: number };
  title: string;
  /** Key of a campaign. */
  campaign: string;
}

/** What a rep confirmed in talks. */
export interface ConfirmationDraft {
  subject: Confirmable;
  confirmed: boolean;
  age: number;
  /** Position in the team. */
  by: number;
}

export interface PersonDraft {
  name: string;
  emails: string[];
  company: string;
  title?: string;
  /** What is known besides, who said so, and when. */
  attributes: Record<string, FieldValue>;
  known: { source: System; age: number };
  phone?: string;
  country: string;
  language: Language;
  /** Position in the team. */
  owner?: number;
  externalIds: ExternalId[];
  /** Oldest first, at least one. */
  stages: StageDraft[];
  touches: TouchDraft[];
  consents: (Omit<Consent, 'since'> & { age: number })[];
  doNotContact?: { age: number; reason: string };
  feedback: FeedbackDraft[];
  confirmations: ConfirmationDraft[];
  planned: PlannedDraft[];
  /** The clock of their latest hand-over waits: since when, for how many days, and a pause reason of the agreement. */
  pause?: { age: number; days: number; reason: string };
}
