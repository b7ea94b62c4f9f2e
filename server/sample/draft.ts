import type { Consent } from '../../utils/contract/consent.ts';
import type { ExternalId, Language } from '../../utils/contract/primitives.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import type { TouchpointKind } from '../../utils/contract/touchpoint.ts';

/*
 * The sample is drafted in ages and turned into the contract's shapes at the end, in one place.
 * An age is working time before now, in milliseconds; the greater, the longer ago.
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

export interface PersonDraft {
  name: string;
  emails: string[];
  company: string;
  title: string;
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
}
