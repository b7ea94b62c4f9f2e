import type { CampaignKind } from '../contract/campaign.ts';
import type { Confirmable, FieldValue } from '../contract/criterion.ts';
import type { MachineReason, TouchpointKind } from '../contract/touchpoint.ts';

/** A field of a person, and since when we know it. */
export interface FieldFact {
  value: FieldValue;
  source?: string;
  at: string;
}

/** A touchpoint as criteria and engagement see it. */
export interface TouchpointFact {
  id: string;
  kind: TouchpointKind;
  title: string;
  campaignId?: string | undefined;
  campaignKind?: CampaignKind | undefined;
  occurredAt: string;
  source: string;
  machine: boolean;
  machineReason?: MachineReason | undefined;
}

/** What a rep said last about one subject. */
export interface ConfirmationFact {
  confirmed: boolean;
  by: { id: string; name: string };
  at: string;
}

/** Everything known of one lead that criteria may ask for, and the moment they are asked. Times are instants. */
export interface Facts {
  /** `name`, `company`, `title`, `phone`, `country`, `language`, `email`, `domain`, and what sources sent along. */
  fields: ReadonlyMap<string, FieldFact>;
  /** In any order. */
  touchpoints: readonly TouchpointFact[];
  confirmations: ReadonlyMap<Confirmable, ConfirmationFact>;
  /** What the sources that are silent now would deliver; `any` when one of them has not said. */
  silentKinds: 'any' | readonly TouchpointKind[];
  now: string;
  /** After how many days fields and confirmations count as unknown. */
  expiry: { fields: number; confirmations: number };
}
