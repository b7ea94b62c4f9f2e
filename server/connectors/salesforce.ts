import { z } from 'zod';
import { EmailAddress } from '../../utils/contract/primitives.ts';
import { readCountry } from '../imports/cell-values.ts';
import {
  defineConnector,
  type SourceCampaign,
  type SourcePerson,
  type SourceTouchpoint,
} from './connector.ts';
import { hostOf, lightningHostOf, organisationOf, signInAt, signInSettings } from './salesforce/my-domain.ts';
import { checkSalesforce } from './salesforce/check.ts';
import { writeTask } from './salesforce/feedback.ts';
import { defineFeed, Moment, pullFeeds, RecordId, recordOf } from './salesforce/query.ts';
import { begunMeetings, calls, campaigns, meetings, members } from './salesforce/touchpoints.ts';

const Text = z.string().nullish();
const Flag = z.boolean().nullish();

/** What leads and contacts have in common. */
const human = {
  Id: RecordId,
  Name: z.string(),
  SystemModstamp: Moment,
  Email: Text,
  Title: Text,
  Phone: Text,
  MobilePhone: Text,
  LeadSource: Text,
  HasOptedOutOfEmail: Flag,
  DoNotCall: Flag,
  Owner: z.object({ Email: Text }).nullish(),
};

const leads = defineFeed({
  object: 'Lead',
  row: z.object({
    ...human,
    Status: Text,
    Company: Text,
    Country: Text,
    Industry: Text,
    NumberOfEmployees: z.number().nullish(),
    Rating: Text,
    ConvertedContactId: RecordId.nullish(),
  }),
  items: (lead): SourcePerson[] => [
    {
      ...personOf(lead, 'Lead', lead.Company, lead.Country, {
        industry: lead.Industry,
        employees: lead.NumberOfEmployees,
        rating: lead.Rating,
      }),
      ...(lead.Status?.trim() && { status: lead.Status }),
      ...(lead.ConvertedContactId && { otherRecords: [recordOf('Contact', lead.ConvertedContactId)] }),
    },
  ],
});

const contacts = defineFeed({
  object: 'Contact',
  row: z.object({
    ...human,
    MailingCountry: Text,
    Account: z.object({ Name: Text, Industry: Text, NumberOfEmployees: z.number().nullish() }).nullish(),
  }),
  items: (contact): SourcePerson[] => [
    personOf(contact, 'Contact', contact.Account?.Name, contact.MailingCountry, {
      industry: contact.Account?.Industry,
      employees: contact.Account?.NumberOfEmployees,
    }),
  ],
});

/**
 * Salesforce's leads, contacts, campaigns and their members, calls and meetings, by its REST API. Without the vendor's
 * client for JavaScript (jsforce), which brings its own network, retries and sign-in.
 *
 * Account Engagement is a source of its own (account-engagement.ts): another host, other limits, another sign-in scope.
 *
 * Left out: the stage of contacts (Salesforce keeps it with opportunities, of which somebody may have several, so
 * contacts have no status); e-mails (EmailMessage holds what was written); deleted records, which stay in the hub.
 */
export const salesforce = defineConnector({
  id: 'salesforce',
  label: 'Salesforce',
  settings: z.object(signInSettings),
  oauth: signInAt(['api']),
  baseUrl: ({ domain }, token) =>
    token?.extra.instance_url?.replace(/\/$/, '') ?? `https://${hostOf(domain)}`,
  authorise: (_settings, token): Record<string, string> =>
    token ? { authorization: `Bearer ${token.accessToken}` } : {},
  tenant: ({ domain }) => organisationOf(domain),
  // It counts by 24 hours and says on every answer how many are left; query.ts keeps to our share of them.
  limits: () => [],
  // A change is dated when it is saved and shown once its transaction is through, which may take ten minutes.
  overlapMs: 15 * 60_000,
  check: (io) => checkSalesforce(io, [leads, contacts, campaigns, members, calls, meetings]),
  pullPeople: pullFeeds<SourcePerson>([leads, contacts]),
  pullCampaigns: pullFeeds<SourceCampaign>([campaigns]),
  pullTouchpoints: pullFeeds<SourceTouchpoint>([members, calls, meetings, begunMeetings]),
  writeFeedback: writeTask,
  recordUrl: ({ domain }, { type, id }) =>
    `https://${lightningHostOf(domain)}/lightning/r/${type}/${id}/view`,
});

type Human = z.infer<z.ZodObject<typeof human>>;

function personOf(
  row: Human,
  type: 'Lead' | 'Contact',
  company: string | null | undefined,
  country: string | null | undefined,
  attributes: Record<string, string | number | null | undefined>,
): SourcePerson {
  const phone = row.Phone ?? row.MobilePhone;
  const code = country ? readCountry(country) : null;
  const owner = EmailAddress.safeParse(row.Owner?.Email);
  const known = Object.entries({ ...attributes, leadSource: row.LeadSource }).flatMap(([name, value]) =>
    value === null || value === undefined || value === '' ? [] : [[name, value] as const],
  );
  return {
    record: recordOf(type, row.Id),
    name: row.Name,
    emails: EmailAddress.safeParse(row.Email).data ? [String(row.Email).trim()] : [],
    ...(company && { company }),
    ...(row.Title && { title: row.Title }),
    ...(phone && { phone: phone.slice(0, 64) }),
    ...(code && { country: code }),
    ...(owner.success && { ownerEmail: owner.data }),
    attributes: Object.fromEntries(known),
    consents: refusalsOf(row),
  };
}

/** Salesforce does not say since when, so the latest change stands for it. Unticked says nothing: no consent. */
function refusalsOf(row: Human): NonNullable<SourcePerson['consents']> {
  const since = row.SystemModstamp;
  return [
    ...(row.HasOptedOutOfEmail
      ? [{ channel: 'email' as const, state: 'withdrawn' as const, basis: 'HasOptedOutOfEmail', since }]
      : []),
    ...(row.DoNotCall
      ? [{ channel: 'phone' as const, state: 'denied' as const, basis: 'DoNotCall', since }]
      : []),
  ];
}
