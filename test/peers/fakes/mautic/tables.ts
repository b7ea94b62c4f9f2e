import { seededRandom } from '../fake-system.ts';

/** A row as MySQL gives it to PHP: texts, and nulls. */
export type Row = Record<string, string | null>;
export type Table =
  | 'email_stats'
  | 'page_hits'
  | 'form_submissions'
  | 'asset_downloads'
  | 'lead_donotcontact'
  | 'lead_lists_leads'
  | 'campaign_lead_event_log';

export interface MauticContact {
  id: number;
  firstname: string | null;
  lastname: string | null;
  email: string | null;
  company: string | null;
  country: string | null;
  points: number;
  owner: number | null;
  stage: string | null;
  tags: string[];
  /** As the database has them: UTC, seconds. */
  date_added: string;
  date_modified: string | null;
  date_identified: string | null;
}

export interface MauticNote {
  id: number;
  lead: number;
  text: string;
  type: string;
}

export interface MauticData {
  contacts: MauticContact[];
  tables: Record<Table, Row[]>;
  replies: { id: number; lead: number; at: string; subject: string }[];
  notes: MauticNote[];
}

export const STAGES = ['New', 'Engaged', 'Marketing Qualified', 'Sales Qualified', 'Customer'];
export const SEGMENTS = ['Newsletter', 'Logistics', 'Trade fair 2026', 'Do not disturb'];
export const USERS = ['mia', 'jonas', 'lena'];
export const FORMS = ['Request a demo', 'Newsletter'];
export const ASSETS = ['White paper on cold chains'];
export const CAMPAIGNS = ['Onboarding', 'Win-back'];
/** The last one waits for its time. */
export const EMAILS = ['Spring letter', 'Fair invitation', 'Webinar follow-up', 'Autumn letter'];

const FIRST = ['Ada', 'Ben', 'Cleo', 'Dario', 'Eva', 'Finn', 'Greta', 'Hugo', 'Ida', 'Jan'];
const LAST = ['Albers', 'Brandt', 'Conrad', 'Dietz', 'Engel', 'Fuchs', 'Gruber', 'Haas'];
const COUNTRIES = ['Germany', 'Austria', 'Switzerland', 'United Kingdom', null];
const DAY_MS = 86_400_000;

export const databaseTime = (date: Date) => date.toISOString().slice(0, 19).replace('T', ' ');

/** People, every tenth a visitor nobody knows by name, and what happened to them in the year before. */
export function makeData(people: number, now: Date): MauticData {
  const random = seededRandom(215);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const chance = (share: number) => random() < share;
  const ago = (days: number) => databaseTime(new Date(now.getTime() - Math.floor(days * DAY_MS)));
  const tables: MauticData['tables'] = {
    email_stats: [],
    page_hits: [],
    form_submissions: [],
    asset_downloads: [],
    lead_donotcontact: [],
    lead_lists_leads: [],
    campaign_lead_event_log: [],
  };
  const add = (table: Table, row: Row) => {
    tables[table].push({ id: String(tables[table].length + 1), ...row });
  };
  const contacts: MauticContact[] = [];
  const replies: MauticData['replies'] = [];

  for (let known = 0, id = 1; known < people; id++) {
    const isKnown = id % 10 !== 0;
    const added = 1 + random() * 364;
    const [first, last] = [pick(FIRST), pick(LAST)];
    contacts.push({
      id,
      firstname: isKnown ? first : null,
      lastname: isKnown ? last : null,
      email: isKnown ? `${first}.${last}.${String(id)}@example.com`.toLowerCase() : null,
      company: isKnown && chance(0.8) ? `${last} & Co` : null,
      country: isKnown ? pick(COUNTRIES) : null,
      points: Math.floor(random() * 90),
      owner: isKnown && chance(0.7) ? 1 + Math.floor(random() * USERS.length) : null,
      stage: isKnown && chance(0.6) ? pick(STAGES) : null,
      tags: isKnown && chance(0.3) ? ['fair'] : [],
      date_added: ago(added),
      // Null until somebody edits the contact, which most never are.
      date_modified: chance(0.35) ? ago(random() * added) : null,
      date_identified: isKnown ? ago(added) : null,
    });
    const lead_id = String(id);
    if (chance(0.4)) {
      const isClick = isKnown && chance(0.3);
      add('page_hits', {
        lead_id,
        email_id: isClick ? '1' : null,
        redirect_id: isClick ? '1' : null,
        code: chance(0.97) ? '200' : '404',
        date_hit: ago(random() * added),
        url: `https://www.example.com/${pick(['prices', 'cold-chain', 'contact'])}?ct=${lead_id}`,
        url_title: pick(['Prices', 'Cold chain', null]),
        user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      });
    }
    if (!isKnown) continue;
    known++;
    addMails({ add, lead_id, random, chance, ago, email: contacts.at(-1)?.email ?? '' });
    if (chance(0.1)) {
      const form_id = String(1 + Math.floor(random() * FORMS.length));
      add('form_submissions', { lead_id, form_id, date_submitted: ago(random() * 90), referer: '' });
    }
    if (chance(0.05))
      add('asset_downloads', { lead_id, asset_id: '1', date_download: ago(random() * 90), code: '200' });
    if (chance(0.01))
      replies.push({ id: replies.length + 1, lead: id, at: ago(random() * 90), subject: pick(EMAILS) });
    for (const [index] of SEGMENTS.entries())
      if (chance(index === 0 ? 0.5 : 0.1))
        tables.lead_lists_leads.push({
          lead_id,
          leadlist_id: String(index + 1),
          date_added: ago(10),
          manually_removed: chance(0.05) ? '1' : '0',
        });
    if (chance(0.04))
      add('campaign_lead_event_log', {
        lead_id,
        campaign_id: '1',
        event_id: '7',
        is_scheduled: '1',
        trigger_date: ago(-1 - random() * 6),
        channel: 'email',
        channel_id: '3',
      });
  }
  return { contacts, tables, replies, notes: [] };
}

/** What was sent, read, could not be delivered, and was unsubscribed from. */
function addMails({
  add,
  lead_id,
  random,
  chance,
  ago,
  email,
}: {
  add: (table: Table, row: Row) => void;
  lead_id: string;
  random: () => number;
  chance: (share: number) => boolean;
  ago: (days: number) => string;
  email: string;
}): void {
  if (!chance(0.7)) return;
  const email_id = String(1 + Math.floor(random() * (EMAILS.length - 1)));
  const sent = 1 + random() * 200;
  const isFailed = chance(0.02);
  const isRead = !isFailed && chance(0.4);
  add('email_stats', {
    lead_id,
    email_id,
    email_address: email,
    date_sent: ago(sent),
    date_read: isRead ? ago(random() * sent) : null,
    is_read: isRead ? '1' : '0',
    is_failed: isFailed ? '1' : '0',
    open_details: isRead
      ? 'a:1:{i:0;a:2:{s:8:"datetime";s:19:"2026-01-01 08:00:00";s:9:"useragent";s:11:"Mozilla/5.0";}}'
      : 'a:0:{}',
  });
  // Both tables tell of a bounce.
  if (isFailed || chance(0.03))
    add('lead_donotcontact', {
      lead_id,
      channel: 'email',
      channel_id: email_id,
      reason: isFailed ? '2' : '1',
      comments: isFailed ? 'User unknown' : 'Unsubscribed by the link in the mail',
      date_added: ago(sent - 0.5),
    });
}
