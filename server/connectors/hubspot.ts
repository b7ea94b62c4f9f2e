import { defineConnector, type Limit } from './connector.ts';
import { check } from './hubspot/check.ts';
import { pullCampaigns } from './hubspot/pull-campaigns.ts';
import { pullPeople } from './hubspot/pull-people.ts';
import { pullPlanned } from './hubspot/pull-planned.ts';
import { pullTouchpoints } from './hubspot/pull-touchpoints.ts';
import { Settings } from './hubspot/settings.ts';
import { webhook } from './hubspot/webhook.ts';
import { writeFeedback } from './hubspot/write-feedback.ts';

const isSearch = (path: string) => path.endsWith('/search');

/**
 * Five searches a second for all apps of an account together, of which one is left to the others; they do not count as
 * requests otherwise. Of those the smallest plan has 100 in ten seconds, OAuth 110, larger plans 190: all keep this one,
 * and a sync is no faster with more, since searches take the time.
 */
const LIMITS: readonly Limit[] = [
  { requests: 4, perMs: 1_000, applies: isSearch },
  { requests: 100, perMs: 10_000, applies: (path) => !isSearch(path) },
];

/** Without these nothing can be brought in or written. */
const SCOPES = ['oauth', 'crm.objects.contacts.read', 'crm.objects.contacts.write'] as const;
/** HubSpot turns administrators away when their plan lacks a scope that is not said to be optional. */
const OPTIONAL_SCOPES = [
  'crm.objects.owners.read',
  'crm.schemas.contacts.read',
  'crm.lists.read',
  'crm.objects.marketing_events.read',
  'marketing.campaigns.read',
  'content',
  'forms',
  'communication_preferences.statuses.batch.read',
] as const;

/**
 * HubSpot. Its status is the lifecycle stage, in HubSpot's own word (`marketingqualifiedlead`) or, for stages that a
 * company has added, in the company's; the lead status, which only speaks of what sales is doing, is the attribute
 * `leadStatus`. Requests are our own rather than by `@hubspot/api-client`, which brings its own HTTP client, its own
 * retries and 47 MB for some fifteen addresses.
 */
export const hubspot = defineConnector({
  id: 'hubspot',
  label: 'HubSpot',
  settings: Settings,
  oauth: {
    authorizeUrl: () =>
      `https://app.hubspot.com/oauth/authorize?${new URLSearchParams({ optional_scope: OPTIONAL_SCOPES.join(' ') }).toString()}`,
    tokenUrl: () => 'https://api.hubapi.com/oauth/v1/token',
    scopes: SCOPES,
    clientAuthentication: 'post',
  },
  baseUrl: () => 'https://api.hubapi.com',
  authorise: ({ accessToken }, token) => {
    const key = token?.accessToken ?? accessToken;
    return key === undefined ? {} : { authorization: `Bearer ${key}` };
  },
  tenant: ({ portalId }) => portalId,
  limits: () => LIMITS,
  // New records take seconds to be found by a search, in bad hours minutes.
  overlapMs: 10 * 60_000,
  check,
  pullPeople,
  pullTouchpoints,
  pullCampaigns,
  pullPlanned,
  webhook,
  writeFeedback,
  recordUrl: ({ portalId }, { type, id }) =>
    type === 'contact'
      ? `https://app.hubspot.com/contacts/${portalId}/record/0-1/${encodeURIComponent(id)}`
      : null,
});
