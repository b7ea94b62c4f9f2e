import { seededRandom } from '../fake-system.ts';

const FIRST_NAMES = ['Anna', 'Bilal', 'Carla', 'Deniz', 'Elif', 'Finn', 'Greta', 'Hugo', 'Ines', 'Jonas'];
const LAST_NAMES = [
  'Albers',
  'Brandt',
  'Çelik',
  'Dahl',
  'Ernst',
  'Fuchs',
  'Grün',
  'Hahn',
  'Iversen',
  'Jäger',
];
/** The last one was added by the account; HubSpot gives such stages numbers. */
const STAGES = [
  'subscriber',
  'lead',
  'marketingqualifiedlead',
  'salesqualifiedlead',
  'opportunity',
  'customer',
  '84512967',
];
const LEAD_STATUSES = ['NEW', 'OPEN', 'IN_PROGRESS', 'UNQUALIFIED', null];
const COUNTRIES = [
  { hs_country_region_code: 'DE', country: 'Germany' },
  { hs_country_region_code: null, country: 'Österreich' },
  { hs_country_region_code: 'CH', country: 'Schweiz' },
  { hs_country_region_code: null, country: null },
];
export const OWNERS = Array.from({ length: 120 }, (_, index) => ({
  id: String(7_000 + index),
  email: `rep${index}@hersteller.example`,
  firstName: 'Rep',
  lastName: String(index),
}));

export type RecordType = 'contacts' | 'calls' | 'meetings' | 'notes';

/** A record of the CRM. */
export interface FakeRecord {
  id: string;
  properties: Record<string, string | null>;
  createdAt: number;
  changedAt: number;
  /** What a search finds until it has noticed the last change; null: nothing. */
  before: Record<string, string | null> | null;
  archived: boolean;
  /** The contacts it is about. */
  contacts: string[];
}

export interface FakeMailEvent {
  id: string;
  created: number;
  type: string;
  recipient: string;
  emailCampaignId: number;
  appId: number;
  [more: string]: unknown;
}

interface FakeMail {
  id: string;
  name: string;
  subject: string;
  state: 'PUBLISHED' | 'SCHEDULED';
  publishDate: string;
  campaign?: string;
  campaignName?: string;
  to?: { contactIlsLists: { include: string[]; exclude: string[] } };
}

export interface FakeAccount {
  records: Record<RecordType, Map<string, FakeRecord>>;
  mails: FakeMail[];
  /** Members by list. */
  lists: Map<string, string[]>;
  /** The latest first. */
  mailEvents: FakeMailEvent[];
  forms: { id: string; name: string; submissions: { at: number; email: string | null }[] }[];
  /** The earliest first. */
  visits: { id: string; contact: string; at: number; url: string }[];
  events: {
    id: string;
    name: string;
    type: string;
    at: number;
    participations: { contact: string; state: string; at: number }[];
  }[];
  campaigns: { id: string; name: string; start: string; updatedAt: number }[];
  /** What each address has subscribed to; an address that is not here was never asked. */
  subscriptions: Map<string, { status: 'SUBSCRIBED' | 'UNSUBSCRIBED'; at: number }>;
  nextId: number;
}

const DAY = 86_400_000;
/** Before the first moment of a test's time. */
const BEGIN = Date.UTC(2025, 0, 7, 6);
export const SENT_AT = [Date.UTC(2025, 10, 4, 8), Date.UTC(2026, 1, 3, 8)] as const;

/** An account that grew over a year: the same one in every run. */
export function createAccount(contacts: number): FakeAccount {
  const random = seededRandom(20_260_302);
  const account: FakeAccount = {
    records: { contacts: new Map(), calls: new Map(), meetings: new Map(), notes: new Map() },
    mails: [...SENT_AT.map(sentMail), ...SCHEDULED],
    lists: new Map([
      ['31', []],
      ['32', []],
    ]),
    mailEvents: [],
    forms: ['contact', 'prices', 'whitepaper'].map((name) => ({ id: `form-${name}`, name, submissions: [] })),
    visits: [],
    events: ['WEBINAR', 'TRADE_SHOW'].map((type, index) => ({
      ...{ id: String(600 + index), name: `Termin ${index + 1}`, type, at: BEGIN + (300 + index) * DAY },
      participations: [],
    })),
    campaigns: Array.from({ length: 130 }, (_, index) => ({
      ...{ id: campaignId(index), name: `Kampagne ${index}`, start: '2025-09-01', updatedAt: BEGIN },
    })),
    subscriptions: new Map(),
    nextId: 5_000_000,
  };
  for (let index = 0; index < contacts; index++) addContact(account, { index, contacts, random });
  for (let index = 0; index < 3; index++) archiveOne(account, index);
  account.mailEvents.sort((one, other) => other.created - one.created);
  account.visits.sort((one, other) => one.at - other.at);
  for (const { submissions } of account.forms) submissions.sort((one, other) => other.at - one.at);
  return account;
}

const sentMail = (at: number, index: number): FakeMail => ({
  id: String(9_000 + index),
  name: `Newsletter ${index + 1}`,
  subject: `Neues aus der Werkstatt, Ausgabe ${index + 1}`,
  state: 'PUBLISHED',
  publishDate: iso(at),
  ...(index === 1 && { campaign: campaignId(3), campaignName: 'Kampagne 3' }),
});

/** One that is due soon and one that is not. */
const SCHEDULED = [Date.UTC(2026, 2, 5, 8), Date.UTC(2026, 4, 5, 8)].map((at, index): FakeMail => ({
  id: String(9_500 + index),
  name: `Einladung ${index + 1}`,
  subject: 'Tag der offenen Tür',
  state: 'SCHEDULED',
  publishDate: iso(at),
  to: { contactIlsLists: { include: ['31'], exclude: ['32'] } },
}));

function campaignId(index: number): string {
  return `0c5b9c1e-0000-4000-8000-${String(index).padStart(12, '0')}`;
}

/** Gone from everything but the list of what is gone. */
function archiveOne({ records }: FakeAccount, index: number) {
  const id = String(99_000_000 + index);
  const properties = { email: `gone${index}@weg.example`, lastmodifieddate: iso(BEGIN) };
  const record = { id, properties, createdAt: BEGIN, changedAt: BEGIN, before: null, contacts: [] };
  records.contacts.set(id, { ...record, archived: true });
}

interface Place {
  index: number;
  contacts: number;
  random: () => number;
}

function addContact(account: FakeAccount, { index, contacts, random }: Place) {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  // Ids do not grow with time: records were merged and imported.
  const id = String(1_000_000 + ((index * 7_919) % 3_999_971));
  // An import changed a fifth of them, up to 1,500, in the same millisecond.
  const bulk = Math.min(1_500, Math.floor(contacts / 5));
  const first = Math.floor(contacts / 3);
  const step = (400 * DAY) / contacts;
  const changedAt = Math.round(BEGIN + (index >= first && index < first + bulk ? first : index) * step);
  const [firstname, lastname] = [pick(FIRST_NAMES), pick(LAST_NAMES)];
  const email = index % 50 === 49 ? null : `k${index}@firma${index % 997}.example`;
  const optedOut = index % 37 === 5;
  const properties = {
    email,
    firstname,
    lastname,
    hs_additional_emails: index % 11 === 3 ? `k${index}@privat.example;k${index}.alt@privat.example` : null,
    company: `Firma ${index % 997}`,
    jobtitle: pick(['Einkauf', 'Geschäftsführung', 'Technik', null]),
    phone: index % 4 === 0 ? `+49 40 ${100_000 + index}` : null,
    mobilephone: null,
    ...pick(COUNTRIES),
    hs_language: pick(['de', 'de-at', 'en-gb', null]),
    hubspot_owner_id: index % 5 === 0 ? null : pick(OWNERS).id,
    lifecyclestage: pick(STAGES),
    hs_lead_status: pick(LEAD_STATUSES),
    hs_email_optout: optedOut ? 'true' : null,
    hs_merged_object_ids: index % 401 === 7 ? String(90_000_000 + index) : null,
    industry: pick(['LOGISTICS_AND_SUPPLY_CHAIN', 'FOOD_PRODUCTION', null]),
    numemployees: pick(['40', '250', null]),
    hubspotscore: String(Math.floor(random() * 100)),
    lastmodifieddate: iso(changedAt),
    createdate: iso(BEGIN),
  };
  account.records.contacts.set(id, {
    ...{ id, properties, createdAt: BEGIN, changedAt, before: null, archived: false, contacts: [] },
  });
  if (index % 20 === 0) account.lists.get('31')?.push(id);
  if (index % 60 === 0) account.lists.get('32')?.push(id);
  if (email !== null) {
    addMailEvents(account, index, email);
    const status = optedOut || index % 9 === 4 ? 'UNSUBSCRIBED' : 'SUBSCRIBED';
    if (index % 3 !== 2) account.subscriptions.set(email, { status, at: BEGIN + index });
  }
  addDeeds(account, { index, id, email });
}

function addMailEvents({ mailEvents }: FakeAccount, index: number, recipient: string) {
  SENT_AT.forEach((sentAt, mail) => {
    if ((index + mail) % 5 > 1) return;
    const add = (type: string, created: number, more: object = {}) =>
      mailEvents.push({
        ...{ id: `${mail}-${index}-${type.toLowerCase()}`, type, created: Math.round(created), recipient },
        ...{ emailCampaignId: 80_000 + mail, appId: 113, portalId: 4_711_000, ...more },
      });
    // More leave in the same millisecond than fit on a page.
    const sent = sentAt + Math.floor(index / 4_000);
    if (index % 10 === 0) add('PROCESSED', sent);
    add('SENT', sent, { subject: `Neues aus der Werkstatt, Ausgabe ${mail + 1}` });
    add(index % 97 === 0 ? 'BOUNCE' : 'DELIVERED', sent + 2_000 + index);
    const userAgent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
    if (index % 3 === 0)
      add('OPEN', sent + 3_600_000 + index * 700, { userAgent, filteredEvent: index % 30 === 0 });
    if (index % 15 === 0)
      add('CLICK', sent + 3_700_000 + index * 700, { userAgent, url: 'https://www.example.com/neu' });
    if (index % 211 === 0)
      add('STATUSCHANGE', sent + 7_200_000 + index, { portalSubscriptionStatus: 'UNSUBSCRIBED' });
  });
}

/** What somebody did besides reading mails. */
function addDeeds(account: FakeAccount, who: { index: number; id: string; email: string | null }) {
  const { index, id, email } = who;
  const at = BEGIN + 200 * DAY + index * 1_000;
  if (index % 40 === 1) account.forms[index % 3]!.submissions.push({ at, email });
  if (index % 10 === 2) {
    // Some at the same moment, as a tab with many pages makes them.
    const together = at - (at % 400_000);
    for (const page of ['', 'preise'])
      account.visits.push({
        ...{ id: `v-${index}-${page}`, contact: id, at: together, url: `https://www.example.com/${page}` },
      });
  }
  const event = account.events[(index >> 2) % 2]!;
  if (index % 20 === 3)
    event.participations.push({ contact: id, state: index % 3 === 0 ? 'REGISTERED' : 'ATTENDED', at });
  if (index % 25 === 4) addActivity(account, 'calls', id, at);
  if (index % 50 === 6) addActivity(account, 'meetings', id, at);
}

function addActivity(account: FakeAccount, type: 'calls' | 'meetings', contact: string, at: number) {
  const id = String(account.nextId++);
  const titled =
    type === 'calls'
      ? { hs_call_title: 'Rückfrage', hs_call_direction: 'OUTBOUND' }
      : { hs_meeting_title: 'Vorführung', hs_meeting_start_time: iso(at), hs_meeting_outcome: 'COMPLETED' };
  account.records[type].set(id, {
    ...{ id, createdAt: at, changedAt: at, before: null, archived: false, contacts: [contact] },
    properties: { ...titled, hs_timestamp: iso(at), hs_lastmodifieddate: iso(at) },
  });
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
