import { Hono } from 'hono';
import type { AccessToken } from '../../../server/connectors/connector.ts';
import { hubspot } from '../../../server/connectors/hubspot.ts';
import type { FakeOptions, FakeSystem } from './fake-system.ts';
import { createAccount, type FakeAccount, type FakeRecord, OWNERS } from './hubspot/account.ts';
import { createCrm } from './hubspot/crm.ts';
import { createMarketing } from './hubspot/marketing.ts';
import { createRates } from './hubspot/rates.ts';
import { invalid, missing, refuse } from './hubspot/refusals.ts';

export interface HubspotFake extends FakeSystem {
  account: FakeAccount;
  /** Every path that was asked for, answered well or badly. */
  asked: string[];
  /** Somebody makes a contact now. */
  addContact: (properties: Record<string, string>) => FakeRecord;
}

interface HubspotOptions extends FakeOptions {
  /** How the hub is let in; with `oauth`, by a token that is good for twenty seconds more. */
  by?: 'oauth' | 'key';
  /** Scopes, or `enterprise`, that the key does not have. */
  lacking?: readonly string[];
}

const KEY = 'pat-eu1-00000000-fake-0000-0000-000000000000';
const CLIENT = { clientId: '0d0e', clientSecret: 'shared-with-hubspot' };
const TOKEN_MS = 30 * 60_000;

/** What may be read with what. The first that fits. */
const SCOPES: readonly (readonly [path: RegExp, scope: string, isWrite?: true])[] = [
  [/^\/crm\/v3\/objects\/notes(?:\/\d+)?$/, 'crm.objects.contacts.write', true],
  [/^\/crm\/v[34]\/(?:objects|associations)/, 'crm.objects.contacts.read'],
  [/^\/crm\/v3\/owners/, 'crm.objects.owners.read'],
  [/^\/crm\/v3\/lists/, 'crm.lists.read'],
  [/^\/crm\/v3\/properties/, 'crm.schemas.contacts.read'],
  [/^\/communication-preferences/, 'communication_preferences.statuses.batch.read'],
  [/^\/(?:email|marketing\/v3\/emails)/, 'content'],
  [/^\/(?:marketing\/v3\/forms|form-integrations)/, 'forms'],
  [/^\/events/, 'enterprise'],
  [/^\/marketing\/v3\/marketing-events/, 'crm.objects.marketing_events.read'],
  [/^\/marketing\/v3\/campaigns/, 'marketing.campaigns.read'],
];

/** A HubSpot account in this process; its rules are HubSpot's, as its guides and descriptions state them. */
export function createHubspotFake({
  contacts,
  now,
  by = 'oauth',
  lacking = [],
}: HubspotOptions): HubspotFake {
  const account = createAccount(contacts);
  const isSignIn = by === 'oauth';
  const rates = createRates({ isSignIn, now });
  const tokens = createTokens(now);
  const app = new Hono()
    .route('/', createMarketing(account, now))
    .route('/', createCrm(account, now))
    .notFound(missing)
    // A body that is no JSON.
    .onError(() => invalid('Invalid input JSON'));
  const asked: string[] = [];

  const fetch = async (request: Request): Promise<Response> => {
    const { pathname, origin } = new URL(request.url);
    asked.push(pathname);
    if (origin !== 'https://api.hubapi.com') return new Response(null, { status: 421 });
    const stranger = tokens.refuse(request.headers.get('authorization'), isSignIn);
    if (stranger) return stranger;
    const turn = rates.take(pathname.endsWith('/search'));
    if (turn instanceof Response) return turn;
    const lacks = scopeOf(request.method, pathname);
    const response = lacking.includes(lacks) ? missingScope(lacks) : await app.fetch(request);
    for (const [name, value] of Object.entries(turn)) response.headers.set(name, value);
    return response;
  };

  return {
    connector: hubspot,
    settings: { portalId: '4711000', ...(isSignIn ? CLIENT : { accessToken: KEY }) },
    token: isSignIn ? tokens.first : null,
    ...(isSignIn && { refreshToken: tokens.refresh }),
    fetch,
    get requests() {
      return asked.length;
    },
    get minimumRequests() {
      return minimumRequests(account);
    },
    get contents() {
      return contentsOf(account);
    },
    change: (count) => changeContacts(account, count, now()),
    account,
    asked,
    addContact: (properties) => addContact(account, properties, now()),
  };
}

function createTokens(now: () => Date) {
  let count = 1;
  const expiry = new Map([['fake-access-1', now().getTime() + 20_000]]);
  const first: AccessToken = { accessToken: 'fake-access-1', extra: {} };
  return {
    first,
    refresh: (stale: AccessToken): Promise<AccessToken> => {
      if (!expiry.has(stale.accessToken)) throw new Error('A token of another account.');
      const accessToken = `fake-access-${++count}`;
      expiry.set(accessToken, now().getTime() + TOKEN_MS);
      return Promise.resolve({ accessToken, extra: {} });
    },
    refuse: (authorization: string | null, isSignIn: boolean): Response | null => {
      const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '';
      const until = isSignIn ? expiry.get(token) : token === KEY ? Infinity : undefined;
      if (until === undefined)
        return refuse(401, 'Authentication credentials not found.', { category: 'INVALID_AUTHENTICATION' });
      if (until > now().getTime()) return null;
      const message = 'The OAuth token used to make this call expired.';
      return refuse(401, message, { category: 'EXPIRED_AUTHENTICATION' });
    },
  };
}

const scopeOf = (method: string, path: string): string =>
  SCOPES.find(([pattern, , isWrite]) => pattern.test(path) && (!isWrite || method !== 'GET'))?.[1] ?? 'oauth';

const missingScope = (scope: string): Response =>
  refuse(403, "This app hasn't been granted all required scopes to make this call.", {
    category: 'MISSING_SCOPES',
    errors: [{ message: 'One or more scopes are required.', context: { requiredGranularScopes: [scope] } }],
  });

function changeContacts({ records }: FakeAccount, count: number, now: Date) {
  const present = [...records.contacts.values()].filter(({ archived }) => !archived);
  // Spread over the account, so that none of them are neighbours.
  for (let index = 0; index < count; index++) {
    const record = present[Math.floor((index * present.length) / count)];
    if (!record) continue;
    const lifecyclestage = record.properties['lifecyclestage'] === 'customer' ? 'opportunity' : 'customer';
    Object.assign(record, { before: record.properties, changedAt: now.getTime() });
    record.properties = { ...record.properties, lifecyclestage, lastmodifieddate: now.toISOString() };
  }
}

function addContact(account: FakeAccount, given: Record<string, string>, now: Date): FakeRecord {
  const id = String(account.nextId++);
  const properties = { ...given, lastmodifieddate: now.toISOString() };
  const at = now.getTime();
  const record = {
    id,
    properties,
    contacts: [],
    createdAt: at,
    changedAt: at,
    before: null,
    archived: false,
  };
  account.records.contacts.set(id, record);
  return record;
}

const pages = (items: number, size: number): number => Math.ceil(items / size);
/** Where even an empty list has to be asked for. */
const atLeastOne = (items: number, size: number): number => Math.max(1, pages(items, size));

/** Every page full, nothing asked for twice, no request refused. */
function minimumRequests(account: FakeAccount): number {
  const { records, mails, mailEvents, forms, visits, events, campaigns, lists } = account;
  const sent = mails.filter(({ state }) => state === 'PUBLISHED');
  const people = [...records.contacts.values()].filter(({ archived }) => !archived);
  const addresses = people.filter(({ properties }) => properties['email'] != null);
  const sum = (numbers: number[]) => numbers.reduce((one, other) => one + other, 0);
  return sum([
    atLeastOne(people.length, 200) + pages(addresses.length, 100) + pages(OWNERS.length, 100) + 1,
    atLeastOne(mailEvents.length, 1_000) + sent.length + atLeastOne(mails.length, 100),
    1 + sum(forms.map(({ submissions }) => atLeastOne(submissions.length, 50))),
    atLeastOne(visits.length, 100),
    1 + sum(events.map(({ participations }) => atLeastOne(participations.length, 100))),
    atLeastOne(records.calls.size, 200) + pages(records.calls.size, 200),
    atLeastOne(records.meetings.size, 200) + pages(records.meetings.size, 200),
    atLeastOne(campaigns.length, 100),
    sum([...lists.values()].map((members) => atLeastOne(members.length, 250))),
  ]);
}

function contentsOf({ records, mailEvents, forms, visits, events, campaigns }: FakeAccount) {
  const submissions = forms.flatMap((form) => form.submissions).filter(({ email }) => email !== null);
  const touchpoints = [
    mailEvents.filter(({ type }) => type !== 'PROCESSED').length,
    submissions.length,
    visits.length,
    events.flatMap(({ participations }) => participations).length,
    records.calls.size + records.meetings.size,
  ];
  return {
    people: [...records.contacts.values()].filter(({ archived }) => !archived).length,
    touchpoints: touchpoints.reduce((one, other) => one + other, 0),
    campaigns: campaigns.length,
  };
}
