import {
  ASSETS,
  CAMPAIGNS,
  databaseTime,
  EMAILS,
  FORMS,
  type MauticContact,
  type Row,
  SEGMENTS,
  STAGES,
  USERS,
} from './tables.ts';

const DAY_MS = 86_400_000;

/** An entity as the API shows it, and as its conditions see it: under the names of its properties. */
export interface Entity {
  json: Record<string, unknown>;
  row: Row;
}
export type EntityList = 'campaigns' | 'emails' | 'forms' | 'assets' | 'segments' | 'users';

/** `2026-03-02 08:00:00` as the API writes it. */
export const apiTime = (text: string | null) => (text === null ? null : `${text.replace(' ', 'T')}+00:00`);

/** What marketing set up, a year before; the last mail is to go out to the first segment next week. */
export function makeEntities(now: Date): Record<EntityList, Entity[]> {
  const past = databaseTime(new Date(now.getTime() - 365 * DAY_MS));
  const soon = databaseTime(new Date(now.getTime() + 7 * DAY_MS));
  const published = (id: number, more: Record<string, unknown>, publishUp: string | null = null): Entity => ({
    json: {
      isPublished: true,
      dateAdded: apiTime(past),
      dateModified: null,
      id,
      publishUp: apiTime(publishUp),
      publishDown: null,
      ...more,
    },
    row: {
      id: String(id),
      isPublished: '1',
      dateAdded: past,
      dateModified: null,
      publishUp,
      emailType: typeof more['emailType'] === 'string' ? more['emailType'] : null,
    },
  });
  return {
    campaigns: CAMPAIGNS.map((name, index) => published(index + 1, { name, description: null })),
    emails: EMAILS.map((name, index) =>
      published(
        index + 1,
        {
          name,
          subject: `${name}: what is new`,
          emailType: 'list',
          customHtml: `<p>${name}</p>`,
          lists: [{ id: 1, name: SEGMENTS[0] }],
        },
        index === EMAILS.length - 1 ? soon : null,
      ),
    ),
    forms: FORMS.map((name, index) => published(index + 1, { name })),
    assets: ASSETS.map((title, index) => published(index + 1, { title })),
    segments: SEGMENTS.map((name, index) => published(index + 1, { name })),
    users: USERS.map((username, index) =>
      published(index + 1, { username, email: `${username}@example.com` }),
    ),
  };
}

/** What `minimal` leaves of them. */
export const minimal = ({ id, name, title, subject, email }: Record<string, unknown>) => ({
  id,
  name,
  title,
  subject,
  email,
});

export const contactRow = (contact: MauticContact): Row => ({
  id: String(contact.id),
  date_added: contact.date_added,
  date_modified: contact.date_modified,
  date_identified: contact.date_identified,
});

/** A contact as lists have it: values in groups with their descriptions, and all of them once more. */
export function contactJson(contact: MauticContact): Record<string, unknown> {
  const { id, points, firstname, lastname, email, company, country } = contact;
  const values = {
    title: null,
    firstname,
    lastname,
    company,
    position: null,
    email,
    mobile: null,
    phone: null,
    country,
  };
  const owner = USERS[(contact.owner ?? 0) - 1];
  return {
    isPublished: true,
    dateAdded: apiTime(contact.date_added),
    dateModified: apiTime(contact.date_modified),
    createdBy: null,
    createdByUser: null,
    modifiedBy: null,
    modifiedByUser: null,
    id,
    points,
    color: null,
    fields: {
      core: Object.fromEntries(
        Object.entries(values).map(([alias, value], index) => [
          alias,
          {
            id: String(index + 1),
            label: alias,
            alias,
            type: 'text',
            group: 'core',
            object: 'lead',
            is_fixed: '1',
            value,
          },
        ]),
      ),
      social: [],
      personal: [],
      professional: [],
      all: { id, points: String(points), ...values, attribution: id % 3 === 0 ? '12.5' : null },
    },
    lastActive: null,
    owner:
      owner === undefined
        ? null
        : { id: contact.owner, username: owner, firstName: owner, lastName: 'Sales' },
    ipAddresses: [],
    tags: contact.tags.map((tag) => ({ tag })),
    utmtags: [],
    stage: contact.stage === null ? null : { id: STAGES.indexOf(contact.stage) + 1, name: contact.stage },
    dateIdentified: apiTime(contact.date_identified),
    preferredProfileImage: 'gravatar',
    doNotContact: [],
    frequencyRules: [],
  };
}
