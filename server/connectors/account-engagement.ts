import { z } from 'zod';
import { EmailAddress } from '../../utils/contract/primitives.ts';
import type { TouchpointKind } from '../../utils/contract/touchpoint.ts';
import { readCountry, usualChannel } from '../imports/cell-values.ts';
import { checkEngagement, pullObjects, readLifecycle, type Stages } from './account-engagement/query.ts';
import {
  defineConnector,
  type SourceCampaign,
  type SourcePerson,
  type SourceTouchpoint,
} from './connector.ts';
import { isTrial, organisationOf, shortId, signInAt, signInSettings } from './salesforce/my-domain.ts';
import { field } from './settings-field.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Of the 25,000 that the smallest edition has a day; the rest is left to others. */
const DAILY_REQUESTS = 20_000;

const Text = z.string().nullish();
const Flag = z.boolean().nullish();
const Count = z.number().nullish();
/** With the offset of the user's time zone. */
const Time = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const Row = z.object({ id: z.int(), updatedAt: Time });

const Prospect = Row.extend({
  email: Text,
  firstName: Text,
  lastName: Text,
  company: Text,
  jobTitle: Text,
  phone: Text,
  country: Text,
  score: Count,
  grade: Text,
  lifecycleStageId: Count,
  salesforceLeadId: Text,
  salesforceContactId: Text,
  optedOut: Flag,
  isDoNotEmail: Flag,
  isDoNotCall: Flag,
});
type Prospect = z.infer<typeof Prospect>;

const Activity = Row.extend({
  type: z.int(),
  typeName: Text,
  details: Text,
  createdAt: Time,
  prospectId: Count,
  campaignId: Count,
  campaign: z.object({ name: Text }).nullish(),
  emailId: Count,
  emailTemplateId: Count,
  listEmailId: Count,
  formId: Count,
  formHandlerId: Count,
  landingPageId: Count,
  fileId: Count,
});
type Activity = z.infer<typeof Activity>;

/**
 * Account Engagement (Pardot), by version 5 of its API. A source of its own beside Salesforce: it has another host,
 * business units with limits of their own, and an organisation may have either without the other's rights. Its prospects
 * name the lead and contact they belong to, so that both sources speak of the same people.
 *
 * Left out: owners, which are Salesforce's; the links between its campaigns and Salesforce's; writing feedback, which
 * would need an extension set up by hand, and which Salesforce takes; the export API, which is for what is more than
 * some millions of activities.
 */
export const accountEngagement = defineConnector({
  id: 'account-engagement',
  label: 'Account Engagement (Pardot)',
  settings: z.object({
    ...signInSettings,
    businessUnitId: field(
      z
        .string()
        .trim()
        .regex(
          /^0Uv[a-zA-Z0-9]{15}$/,
          'must be the id of a business unit: 18 characters that begin with 0Uv',
        ),
      {
        label: { en: 'Business unit ID', de: 'Geschäftseinheits-ID' },
        help: {
          en: 'Salesforce → Setup → Business Unit Setup; begins with 0Uv.',
          de: 'Salesforce → Setup → Einrichtung der Geschäftseinheit; beginnt mit 0Uv.',
        },
        placeholder: '0Uv000000000001AAA',
      },
    ),
  }),
  oauth: signInAt(['pardot_api']),
  // Sandboxes' and developers' business units live on a host of their own.
  baseUrl: ({ domain }) => `https://${isTrial(domain) ? 'pi.demo.pardot.com' : 'pi.pardot.com'}/api/v5`,
  authorise: ({ businessUnitId }, token): Record<string, string> => ({
    'pardot-business-unit-id': businessUnitId,
    ...(token && { authorization: `Bearer ${token.accessToken}` }),
  }),
  tenant: ({ businessUnitId }) => businessUnitId,
  limits: () => [{ requests: DAILY_REQUESTS, perMs: DAY_MS }],
  // What is read may be a minute behind.
  overlapMs: 5 * 60_000,
  check: checkEngagement,
  pullCampaigns: pullObjects({
    path: '/objects/campaigns',
    row: Row.extend({ name: z.string() }),
    items: ({ id, name }): SourceCampaign[] => [campaignOf(id, name)],
  }),
  pullPeople: pullObjects({
    path: '/objects/prospects',
    row: Prospect,
    prepare: readLifecycle,
    items: (prospect, { settings, stages }: { settings: { domain: string }; stages: Stages }) => [
      personOf(prospect, settings, stages),
    ],
  }),
  pullTouchpoints: pullObjects({ path: '/objects/visitor-activities', row: Activity, items: touchpointsOf }),
  recordUrl: ({ domain }, { id }) =>
    `https://${isTrial(domain) ? 'pi.demo.pardot.com' : 'pi.pardot.com'}/prospect/read/id/${id}`,
});

function personOf(prospect: Prospect, { domain }: { domain: string }, stages: Stages): SourcePerson {
  const email = EmailAddress.safeParse(prospect.email);
  const name = [prospect.firstName, prospect.lastName].filter(Boolean).join(' ').trim();
  const country = prospect.country ? readCountry(prospect.country) : null;
  const status = stages[String(prospect.lifecycleStageId)]?.trim();
  const { score, grade } = prospect;
  return {
    record: { type: 'prospect', id: String(prospect.id) },
    otherRecords: salesforceRecords(prospect, organisationOf(domain)),
    name: name || (email.data ?? String(prospect.id)),
    emails: email.success ? [email.data] : [],
    ...(prospect.company && { company: prospect.company }),
    ...(prospect.jobTitle && { title: prospect.jobTitle }),
    ...(prospect.phone && { phone: prospect.phone.slice(0, 64) }),
    ...(country && { country }),
    ...(status && { status }),
    attributes: { ...(typeof score === 'number' && { score }), ...(grade && { grade }) },
    consents: refusalsOf(prospect),
  };
}

function salesforceRecords(prospect: Prospect, tenant: string): SourcePerson['otherRecords'] {
  const { salesforceLeadId: lead, salesforceContactId: contact } = prospect;
  const there = { system: 'salesforce', tenant };
  return [
    ...(lead ? [{ ...there, type: 'Lead', id: shortId(lead) }] : []),
    ...(contact ? [{ ...there, type: 'Contact', id: shortId(contact) }] : []),
  ];
}

/** Since when is not said, so the latest change stands for it. Not opted out is no consent. */
function refusalsOf(prospect: Prospect): NonNullable<SourcePerson['consents']> {
  const since = prospect.updatedAt;
  const email = prospect.optedOut
    ? { state: 'withdrawn' as const, basis: 'optedOut' }
    : { state: 'denied' as const, basis: 'isDoNotEmail' };
  return [
    ...(prospect.optedOut || prospect.isDoNotEmail ? [{ channel: 'email' as const, ...email, since }] : []),
    ...(prospect.isDoNotCall
      ? [{ channel: 'phone' as const, state: 'denied' as const, basis: 'isDoNotCall', since }]
      : []),
  ];
}

function touchpointsOf(activity: Activity): SourceTouchpoint[] {
  const kind = kindOf(activity);
  if (kind === null || !activity.prospectId) return [];
  const { campaignId, campaign } = activity;
  return [
    {
      sourceId: String(activity.id),
      person: { record: { type: 'prospect', id: String(activity.prospectId) } },
      kind,
      ...usualChannel(kind),
      ...(campaignId && campaign?.name && { campaign: campaignOf(campaignId, campaign.name) }),
      title: activity.details?.trim() || (activity.typeName ?? ''),
      occurredAt: activity.createdAt,
      machine: false,
    },
  ];
}

/** What a type of activity means whatever it was about (the vendor's "Visitor Activity Types", 2026-11). */
const KINDS: Partial<Record<number, TouchpointKind>> = {
  6: 'email.sent',
  11: 'email.opened',
  12: 'email.unsubscribed',
  13: 'email.bounced',
  14: 'email.complained',
  17: 'ad.clicked',
  20: 'page.visited',
  21: 'ad.clicked',
  22: 'chat',
  24: 'webinar.watched',
  25: 'event.registered',
  26: 'ad.clicked',
  28: 'event.registered',
  29: 'event.attended',
  35: 'email.unsubscribed',
  36: 'email.bounced',
};
const CLICK = 1;
const VIEW = 2;
const SUCCESS = 4;

/** Null: nothing the person did or got, such as an error, a search, or a change of an opportunity. */
function kindOf(activity: Activity): TouchpointKind | null {
  const { type, emailId, emailTemplateId, listEmailId, fileId, formId, formHandlerId, landingPageId } =
    activity;
  const isAboutMail = Boolean(emailId ?? emailTemplateId ?? listEmailId);
  if (type === CLICK) return isAboutMail ? 'email.clicked' : 'ad.clicked';
  if (type === VIEW) return fileId ? 'asset.downloaded' : 'page.visited';
  if (type === SUCCESS) return (formId ?? formHandlerId ?? landingPageId) ? 'form.submitted' : 'custom';
  return KINDS[type] ?? null;
}

function campaignOf(id: number, name: string) {
  return { sourceId: String(id), name: name.trim() || String(id), kind: 'other' as const };
}
