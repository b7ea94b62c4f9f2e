import { defineConnector, type Limit } from './connector.ts';
import { LATE_MS } from './pipedrive/api.ts';
import { check } from './pipedrive/check.ts';
import { writeFeedback } from './pipedrive/feedback.ts';
import { pullPeople } from './pipedrive/people.ts';
import { Settings } from './pipedrive/settings.ts';
import { pullTouchpoints } from './pipedrive/touchpoints.ts';
import { webhook } from './pipedrive/webhook.ts';

const DAY_MS = 86_400_000;
/** What the token names as the company's own address. */
const API_DOMAIN = /^https:\/\/[a-z\d-]+\.pipedrive\.com$/;

/**
 * Those of the smallest plan, https://pipedrive.readme.io/docs/core-api-concepts-rate-limiting, 2026-09: in two seconds
 * 20 requests by an API token, 80 by OAuth. The day's allowance is counted in tokens, at least 30,000 for each seat, and
 * no answer says how many are left; what is asked here costs 10 to 40 a request, most of it 10.
 */
const limits = (burst: number): readonly Limit[] => [
  { requests: burst, perMs: 2_000 },
  { requests: 2_500, perMs: DAY_MS },
];

/**
 * Pipedrive. A person's status is how far sales is with them, see `pipedrive/standing.ts`. There are no campaigns to pull:
 * its public interface has none, neither the mailings of its Campaigns product nor anything else by that name; what leads
 * say of the marketing channel they came by stands with their touchpoints.
 */
export const pipedrive = defineConnector({
  id: 'pipedrive',
  label: 'Pipedrive',
  settings: Settings,
  oauth: {
    authorizeUrl: () => 'https://oauth.pipedrive.com/oauth/authorize',
    tokenUrl: () => 'https://oauth.pipedrive.com/oauth/token',
    // Which ones is said in the app, there.
    scopes: [],
    clientAuthentication: 'basic',
  },
  baseUrl: ({ company }, token) => {
    const domain = token?.extra['api_domain'];
    return domain !== undefined && API_DOMAIN.test(domain) ? domain : `https://${company}.pipedrive.com`;
  },
  authorise: ({ apiToken }, token) => {
    if (token) return { authorization: `Bearer ${token.accessToken}` };
    return apiToken === undefined ? {} : { 'x-api-token': apiToken };
  },
  tenant: ({ company }) => company,
  limits: ({ clientId }) => limits(clientId === undefined ? 20 : 80),
  // The stages and lead labels that every new account has, in the languages of this product.
  defaultMappings: {
    Cold: 'lead',
    Warm: 'lead',
    Hot: 'mql',
    Kalt: 'lead',
    Heiß: 'mql',
    Qualified: 'sql',
    'Contact Made': 'sql',
    'Demo Scheduled': 'opportunity',
    'Proposal Made': 'opportunity',
    'Negotiations Started': 'opportunity',
    won: 'customer',
    lost: 'recycled',
  },
  overlapMs: LATE_MS,
  check,
  pullPeople,
  pullTouchpoints,
  webhook,
  writeFeedback,
  recordUrl: ({ company }, { type, id }) => {
    const at = `https://${company}.pipedrive.com`;
    if (type === 'lead') return `${at}/leads/inbox/${encodeURIComponent(id)}`;
    return type === 'person' ? `${at}/person/${encodeURIComponent(id)}` : null;
  },
});
