import { Hono } from 'hono';
import type { AccessToken } from '../../../server/connectors/connector.ts';
import { pipedrive } from '../../../server/connectors/pipedrive.ts';
import type { FakeOptions, FakeSystem } from './fake-system.ts';
import { makeData, pipedriveTime, type PipedriveData, USERS } from './pipedrive/data.ts';
import { createLimits } from './pipedrive/limits.ts';
import { createNotes } from './pipedrive/notes.ts';
import { refuse } from './pipedrive/refusals.ts';
import { createTables } from './pipedrive/tables.ts';

interface PipedriveFake extends FakeSystem {
  data: PipedriveData;
  /** Method and path of every request, answered well or badly. */
  asked: string[];
  /** What today's requests have cost of the allowance. */
  readonly spent: number;
  /** Others in the company use today's tokens. */
  useUp: () => void;
}

interface PipedriveOptions extends FakeOptions {
  /** How the hub is let in; with `oauth`, by a token that is good for some requests more. */
  by?: 'oauth' | 'key';
  /** Scopes that the app does not have. */
  lacking?: readonly string[];
  /** Whether the company sends mails with it, too. */
  hasCampaigns?: boolean;
}

const COMPANY = 'nordlicht';
const HOST = `https://${COMPANY}.pipedrive.com`;
const KEY = '0123456789abcdef0123456789abcdef01234567';
const CLIENT = { clientId: '5f9e', clientSecret: 'shared-with-pipedrive' };
const TOKEN_MS = 3_599_000;
/** So many requests the first token is good for: its hour is nearly over. */
const FIRST_USES = 9;

/** What may be done with what. The first that fits. */
const SCOPES: readonly (readonly [request: RegExp, scope: string])[] = [
  [/^(?:POST|PUT|DELETE) \/api\/v1\/notes/, 'contacts:full'],
  [/\/(?:notes|persons|organizations|personFields)/, 'contacts:read'],
  [/\/(?:deals|stages)/, 'deals:read'],
  [/\/(?:leads|leadLabels)/, 'leads:read'],
  [/\/activities/, 'activities:read'],
  [/\/users$/, 'users:read'],
];

/** A company's Pipedrive in this process, on the smallest plan; its rules are those of its description and guides. */
export function createPipedriveFake({
  contacts,
  now,
  by = 'oauth',
  lacking = [],
  hasCampaigns = true,
}: PipedriveOptions): PipedriveFake {
  const data = makeData(contacts, now());
  const isSignIn = by === 'oauth';
  const limits = createLimits({ now, isSignIn });
  const tokens = createTokens(now);
  const app = new Hono()
    .get('/api/v1/users/me', (c) =>
      c.json({ success: true, data: { ...USERS[0], company_id: 4711, company_domain: COMPANY } }),
    )
    .route('/api/v1/notes', createNotes(data, now))
    .route('/api', createTables(data, { hasCampaigns }))
    .notFound(() => refuse(404, 'Unknown method .'));
  const asked: string[] = [];

  const fetch = async (request: Request): Promise<Response> => {
    const { pathname, origin } = new URL(request.url);
    const what = `${request.method} ${pathname}`;
    asked.push(what);
    if (origin !== HOST) return new Response(null, { status: 421 });
    const isKnown = isSignIn
      ? tokens.isGood(request.headers.get('authorization'))
      : request.headers.get('x-api-token') === KEY;
    if (!isKnown) return refuse(401, 'unauthorized access');
    const { isOver, headers } = limits.take(what);
    if (isOver) return refuse(429, 'request over limit', headers);
    const scope = SCOPES.find(([pattern]) => pattern.test(what))?.[1];
    const response =
      scope !== undefined && lacking.includes(scope)
        ? refuse(403, 'Scope and URL mismatch')
        : await app.fetch(request);
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    return response;
  };

  return {
    connector: pipedrive,
    settings: { company: COMPANY, ...(isSignIn ? CLIENT : { apiToken: KEY }) },
    token: isSignIn ? tokens.first : null,
    ...(isSignIn && { refreshToken: tokens.refresh }),
    fetch,
    get requests() {
      return asked.length;
    },
    get minimumRequests() {
      return minimumRequests(data);
    },
    get contents() {
      return contentsOf(data);
    },
    change: (count) => changePersons(data, count, pipedriveTime(now())),
    data,
    asked,
    useUp: limits.useUp,
    get spent() {
      return limits.spent;
    },
  };
}

function createTokens(now: () => Date) {
  const extra = { api_domain: HOST };
  const first: AccessToken = { accessToken: 'fake-access-1', extra };
  const expiry = new Map([[first.accessToken, Infinity]]);
  let uses = 0;
  return {
    first,
    refresh: (stale: AccessToken): Promise<AccessToken> => {
      if (!expiry.has(stale.accessToken)) throw new Error('A token of another company.');
      const accessToken = `fake-access-${String(expiry.size + 1)}`;
      expiry.set(accessToken, now().getTime() + TOKEN_MS);
      return Promise.resolve({ accessToken, extra });
    },
    isGood: (authorization: string | null): boolean => {
      const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '';
      if (token === first.accessToken && ++uses > FIRST_USES) expiry.set(token, 0);
      return (expiry.get(token) ?? 0) > now().getTime();
    },
  };
}

function changePersons({ persons }: PipedriveData, count: number, update_time: string) {
  // Spread over all of them, so that none are neighbours.
  for (let index = 0; index < count; index++) {
    const person = persons[Math.floor((index * persons.length) / count)];
    if (person) Object.assign(person, { job_title: `${person.job_title ?? 'Buyer'}, promoted`, update_time });
  }
}

/** Every page full, nothing asked for twice; besides, the fields, users, stages and labels. */
function minimumRequests({ persons, organisations, deals, leads, activities }: PipedriveData): number {
  const lists = [
    persons.length,
    organisations.length,
    deals.filter(({ status, is_archived }) => status === 'open' && !is_archived).length,
    leads.filter(({ is_archived }) => is_archived).length,
    leads.filter(({ is_archived }) => !is_archived).length,
    activities.filter(({ done }) => done).length,
  ];
  return lists.reduce((sum, length) => sum + Math.max(1, Math.ceil(length / 500)), 4);
}

function contentsOf({ persons, leads, activities }: PipedriveData): FakeSystem['contents'] {
  const held = activities.filter(({ done, type }) => done && ['call', 'meeting', 'lunch'].includes(type));
  const ofTheWeb = leads.filter(
    ({ person_id, source_name, channel_id }) =>
      person_id !== null && (channel_id !== null || ['Web forms', 'Live chat'].includes(source_name)),
  );
  return {
    people: persons.length,
    touchpoints: held.reduce((sum, { participants }) => sum + participants.length, ofTheWeb.length),
    campaigns: new Set(ofTheWeb.flatMap(({ channel_id }) => channel_id ?? [])).size,
  };
}
