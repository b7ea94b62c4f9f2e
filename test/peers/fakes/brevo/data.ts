import { seededRandom } from '../fake-system.ts';

export interface BrevoContact {
  id: number;
  email: string;
  emailBlacklisted: boolean;
  smsBlacklisted: boolean;
  createdAt: string;
  modifiedAt: string;
  listIds: number[];
  attributes: Record<string, string | number | boolean>;
}

export interface BrevoNote {
  id: string;
  text: string;
  contactIds: number[];
}

interface BrevoEvent {
  email: string;
  date: string;
  messageId: string;
  event: string;
  subject: string;
  from: string;
  link?: string;
}

export interface BrevoCampaign {
  id: number;
  name: string;
  status: 'sent' | 'queued' | 'draft';
  scheduledAt: string;
  sentDate?: string;
  recipients: { lists: number[]; exclusionLists: number[] };
}

export interface BrevoData {
  contacts: BrevoContact[];
  events: BrevoEvent[];
  campaigns: BrevoCampaign[];
  notes: BrevoNote[];
  webhooks: { id: number; url: string }[];
}

export const LISTS = ['Newsletter', 'Fair 2026', 'Invited', 'Competitors'];
const SENT = 10;
const FIRST = ['Ada', 'Ben', 'Cleo', 'Dario', 'Eva', 'Finn', 'Greta', 'Hugo'];
const LAST = ['Albers', 'Brandt', 'Conrad', 'Dietz', 'Engel', 'Fuchs'];
const DAY_MS = 86_400_000;

/** A moment as Brevo writes it. */
export const brevoTime = (date: Date) => `${date.toISOString().slice(0, 19).replace('T', ' ')}+00:00`;

/** Contacts, of whom many were imported in the same second, and three months of mails. */
export function makeData(people: number, now: Date): BrevoData {
  const random = seededRandom(24);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const chance = (share: number) => random() < share;
  const ago = (days: number) => brevoTime(new Date(now.getTime() - Math.floor(days * DAY_MS)));
  const contacts: BrevoContact[] = [];
  const events: BrevoEvent[] = [];
  for (let index = 0; index < people; index++) {
    const id = 100 + index;
    const [first, last] = [pick(FIRST), pick(LAST)];
    const isNumberOnly = chance(0.02);
    const created = ago(index < people / 2 ? 300 : 200 * (1 - index / people) + 1);
    const contact = {
      id,
      email: isNumberOnly
        ? `49301234${String(id)}@mailin-sms.com`
        : `${first}.${last}.${String(id)}@example.com`.toLowerCase(),
      emailBlacklisted: chance(0.05),
      smsBlacklisted: chance(0.01),
      createdAt: created,
      modifiedAt: chance(0.3) ? ago(random()) : created,
      listIds: LISTS.flatMap((_, list) => (chance(list === 3 ? 0.05 : 0.3) ? [list + 1] : [])),
      attributes: {
        FIRSTNAME: first,
        LASTNAME: last,
        ...(isNumberOnly && { SMS: `49301234${String(id)}` }),
        ...(chance(0.5) && { LIFECYCLE: pick(['Subscriber', 'MQL', 'Customer']) }),
        ...(chance(0.2) && { COMPANY: `${last} & Co` }),
        EMPLOYEES: Math.floor(random() * 500),
      },
    };
    contacts.push(contact);
    if (chance(0.1) && !isNumberOnly) {
      const days = random() * 80;
      const about = {
        email: contact.email,
        messageId: `<${String(id)}@relay.example.com>`,
        subject: 'Your request',
        from: 'team@example.com',
      };
      events.push(
        { ...about, event: 'requests', date: ago(days) },
        { ...about, event: 'delivered', date: ago(days) },
      );
      if (chance(0.5))
        events.push({ ...about, event: pick(['opened', 'loadedByProxy']), date: ago(days * 0.9) });
      if (chance(0.1))
        events.push({
          ...about,
          event: 'clicks',
          date: ago(days * 0.8),
          link: 'https://www.example.com/a?u=1',
        });
      if (chance(0.05)) events.push({ ...about, event: 'deferred', date: ago(days) });
    }
  }
  return {
    contacts,
    events: events.toSorted(byDate),
    campaigns: makeCampaigns(now),
    notes: [],
    webhooks: [],
  };
}

const byDate = (one: { date: string }, other: { date: string }) =>
  one.date < other.date ? -1 : one.date > other.date ? 1 : 0;

function makeCampaigns(now: Date): BrevoCampaign[] {
  const at = (days: number) => brevoTime(new Date(now.getTime() + days * DAY_MS));
  const sent = Array.from({ length: SENT }, (_, index) => ({
    id: index + 1,
    name: `Letter ${String(index + 1)}`,
    status: 'sent' as const,
    scheduledAt: at(7 * (index - SENT)),
    sentDate: at(7 * (index - SENT)),
    recipients: { lists: [1], exclusionLists: [] },
  }));
  return [
    ...sent,
    {
      id: 50,
      name: 'Idea',
      status: 'draft',
      scheduledAt: at(30),
      recipients: { lists: [1], exclusionLists: [] },
    },
    {
      id: 51,
      name: 'Fair invitation',
      status: 'queued',
      scheduledAt: at(3),
      recipients: { lists: [2, 3], exclusionLists: [4] },
    },
  ];
}

/** What campaigns did with a contact: the same whenever it is asked for. */
export function campaignStats({ id, email }: BrevoContact, { campaigns }: BrevoData) {
  const random = seededRandom(id);
  const after = (time: string, hours: number) =>
    brevoTime(new Date(Date.parse(time.replace(' ', 'T')) + hours * 3_600_000));
  const received = email.endsWith('@mailin-sms.com')
    ? []
    : campaigns.flatMap(({ id: campaignId, sentDate }) =>
        sentDate !== undefined && random() < 0.15 ? [{ campaignId, eventTime: sentDate }] : [],
      );
  const delivered = received.filter(() => random() < 0.98);
  const opened = delivered.filter(() => random() < 0.4);
  const clicked = opened.filter(() => random() < 0.2);
  const gone = clicked.filter(() => random() < 0.05);
  const ip = '192.0.2.7';
  return {
    messagesSent: received,
    delivered: delivered.map((one) => ({ ...one, eventTime: after(one.eventTime, 0.01) })),
    hardBounces: received
      .filter((one) => !delivered.includes(one))
      .map((one) => ({ ...one, eventTime: after(one.eventTime, 0.02) })),
    opened: opened.map((one) => ({ ...one, eventTime: after(one.eventTime, 1), count: 1, ip })),
    clicked: clicked.map(({ campaignId, eventTime }) => ({
      campaignId,
      links: [
        { count: 1, eventTime: after(eventTime, 1.1), ip, url: 'https://www.example.com/prices?uid=1' },
      ],
    })),
    unsubscriptions: {
      userUnsubscription: gone.map((one) => ({ ...one, eventTime: after(one.eventTime, 1.2), ip })),
      adminUnsubscription: [],
    },
  };
}
