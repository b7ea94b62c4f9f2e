import { z } from 'zod';
import { Campaign } from '../../utils/contract/campaign.ts';
import { Consent, DoNotContact } from '../../utils/contract/consent.ts';
import { NewPerson, NewTouchpoint } from '../../utils/contract/ingest.ts';
import { NewPlannedTouch } from '../../utils/contract/planned-touch.ts';
import { EmailAddress, ExternalId, Instant, Label, type LocalText } from '../../utils/contract/primitives.ts';
import { PullName } from '../../utils/contract/source.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import type { SourceRequest } from './source-request.ts';
import type { Webhook } from './webhook.ts';

/** A record of the system, without what the runner knows by itself: which system, which installation. */
export const SourceRecord = ExternalId.pick({ type: true, id: true });
export type SourceRecord = z.infer<typeof SourceRecord>;

const Whose = z.union([z.object({ email: EmailAddress }), z.object({ record: SourceRecord })]);

/** A campaign as the system knows it: by an id of its own. */
export const SourceCampaign = Campaign.omit({ id: true }).extend({ sourceId: z.string().min(1).max(256) });
export type SourceCampaign = z.infer<typeof SourceCampaign>;
const NamedCampaign = SourceCampaign.pick({ sourceId: true, name: true, kind: true, startsAt: true });

/** A person as the system knows them. The status is its own word, kept verbatim; the stage follows from the mapping. */
export const SourcePerson = NewPerson.omit({
  id: true,
  externalIds: true,
  source: true,
  stage: true,
  sourceStatus: true,
  consents: true,
}).extend({
  record: SourceRecord,
  /** Other records of the same human being, e.g. the contact a lead became; where it is named, another system's. */
  otherRecords: z
    .array(ExternalId.partial({ system: true }))
    .max(10)
    .optional(),
  status: Label.optional(),
  consents: z
    .array(Consent.omit({ source: true }))
    .max(10)
    .optional(),
});
export type SourcePerson = z.infer<typeof SourcePerson>;

/** A touchpoint as the system knows it; `sourceId` is unique within the system, and the same in every pull. */
export const SourceTouchpoint = NewTouchpoint.omit({
  id: true,
  source: true,
  person: true,
  campaign: true,
}).extend({ person: Whose, campaign: NamedCampaign.optional() });
export type SourceTouchpoint = z.infer<typeof SourceTouchpoint>;

/** What somebody is due to receive. Pulled again with `cancelled` it is gone. */
export const SourcePlannedTouch = NewPlannedTouch.omit({
  id: true,
  source: true,
  person: true,
  campaign: true,
}).extend({ person: Whose, campaign: NamedCampaign.optional() });
export type SourcePlannedTouch = z.infer<typeof SourcePlannedTouch>;

/** What somebody has agreed to or refused, where the system keeps it apart from the person. */
export const SourceConsent = z.object({
  person: Whose,
  consents: z.array(Consent.omit({ source: true })).max(10),
  doNotContact: DoNotContact.optional(),
});
export type SourceConsent = z.infer<typeof SourceConsent>;

/** Where a pull goes on: of the connector's own making, kept between pages, JSON. */
export const Cursor = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
export type Cursor = z.infer<typeof Cursor>;

/** A page of a pull. It is stored together with its cursor, so that a hub that dies goes on at the next page. */
export interface Page<Item> {
  items: Item[];
  /** Null: this was the last page. */
  next: Cursor | null;
  /** How many items this pull has in all, where the system says so. */
  total?: number;
}

/**
 * Reads the next page of what was changed at or after `since` (null: all there is), oldest change first.
 *
 * @param cursor what the page before said; null for the first one.
 * @throws SourceError
 */
export type Pull<Settings, Item> = (
  io: SourceIo<Settings>,
  request: { since: Date | null; cursor: Cursor | null },
) => Promise<Page<Item>>;

/** What a connector works with. It reaches nothing else: no database, no clock, no network of its own. */
export interface SourceIo<Settings> {
  settings: Settings;
  /** Of the administrator's sign-in by OAuth; null where the settings hold a key. */
  token: AccessToken | null;
  /** The only way to the system. Keeps to the limits, repeats what may be repeated, throws `SourceError`. */
  request: SourceRequest;
  now: () => Date;
}

export interface AccessToken {
  accessToken: string;
  /** When it is over, where the system says so: another one is asked for before. */
  expiresAt?: string;
  /** What else the system said with the token, e.g. `instance_url`. */
  extra: Readonly<Record<string, string>>;
}

/** So many requests in so long; the runner waits rather than go over it. */
export interface Limit {
  requests: number;
  perMs: number;
  /** To which paths it applies; absent: to all. */
  applies?: (path: string) => boolean;
}

/** What `check` found, in words for an administrator: what works, or what is missing and how to get it. */
export interface Finding {
  ok: boolean;
  words: LocalText;
}

/** A verdict of sales' on its way into the system. */
export const FeedbackNote = z.object({
  feedbackId: z.uuid(),
  record: SourceRecord,
  verdict: z.string(),
  /** In the workspace's language, ready to be shown: verdict, reasons, comment, who and when. */
  text: Label,
  at: Instant,
  /** The author took it back. */
  withdrawn: z.boolean(),
  /** What `writeFeedback` answered the last time for this feedback. */
  remoteId: z.string().nullable(),
});
export type FeedbackNote = z.infer<typeof FeedbackNote>;

/**
 * How administrators sign the hub in, as the client that the settings `clientId` and `clientSecret` name; the secret
 * stays on the hub. Where `clientId` may be left out and is, the settings hold a key instead.
 */
export interface OAuth<Settings> {
  authorizeUrl: (settings: Settings) => string;
  tokenUrl: (settings: Settings) => string;
  scopes: readonly string[];
  /** How the client proves itself at the token endpoint. */
  clientAuthentication: 'basic' | 'post';
}

/** A system whose knowledge the hub brings in. One file each, listed in index.ts. */
export interface Connector<Schema extends z.ZodObject = z.ZodObject> {
  /** Also the `system` of its records and the `source` of what it says: as `utils/sites` calls it. */
  id: string;
  /** The product's own name. */
  label: string;
  /** Rendered as a form; `field()` of settings-field.ts gives each its label, help, and whether it is a secret. */
  settings: Schema;
  /** Absent: the settings hold a key. */
  oauth?: OAuth<z.infer<Schema>>;
  /** Where paths given to `request` begin, without a slash at the end. */
  baseUrl(settings: z.infer<Schema>, token: AccessToken | null): string;
  /** The headers that prove who asks. */
  authorise(settings: z.infer<Schema>, token: AccessToken | null): Record<string, string>;
  /** Which installation, as the site's page reader says it; undefined: its records have no tenant. */
  tenant(settings: z.infer<Schema>, token: AccessToken | null): string | undefined;
  limits: (settings: z.infer<Schema>) => readonly Limit[];
  /** What the system's own statuses stand for until an administrator says otherwise. */
  defaultMappings?: Readonly<Record<string, Stage>>;
  /** How much later the system shows a change than it dates it, in milliseconds. */
  overlapMs: number;
  /** Says in words what works with these settings and what is missing. Only throws what concerns everything. */
  check(io: SourceIo<z.infer<Schema>>): Promise<Finding[]>;
  pullPeople: Pull<z.infer<Schema>, SourcePerson>;
  pullTouchpoints: Pull<z.infer<Schema>, SourceTouchpoint>;
  /** Absent: the system has none beyond those that touchpoints name. */
  pullCampaigns?: Pull<z.infer<Schema>, SourceCampaign>;
  /** Always all of what is planned: what a whole pull does not name any more is cancelled. */
  pullPlanned?: Pull<z.infer<Schema>, SourcePlannedTouch>;
  pullConsent?: Pull<z.infer<Schema>, SourceConsent>;
  webhook?: Webhook<z.infer<Schema>>;
  /** Writes, or writes anew; finds what an attempt wrote whose answer was lost. Returns the system's id of it. */
  writeFeedback?(io: SourceIo<z.infer<Schema>>, note: FeedbackNote): Promise<{ remoteId: string | null }>;
  /** Where a person finds the record; null where it cannot be known. */
  recordUrl(settings: z.infer<Schema>, record: SourceRecord): string | null;
}

/** What connectors declare; keeps the settings' type through their functions. */
export const defineConnector = <Schema extends z.ZodObject>(
  connector: Connector<Schema>,
): Connector<Schema> => connector;

/** In this order: touchpoints name people and campaigns. */
export const PULLS = PullName.options;
