import { z } from 'zod';
import { cleanText, cleanUrl, defined } from '../clean-values.ts';
import type { Cursor, Page, SourceTouchpoint } from '../connector.ts';
import { usualChannel } from '../../imports/cell-values.ts';
import {
  changedSince,
  Count,
  databaseTime,
  Flag,
  Id,
  instant,
  listOf,
  type MauticIo,
  OptionalId,
  OptionalText,
  readTable,
} from './api.ts';
import { identifiedOf } from './identified.ts';
import { type Name, namesOf } from './names.ts';

const PAGE = 1_000;
/** Pages of the activity stream are put together in PHP. */
const REPLIES_PAGE = 100;

type Names = ReadonlyMap<string, Name>;
interface NamesOfRows {
  emails: Names;
  forms: Names;
  assets: Names;
}

const Row = z.object({
  id: Id,
  lead_id: OptionalId,
  email_id: OptionalId,
  date_sent: OptionalText,
  date_read: OptionalText,
  is_failed: Flag,
  open_details: OptionalText.catch(undefined),
  date_hit: OptionalText,
  code: OptionalId,
  redirect_id: OptionalId,
  url: OptionalText,
  url_title: OptionalText,
  user_agent: OptionalText,
  date_submitted: OptionalText,
  form_id: OptionalId,
  referer: OptionalText,
  date_download: OptionalText,
  asset_id: OptionalId,
  date_added: OptionalText,
  channel: OptionalText,
  channel_id: OptionalId,
  reason: z.coerce.number().catch(0),
});
type Row = z.output<typeof Row>;

interface Table {
  table: string;
  /** When something happened to a row; a mail's row is written when it is sent, and again when it is read. */
  dates: readonly string[];
  /** Whether it tells of visitors, too, whom nobody knows by name. */
  hasVisitors?: boolean;
  read(row: Row, names: NamesOfRows): (SourceTouchpoint | null)[];
}

/** One after the other: each is read to its end before the next begins. */
const TABLES: readonly Table[] = [
  { table: 'email_stats', dates: ['date_sent', 'date_read'], read: readMail },
  { table: 'page_hits', dates: ['date_hit'], hasVisitors: true, read: readHit },
  { table: 'form_submissions', dates: ['date_submitted'], hasVisitors: true, read: readSubmission },
  { table: 'asset_downloads', dates: ['date_download'], hasVisitors: true, read: readDownload },
  { table: 'lead_donotcontact', dates: ['date_added'], read: readRefusal },
];

/**
 * What contacts did and were sent, from the raw tables, each by its id: one request per thousand rows, and no row is
 * read twice or missed. Replies have no table and come from the activity stream; they are few.
 */
export async function pullTouchpoints(
  io: MauticIo,
  { since, cursor }: { since: Date | null; cursor: Cursor | null },
): Promise<Page<SourceTouchpoint>> {
  const index = Number(cursor?.['table'] ?? 0);
  const entry = TABLES[index];
  if (!entry) return pullReplies(io, since, Number(cursor?.['page'] ?? 1));
  const { rows } = await readTable(io, entry.table, {
    row: Row,
    where: [
      { col: 'id', expr: 'gt', val: String(cursor?.['after'] ?? '0') },
      { col: 'lead_id', expr: 'isNotNull' },
      ...changedSince(since, entry.dates),
    ],
    limit: PAGE,
  });
  const known = entry.hasVisitors ? await ofKnownPeople(io, rows) : rows;
  const names = await namesOfRows(io, known);
  const last = rows.at(-1);
  return {
    items: known.flatMap((row) => entry.read(row, names)).filter((item) => item !== null),
    next: last && rows.length >= PAGE ? { table: index, after: last.id } : { table: index + 1 },
  };
}

async function ofKnownPeople(io: MauticIo, rows: readonly Row[]): Promise<Row[]> {
  const identified = await identifiedOf(
    io,
    rows.flatMap(({ lead_id }) => lead_id ?? []),
  );
  return rows.filter(({ lead_id }) => lead_id !== undefined && identified.has(lead_id));
}

async function namesOfRows(io: MauticIo, rows: readonly Row[]): Promise<NamesOfRows> {
  const ids = (...columns: ('email_id' | 'form_id' | 'asset_id')[]) =>
    rows.flatMap((row) => columns.flatMap((column) => row[column] ?? []));
  const mailed = rows.flatMap(({ channel, channel_id }) => (channel === 'email' ? (channel_id ?? []) : []));
  return {
    emails: await namesOf(
      io,
      'emails',
      [...ids('email_id'), ...mailed].filter((id) => id !== '0'),
    ),
    forms: await namesOf(io, 'forms', ids('form_id')),
    assets: await namesOf(io, 'assets', ids('asset_id')),
  };
}

function readMail(row: Row, { emails }: NamesOfRows): (SourceTouchpoint | null)[] {
  const title = mailTitle(row.email_id, emails);
  const about = { row, title, ...campaignOf(row.email_id, emails) };
  return [
    row.is_failed
      ? touchpoint({
          ...about,
          kind: 'email.bounced',
          at: row.date_sent,
          sourceId: bounceId(row, row.email_id),
        })
      : touchpoint({ ...about, kind: 'email.sent', at: row.date_sent, sourceId: `email/${row.id}/sent` }),
    touchpoint({
      ...about,
      kind: 'email.opened',
      at: row.date_read,
      sourceId: `email/${row.id}/read`,
      userAgent: openedBy(row.open_details),
    }),
  ];
}

/** Mautic keeps what it knows of each opening as text that PHP has serialised. */
const openedBy = (details: string | undefined) =>
  /"useragent";s:\d+:"([^"]{1,1000})"/u.exec(details ?? '')?.[1];

/** A link in a mail leads through Mautic, which knows which mail it was; the rest are visits to pages. */
function readHit(row: Row, { emails }: NamesOfRows): (SourceTouchpoint | null)[] {
  // Pages that were not found, and links that had expired.
  if (row.code !== undefined && row.code !== '200') return [];
  const isClick = row.redirect_id !== undefined && row.email_id !== undefined;
  const url = cleanUrl(row.url);
  return [
    touchpoint({
      row,
      kind: isClick ? 'email.clicked' : 'page.visited',
      at: row.date_hit,
      sourceId: `hit/${row.id}`,
      title: isClick ? mailTitle(row.email_id, emails) : (cleanText(row.url_title) ?? pathOf(url)),
      url,
      userAgent: row.user_agent?.slice(0, 1_000),
      ...(isClick && campaignOf(row.email_id, emails)),
    }),
  ];
}

const pathOf = (url: string | undefined) => (url === undefined ? '/' : new URL(url).pathname);

function readSubmission(row: Row, { forms }: NamesOfRows): (SourceTouchpoint | null)[] {
  const title = forms.get(row.form_id ?? '')?.name ?? `#${row.form_id ?? row.id}`;
  const url = cleanUrl(row.referer);
  return [
    touchpoint({
      row,
      kind: 'form.submitted',
      at: row.date_submitted,
      sourceId: `form/${row.id}`,
      title,
      url,
    }),
  ];
}

function readDownload(row: Row, { assets, emails }: NamesOfRows): (SourceTouchpoint | null)[] {
  if (row.code !== undefined && row.code !== '200') return [];
  const title = assets.get(row.asset_id ?? '')?.name ?? `#${row.asset_id ?? row.id}`;
  const about = { row, title, ...campaignOf(row.email_id, emails) };
  return [
    touchpoint({ ...about, kind: 'asset.downloaded', at: row.date_download, sourceId: `asset/${row.id}` }),
  ];
}

export const REASON = { unsubscribed: 1, bounced: 2, manual: 3 };

/** Bounces arrive hours after the mail's row was written; here they have a date of their own. */
function readRefusal(row: Row, { emails }: NamesOfRows): (SourceTouchpoint | null)[] {
  if (row.channel !== 'email') return [];
  const email = row.channel_id === '0' ? undefined : row.channel_id;
  const about = { row, at: row.date_added, title: mailTitle(email, emails), ...campaignOf(email, emails) };
  if (row.reason === REASON.bounced)
    return [touchpoint({ ...about, kind: 'email.bounced', sourceId: bounceId(row, email) })];
  if (row.reason !== REASON.unsubscribed) return [];
  return [touchpoint({ ...about, kind: 'email.unsubscribed', sourceId: `unsubscribed/${row.id}` })];
}

/** The same from both tables, for both may tell of one bounce. */
const bounceId = (row: Row, email: string | undefined) =>
  email === undefined ? `bounce/${row.id}` : `bounce/${row.lead_id ?? ''}/${email}`;

const Reply = z.object({
  eventId: Id,
  timestamp: OptionalText,
  contactId: OptionalId,
  eventLabel: z
    .union([z.string(), z.object({ label: z.string() }).transform(({ label }) => label)])
    .catch(''),
});

/** Oldest first, so that what comes in meanwhile is appended and no page moves. */
async function pullReplies(io: MauticIo, since: Date | null, page: number): Promise<Page<SourceTouchpoint>> {
  const { body } = await io.request('/contacts/activity', {
    query: {
      'filters[includeEvents][0]': 'email.replied',
      ...(since && { 'filters[dateFrom]': databaseTime(since) }),
      'order[0]': 'timestamp',
      'order[1]': 'ASC',
      page,
      limit: REPLIES_PAGE,
    },
    schema: z.object({ events: listOf(Reply), maxPages: Count.catch(0) }),
  });
  const items = body.events.map(({ eventId, timestamp, contactId, eventLabel }) =>
    touchpoint({
      row: { lead_id: contactId },
      kind: 'email.replied',
      at: timestamp,
      sourceId: `reply/${eventId}`,
      title: cleanText(eventLabel) ?? '–',
    }),
  );
  return {
    items: items.filter((item) => item !== null),
    next: body.events.length < REPLIES_PAGE ? null : { table: TABLES.length, page: page + 1 },
  };
}

const mailTitle = (id: string | undefined, emails: Names) => {
  const known = emails.get(id ?? '');
  return known?.subject ?? known?.name ?? (id === undefined ? '–' : `#${id}`);
};

/** Each mail is a campaign of its own: that is what Mautic counts by. */
const campaignOf = (id: string | undefined, emails: Names): Pick<SourceTouchpoint, 'campaign'> => {
  const known = emails.get(id ?? '');
  return known ? { campaign: { sourceId: `email:${id ?? ''}`, name: known.name, kind: 'mail' } } : {};
};

/** Null: it did not happen, or to nobody. */
function touchpoint({
  row,
  kind,
  at,
  sourceId,
  title,
  ...more
}: Pick<SourceTouchpoint, 'kind' | 'sourceId' | 'title' | 'campaign'> & {
  row: Pick<Row, 'lead_id'>;
  at: string | undefined;
  url?: string | undefined;
  userAgent?: string | undefined;
}): SourceTouchpoint | null {
  const occurredAt = instant(at);
  if (occurredAt === undefined || row.lead_id === undefined) return null;
  return {
    kind,
    ...usualChannel(kind),
    title,
    occurredAt,
    machine: false,
    sourceId,
    person: { record: { type: 'contact', id: row.lead_id } },
    ...defined(more),
  };
}
