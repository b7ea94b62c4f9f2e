import { z } from 'zod';
import { CampaignKind } from './campaign.ts';
import { Consent, DoNotContact } from './consent.ts';
import { Person } from './person.ts';
import { EmailAddress, ExternalId, Instant, Label } from './primitives.ts';
import { Stage } from './stage.ts';
import { Touchpoint } from './touchpoint.ts';

export const MAX_BATCH = 1000;

/** A person as a source knows them. The id is the caller's: sending the same person twice has one effect. */
export const NewPerson = Person.omit({ owner: true }).extend({
  ownerEmail: EmailAddress.optional(),
  stage: Stage.optional(),
  sourceStatus: z.object({ system: z.string().max(64), value: Label }).optional(),
  /** The system the fields come from, and when it knew them; by default the present. */
  source: z.string().max(64).optional(),
  sourcedAt: Instant.optional(),
  consents: z.array(Consent).max(10).optional(),
  doNotContact: DoNotContact.optional(),
});
export type NewPerson = z.infer<typeof NewPerson>;
export const PeopleBatch = z.object({ people: z.array(NewPerson).min(1).max(MAX_BATCH) });
export type PeopleBatch = z.infer<typeof PeopleBatch>;

/** A touchpoint names its person by address or external id, and is unique by source and source id. */
export const NewTouchpoint = Touchpoint.omit({ campaignId: true }).extend({
  /** Of the client that opened or clicked: tells machines from people, and is not kept. */
  userAgent: z.string().max(1_000).optional(),
  person: z.union([z.object({ email: EmailAddress }), z.object({ record: ExternalId })]),
  campaign: z
    .object({ id: z.uuid(), name: Label, kind: CampaignKind, startsAt: Instant.optional() })
    .optional(),
  sourceId: z.string().min(1).max(256),
});
export type NewTouchpoint = z.infer<typeof NewTouchpoint>;
export const TouchpointBatch = z.object({ touchpoints: z.array(NewTouchpoint).min(1).max(MAX_BATCH) });
export type TouchpointBatch = z.infer<typeof TouchpointBatch>;

/** What became of a batch: rows by their position in it, so that the sender can mend and resend. */
export const BatchResult = z.object({
  stored: z.int().nonnegative(),
  /** Known already; nothing changed. */
  repeated: z.int().nonnegative(),
  rejected: z.array(z.object({ index: z.int().nonnegative(), reason: z.string() })),
});
export type BatchResult = z.infer<typeof BatchResult>;
