import { seededRandom } from '../fake-system.ts';

export interface FakePerson {
  id: number;
  name: string;
  first_name: string;
  last_name: string;
  owner_id: number;
  org_id: number | null;
  add_time: string;
  update_time: string;
  emails: { value: string; primary: boolean; label: string }[];
  phones: { value: string; primary: boolean; label: string }[];
  is_deleted: boolean;
  visible_to: number;
  label_ids: number[];
  job_title: string | null;
  postal_address: { value: string; country: string } | null;
  custom_fields: Record<string, unknown>;
  marketing_status: 'no_consent' | 'subscribed' | 'unsubscribed' | 'archived';
}

export interface FakeDeal {
  id: number;
  title: string;
  person_id: number | null;
  stage_id: number;
  status: 'open' | 'won' | 'lost' | 'deleted';
  is_archived: boolean;
  add_time: string;
  update_time: string;
}

interface FakeLead {
  id: string;
  title: string;
  person_id: number | null;
  label_ids: string[];
  source_name: string;
  channel: number | null;
  channel_id: string | null;
  is_archived: boolean;
  add_time: string;
  update_time: string;
}

interface FakeActivity {
  id: number;
  subject: string;
  type: string;
  is_deleted: boolean;
  done: boolean;
  add_time: string;
  update_time: string;
  due_date: string;
  due_time: string | null;
  marked_as_done_time: string | null;
  person_id: number | null;
  participants: { person_id: number; primary: boolean }[];
}

export interface FakeNote {
  id: number;
  content: string;
  active_flag: boolean;
  add_time: string;
  person_id: number | null;
  lead_id: string | null;
}

export interface PipedriveData {
  persons: FakePerson[];
  organisations: { id: number; name: string; add_time: string; update_time: string }[];
  deals: FakeDeal[];
  leads: FakeLead[];
  activities: FakeActivity[];
  notes: FakeNote[];
}

export const STAGES = [
  'Qualified',
  'Contact Made',
  'Demo Scheduled',
  'Proposal Made',
  'Negotiations Started',
];
export const LEAD_LABELS = ['Hot', 'Warm', 'Cold'].map((name, index) => ({
  id: `f08b42a${String(index)}-4e75-11ea-9643-03698ef1cfd6`,
  name,
}));
export const USERS = ['mia', 'noah', 'olga', 'paul'].map((name, index) => ({
  ...{ id: index + 1, name, email: `${name}@vendor.example`, active_flag: true },
}));
/** As a company's own fields go by: 40 characters. */
export const SIZE_FIELD = 'a1'.repeat(20);
export const VALUE_FIELD = 'b2'.repeat(20);
export const SIZES = ['1 to 50', '51 to 500', 'more'].map((label, index) => ({ id: 21 + index, label }));
export const PERSON_LABELS = ['Decides', 'Uses'].map((label, index) => ({ id: 5 + index, label }));

const FIRST = ['Ada', 'Ben', 'Cleo', 'Dario', 'Eva', 'Finn', 'Greta', 'Hugo'];
const LAST = ['Albers', 'Brandt', 'Conrad', 'Dietz', 'Engel', 'Fuchs'];
const SOURCES = ['Manually created', 'Web forms', 'Live chat', 'Import', 'API'];
const TYPES = ['call', 'meeting', 'lunch', 'task', 'email'];
const DAY_MS = 86_400_000;

/** A moment as version 2 writes it. */
export const pipedriveTime = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

/** People, many of them imported in the same second, and what sales did with them. */
export function makeData(people: number, now: Date): PipedriveData {
  const random = seededRandom(31);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const chance = (share: number) => random() < share;
  const ago = (days: number) => pipedriveTime(new Date(now.getTime() - Math.floor(days * DAY_MS)));
  const data: PipedriveData = {
    ...{ persons: [], deals: [], leads: [], activities: [], notes: [] },
    organisations: Array.from({ length: Math.ceil(people / 3) }, (_, index) => ({
      ...{
        id: 10 + index,
        name: `Customer ${String(index)} GmbH`,
        add_time: ago(400),
        update_time: ago(400),
      },
    })),
  };
  for (let index = 0; index < people; index++) {
    // Some were deleted.
    const id = 1_000 + index + Math.floor(index / 9);
    const [first, last] = [pick(FIRST), pick(LAST)];
    const days = index < people / 2 ? 300 : 1 + 200 * (1 - index / people);
    const at = { add_time: ago(days), update_time: ago(chance(0.3) ? random() * days : days) };
    const mail = (host: string) => `${first}.${last}.${String(id)}@${host}`.toLowerCase();
    data.persons.push({
      ...{ id, name: `${first} ${last}`, first_name: first, last_name: last, ...at },
      owner_id: pick(USERS).id,
      org_id: chance(0.8) ? pick(data.organisations).id : null,
      emails: [
        ...(chance(0.2) ? [{ value: mail('home.example'), primary: false, label: 'home' }] : []),
        ...(chance(0.95) ? [{ value: mail('customer.example'), primary: true, label: 'work' }] : []),
      ],
      phones: chance(0.5) ? [{ value: '+49 30 5550100', primary: true, label: 'work' }] : [],
      ...{ is_deleted: false, visible_to: 7, label_ids: chance(0.2) ? [pick(PERSON_LABELS).id] : [] },
      job_title: chance(0.7) ? 'Buyer' : null,
      postal_address: chance(0.3) ? { value: 'Berlin, Germany', country: 'Germany' } : null,
      custom_fields: {
        [SIZE_FIELD]: chance(0.5) ? pick(SIZES).id : null,
        [VALUE_FIELD]: chance(0.3) ? { value: Math.floor(random() * 9_000), currency: 'EUR' } : null,
      },
      marketing_status: pick(['no_consent', 'no_consent', 'subscribed', 'unsubscribed', 'archived']),
    });
    if (chance(0.3)) data.deals.push(makeDeal(id, days));
    if (chance(0.15)) data.leads.push(makeLead(id, days));
    for (let nth = 0; nth < 2; nth++) if (chance(0.4)) data.activities.push(makeActivity(id, days));
  }
  return data;

  function makeDeal(person_id: number, days: number): FakeDeal {
    return {
      ...{ id: 1 + data.deals.length, title: 'A deal', person_id },
      stage_id: 1 + Math.floor(random() * STAGES.length),
      status: pick(['open', 'open', 'open', 'won', 'lost']),
      is_archived: chance(0.1),
      ...{ add_time: ago(days), update_time: ago(random() * days) },
    };
  }

  function makeLead(person_id: number, days: number): FakeLead {
    const channel_id = chance(0.2) ? pick(['Spring fair', 'Billboards']) : null;
    return {
      id: `adf21080-0e10-11eb-879b-${String(data.leads.length).padStart(12, '0')}`,
      ...{ title: 'A lead', person_id: chance(0.95) ? person_id : null },
      label_ids: chance(0.7) ? [pick(LEAD_LABELS).id] : [],
      source_name: pick(SOURCES),
      ...{ channel: channel_id === null ? null : 52, channel_id, is_archived: chance(0.3) },
      // Version 1 writes milliseconds.
      add_time: ago(days).replace('Z', '.551Z'),
      update_time: ago(random() * days).replace('Z', '.551Z'),
    };
  }

  function makeActivity(person_id: number, days: number): FakeActivity {
    const due = ago(random() * days);
    const isDone = chance(0.8);
    const colleague = chance(0.1) ? data.persons[0] : undefined;
    return {
      ...{ id: 1 + data.activities.length, subject: 'Next steps', type: pick(TYPES) },
      ...{ is_deleted: false, done: isDone, add_time: ago(days), update_time: due },
      due_date: due.slice(0, 10),
      // Whole days have no time.
      due_time: chance(0.7) ? due.slice(11, 19) : null,
      marked_as_done_time: isDone ? due : null,
      person_id,
      participants: [
        { person_id, primary: true },
        ...(colleague && colleague.id !== person_id ? [{ person_id: colleague.id, primary: false }] : []),
      ],
    };
  }
}
