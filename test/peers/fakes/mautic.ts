import { Hono, type Context } from 'hono';
import { mautic } from '../../../server/connectors/mautic.ts';
import type { FakeOptions, FakeSystem } from './fake-system.ts';
import {
  apiTime,
  contactJson,
  contactRow,
  type Entity,
  type EntityList,
  makeEntities,
  minimal,
} from './mautic/lists.ts';
import {
  databaseTime,
  makeData,
  type MauticData,
  type MauticNote,
  type Row,
  type Table,
} from './mautic/tables.ts';
import { matcher, SqlError } from './mautic/where.ts';
import { type PhpArray, phpQuery } from './php-query.ts';

const USER = 'tandem';
const PASSWORD = 'cold-chain-7';
/** Mautic's own limit is off unless somebody sets one; here somebody did. */
const LIMIT = { requests: 250, perMs: 60_000 };
/** In which order the connector reads; a table that is empty takes a request, too. */
const STREAMS = [
  'email_stats',
  'page_hits',
  'form_submissions',
  'asset_downloads',
  'lead_donotcontact',
] as const;

interface MauticFake extends FakeSystem {
  data: MauticData;
  /** From then on the user's role lacks the right to see contacts of others. */
  forbidTables: () => void;
}

/** A Mautic with so many contacts whom somebody knows, and some visitors besides. */
export function createMauticFake({ contacts, now }: FakeOptions): MauticFake {
  const data = makeData(contacts, now());
  const entities = makeEntities(now());
  let requests = 0;
  let isForbidden = false;
  let window = { start: 0, requests: 0 };

  const app = new Hono().basePath('/api');
  app.use(async (c, next) => {
    requests += 1;
    const at = now().getTime();
    if (at - window.start >= LIMIT.perMs) window = { start: at, requests: 0 };
    window.requests += 1;
    if (window.requests > LIMIT.requests) {
      c.header('X-RateLimit-Reset', String(Math.ceil((window.start + LIMIT.perMs) / 1_000)));
      return failure(c, 429, 'API rate limit exceeded');
    }
    const expected = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`;
    if (c.req.header('authorization') !== expected)
      return failure(c, 401, 'API authorization denied.', 'access_denied');
    return next();
  });
  app.onError((error, c) => {
    if (error instanceof SqlError) return failure(c, 500, 'Looks like I encountered an error (error #500).');
    throw error;
  });

  app.get('/contacts', (c) => {
    const query = queryOf(c);
    const { rows, total } = select(data.contacts, contactRow, query, 'id');
    // Keyed by id, or an empty array: so PHP writes both.
    return c.json({ total: String(total), contacts: keyed(rows.map(contactJson)) });
  });
  app.get('/contacts/activity', (c) => c.json(activityOf(data, queryOf(c))));
  app.get('/contacts/:id/notes', (c) => {
    const id = Number(c.req.param('id'));
    if (!data.contacts.some((contact) => contact.id === id)) return failure(c, 404, 'Item was not found.');
    const notes = data.notes.filter(({ lead }) => lead === id).toReversed();
    return c.json({ total: notes.length, notes });
  });
  app.get('/stats/:table', (c) => {
    const table = data.tables[c.req.param('table') as Table] as Row[] | undefined;
    if (!table) return c.json({ availableTables: Object.keys(data.tables), tableColumns: {} });
    if (isForbidden)
      return c.json({ errors: [{ message: 'You do not have the view permission to load data', code: 403 }] });
    const query = queryOf(c);
    const order = typeof query['order'] === 'object' ? query['order']['0'] : undefined;
    const column = typeof order === 'object' && typeof order['col'] === 'string' ? order['col'] : 'id';
    const { rows, total } = select(table, (row) => row, query, column);
    return c.json({ total: String(total), stats: rows.map(withoutNulls) });
  });
  for (const list of Object.keys(entities) as EntityList[]) {
    app.get(`/${list}`, (c) => {
      const query = queryOf(c);
      const { rows, total } = select<Entity>(entities[list], ({ row }) => row, query, 'id');
      const shown = rows.map(({ json }) => (query['minimal'] === undefined ? json : minimal(json)));
      return c.json({ total, [list === 'segments' ? 'lists' : list]: keyed(shown) });
    });
  }

  app.post('/notes/new', async (c) => {
    const { lead, text, type } = await c.req.json<MauticNote>();
    const note = { id: 1 + Math.max(0, ...data.notes.map(({ id }) => id)), lead: Number(lead), text, type };
    data.notes.push(note);
    return c.json({ note }, 201);
  });
  app.patch('/notes/:id/edit', async (c) => {
    const note = data.notes.find(({ id }) => String(id) === c.req.param('id'));
    if (!note) return failure(c, 404, 'Item was not found.');
    const { text } = await c.req.json<MauticNote>();
    Object.assign(note, { text });
    return c.json({ note });
  });
  app.delete('/notes/:id/delete', (c) => {
    const index = data.notes.findIndex(({ id }) => String(id) === c.req.param('id'));
    if (index < 0) return failure(c, 404, 'Item was not found.');
    const [note] = data.notes.splice(index, 1);
    return c.json({ note });
  });

  return {
    connector: mautic,
    settings: { url: 'https://mautic.example.com/', username: USER, password: PASSWORD },
    token: null,
    fetch: async (request) => app.fetch(request),
    get requests() {
      return requests;
    },
    get minimumRequests() {
      return minimumOf(data, contacts);
    },
    get contents() {
      return { people: contacts, touchpoints: countTouchpoints(data), campaigns: 6 };
    },
    change: (count) => changeSome(data, count, databaseTime(now())),
    data,
    forbidTables: () => {
      isForbidden = true;
    },
  };
}

const queryOf = (c: Context) => phpQuery(new URL(c.req.url).searchParams);

/** The rows a query asks for, in its order. @throws SqlError */
function select<T>(
  all: readonly T[],
  rowOf: (item: T) => Row,
  query: PhpArray,
  orderBy: string,
): { rows: T[]; total: number } {
  const columns = new Set(all.length === 0 ? [] : Object.keys(rowOf(all[0] as T)));
  const asked = typeof query['orderBy'] === 'string' ? query['orderBy'] : orderBy;
  if (all.length > 0 && !columns.has(asked)) throw new SqlError(`Unknown column ${asked}`);
  const passes = all.length === 0 ? () => true : matcher(query['where'], columns);
  const found = all.filter((item) => passes(rowOf(item)));
  const start = Number(query['start'] ?? 0);
  return { rows: found.slice(start, start + Number(query['limit'] ?? 30)), total: found.length };
}

const keyed = (list: Record<string, unknown>[]) =>
  list.length === 0 ? [] : Object.fromEntries(list.map((item) => [String(item['id']), item]));

const withoutNulls = (row: Row) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));

function failure(c: Context, code: 401 | 404 | 429 | 500, message: string, type: string | null = null) {
  if (code === 401) c.header('WWW-Authenticate', 'Basic realm="Mautic"');
  return c.json({ errors: [{ code, message, type }] }, code);
}

function activityOf({ replies }: MauticData, query: PhpArray) {
  const filters = typeof query['filters'] === 'object' ? query['filters'] : {};
  const dateFrom = typeof filters['dateFrom'] === 'string' ? filters['dateFrom'] : '';
  const [page, limit] = [Number(query['page'] ?? 1), Number(query['limit'] ?? 25)];
  const found = replies
    .filter(({ at }) => at >= dateFrom)
    .toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : one.id - other.id));
  return {
    events: found.slice((page - 1) * limit, page * limit).map(({ id, lead, at, subject }) => ({
      event: 'email.replied',
      eventId: `email.replied${String(id)}`,
      eventLabel: { label: subject, href: `https://mautic.example.com/s/emails/view/1` },
      eventType: 'Email replied',
      timestamp: apiTime(at),
      contactId: String(lead),
      details: {},
    })),
    filters: { search: '', includeEvents: ['email.replied'], excludeEvents: [] },
    order: ['timestamp', 'ASC'],
    types: { 'email.replied': 'Email replied' },
    total: found.length,
    page,
    limit,
    maxPages: Math.ceil(found.length / limit),
  };
}

/** What happened to people whom somebody knows, a bounce that two tables tell of once. */
function countTouchpoints({ tables, replies, contacts }: MauticData): number {
  const known = new Set(
    contacts.filter(({ date_identified }) => date_identified !== null).map(({ id }) => String(id)),
  );
  const isOf = (row: Row) => known.has(row['lead_id'] ?? '');
  const read = tables.email_stats.filter((row) => row['date_read'] !== null).length;
  const bounced = new Set(tables.email_stats.filter((row) => row['is_failed'] === '1').map(bounceKey));
  const refused = tables.lead_donotcontact.filter(
    (row) => row['reason'] !== '2' || !bounced.has(bounceKey(row)),
  );
  const isFound = (row: Row) => row['code'] === '200';
  return (
    tables.email_stats.length +
    read +
    tables.page_hits.filter((row) => isOf(row) && isFound(row)).length +
    tables.form_submissions.length +
    tables.asset_downloads.filter(isFound).length +
    refused.length +
    replies.length
  );
}

const bounceKey = (row: Row) => `${row['lead_id'] ?? ''}/${row['email_id'] ?? row['channel_id'] ?? ''}`;

/** Mautic knows no largest page, so this is with pages of the sizes that a small server stands. */
function minimumOf({ tables }: MauticData, people: number): number {
  const pages = (rows: number, size: number) => Math.max(1, Math.ceil(rows / size));
  const streams = STREAMS.map((table) => pages(tables[table].length, 1_000));
  return (
    pages(people, 500) +
    pages(tables.lead_lists_leads.length, 10_000) +
    streams.reduce((sum, some) => sum + some) +
    // Consent, replies, campaigns, mails; what is planned by campaigns and for a segment; six lists of names.
    4 +
    pages(tables.campaign_lead_event_log.length, 1_000) +
    pages(tables.lead_lists_leads.filter((row) => row['leadlist_id'] === '1').length, 1_000) +
    6
  );
}

function changeSome({ contacts }: MauticData, count: number, at: string): void {
  const known = contacts.filter(({ date_identified }) => date_identified !== null);
  const step = Math.max(1, Math.floor(known.length / count));
  for (let index = 0; index < count; index++) {
    const contact = known[(index * step) % known.length];
    if (contact) Object.assign(contact, { date_modified: at, company: `Moved Ltd ${String(index)}` });
  }
}
