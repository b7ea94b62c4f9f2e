import { seededRandom } from './fake-system.ts';
import type { Value } from './soql.ts';

/** Times are milliseconds; the rest is as the API gives it. */
export type Row = Record<string, Value> & { Id: string; SystemModstamp: number; IsDeleted: boolean };

interface Organisation {
  objects: Record<string, Row[]>;
  touchpoints: number;
  people: number;
  campaigns: number;
  /** The next id of an object. */
  newId: (object: string) => string;
}

const PREFIXES: Record<string, string> = {
  User: '005',
  Account: '001',
  Lead: '00Q',
  Contact: '003',
  Campaign: '701',
  CampaignMember: '00v',
  Task: '00T',
  Event: '00U',
};
export const PEOPLE_OBJECTS = ['Lead', 'Contact'];

const FIRST = ['Mara', 'Jonas', 'Elif', 'Piotr', 'Ida', 'Tariq', 'Nele', 'Oskar'];
const LAST = ['Brandt', 'Okafor', 'Lindqvist', 'Yilmaz', 'Kaya', 'Novak', 'Fischer', 'Moreau'];
const COMPANIES = ['Almwerk', 'Hafen Logistik', 'Kestrel', 'Nordwind', 'Reederei Voss'];
const COUNTRIES = ['Germany', 'Deutschland', 'Austria', 'Narnia', null];
const STATUSES = ['Open - Not Contacted', 'Working - Contacted', 'Closed - Not Converted', 'Nurture (EMEA)'];

/** Campaigns with what their members' statuses come to: how many touchpoints each. */
const CAMPAIGNS = [
  {
    type: 'Email',
    statuses: [
      ['Planned', false, 0],
      ['Sent', false, 1],
      ['Responded', true, 2],
    ],
  },
  {
    type: 'Webinar',
    statuses: [
      ['Invited', false, 0],
      ['Registered', true, 1],
      ['Attended', true, 1],
    ],
  },
  {
    type: 'Trade Show',
    statuses: [
      ['Sent', false, 0],
      ['No Show', false, 1],
      ['Visited booth', true, 1],
    ],
  },
  {
    type: 'Banner Ads',
    statuses: [
      ['Sent', false, 0],
      ['Responded', true, 1],
    ],
  },
] as const;

const DAY = 24 * 60 * 60_000;

/** An organisation with so many leads and contacts together, as it stood at `now`. */
export function makeOrganisation(people: number, now: number): Organisation {
  const random = seededRandom(27);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const seconds = (time: number) => Math.floor(time / 1_000) * 1_000;
  /** Some time in the last two years. */
  const before = () => seconds(now - DAY - random() * 700 * DAY);
  const newId = idMaker();
  const objects: Record<string, Row[]> = Object.fromEntries(Object.keys(PREFIXES).map((name) => [name, []]));
  const add = (object: string, fields: Record<string, Value>, at: number) => {
    const row: Row = {
      Id: newId(object),
      IsDeleted: false,
      CreatedDate: at,
      LastModifiedDate: at,
      SystemModstamp: at,
      ...fields,
    };
    objects[object]?.push(row);
    return row;
  };

  const users = [0, 1, 2].map((index) => add('User', { Email: `rep${index}@kestrel.example` }, before()));
  const accounts = COMPANIES.map((Name, index) =>
    add('Account', { Name, Industry: 'Transportation', NumberOfEmployees: 40 * (index + 1) }, before()),
  );
  // An import: thousands of rows of the same second.
  const imported = before();
  const human = (index: number) => {
    const [first, last] = [pick(FIRST), pick(LAST)];
    return {
      Name: `${first} ${last}`,
      Email: random() < 0.05 ? null : `${first}.${last}.${index}@example.com`.toLowerCase(),
      Title: pick(['Head of Logistics', 'Buyer', null]),
      Phone: random() < 0.5 ? '+49 30 555 0100' : null,
      MobilePhone: null,
      LeadSource: pick(['Web', 'Trade Show', null]),
      HasOptedOutOfEmail: random() < 0.1,
      DoNotCall: random() < 0.05,
      OwnerId: pick(users).Id,
    };
  };
  const contactCount = Math.floor(people * 0.4);
  for (let index = 0; index < contactCount; index++) {
    const fields = { ...human(index), AccountId: pick(accounts).Id, MailingCountry: pick(COUNTRIES) };
    add('Contact', fields, before());
  }
  const contacts = objects.Contact ?? [];
  for (let index = contactCount; index < people; index++) {
    // Converted leads stay, and name the contact they became.
    const became = random() < 0.08 ? contacts[index - contactCount] : undefined;
    const fields = {
      ...human(index),
      Company: pick(COMPANIES),
      Country: pick(COUNTRIES),
      Industry: null,
      NumberOfEmployees: pick([null, 250]),
      Rating: pick(['Hot', 'Warm', null]),
      Status: became ? 'Closed - Converted' : pick(STATUSES),
      IsConverted: became !== undefined,
      ConvertedContactId: became?.Id ?? null,
      ...(became && { Name: became.Name ?? null, Email: became.Email ?? null }),
    };
    add('Lead', fields, index % 2 === 0 ? imported : before());
  }
  const everybody = [...contacts, ...(objects.Lead ?? [])];

  let touchpoints = 0;
  const campaigns = Array.from({ length: 12 }, (_, index) => {
    const { type } = CAMPAIGNS[index % CAMPAIGNS.length] ?? CAMPAIGNS[0];
    const start = new Date(before()).toISOString().slice(0, 10);
    return add(
      'Campaign',
      { Name: `${type} ${index}`, Type: type, StartDate: start, EndDate: null },
      before(),
    );
  });
  for (const [index, person] of everybody.entries()) {
    if (index % 2 === 0) {
      const which = (index / 2) % campaigns.length;
      const { statuses } = CAMPAIGNS[which % CAMPAIGNS.length] ?? CAMPAIGNS[0];
      const [Status, HasResponded, count] = pick<readonly [string, boolean, number]>(statuses);
      const at = before();
      const fields = {
        ...whose(person),
        CampaignId: campaigns[which]?.Id ?? null,
        Status,
        HasResponded,
        FirstRespondedDate: HasResponded ? new Date(at).toISOString().slice(0, 10) : null,
      };
      add('CampaignMember', fields, at);
      touchpoints += count;
    }
    if (index % 10 === 0) {
      const isDone = random() < 0.7;
      const at = before();
      const fields = {
        WhoId: person.Id,
        Subject: 'Call',
        Description: null,
        Status: isDone ? 'Completed' : 'Not Started',
        IsClosed: isDone,
        TaskSubtype: 'Call',
        CallType: pick(['Inbound', 'Outbound', null]),
        CompletedDateTime: isDone ? at : null,
        ActivityDate: null,
      };
      add('Task', fields, at);
      if (isDone) touchpoints += 1;
    }
    if (index % 20 === 0) {
      const isOver = random() < 0.8;
      const at = before();
      const fields = { WhoId: person.Id, Subject: 'Visit', StartDateTime: isOver ? at : now + 60 * DAY };
      add('Event', fields, at);
      if (isOver) touchpoints += 1;
    }
  }
  // In the recycle bin: queries do not show them.
  for (let index = 0; index < 5; index++)
    add('Lead', { ...human(index), Name: `Deleted ${index}`, IsDeleted: true, Status: 'Open' }, before());
  return { objects, touchpoints, people, campaigns: campaigns.length, newId };
}

const whose = ({ Id }: Row): Record<string, Value> =>
  Id.startsWith('00Q') ? { LeadId: Id, ContactId: null } : { LeadId: null, ContactId: Id };

function idMaker(): (object: string) => string {
  const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  let count = 0;
  return (object) => {
    count += 1;
    let number = '';
    for (let rest = count; rest > 0; rest = Math.floor(rest / 62)) number = DIGITS.charAt(rest % 62) + number;
    return longId(`${PREFIXES[object] ?? '0XX'}Fk${number.padStart(10, '0')}`);
  };
}

/** An id of 15 characters with the three that say which of them are capitals. */
export function longId(id: string): string {
  const CHECK = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
  const sums = [0, 5, 10].map((from) =>
    [...id.slice(from, from + 5)].reduce((sum, one, bit) => sum + (/[A-Z]/.test(one) ? 1 << bit : 0), 0),
  );
  return id.slice(0, 15) + sums.map((sum) => CHECK.charAt(sum)).join('');
}
