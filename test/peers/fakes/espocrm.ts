import { type Context, Hono } from 'hono';
import { espocrm } from '../../../server/connectors/espocrm.ts';
import {
  ATTRIBUTES,
  type EspoData,
  type EspoRow,
  type EspoTable,
  espoTime,
  makeEspoData,
} from './espocrm-data.ts';
import type { FakeOptions, FakeSystem } from './fake-system.ts';
import { type PhpArray, phpQuery } from './php-query.ts';

const API_KEY = 'cold-chain-key-of-nobody-17';
const MAX_SIZE = 200;
/** What web servers take of a request's first line. */
const LONGEST_LINE = 8_190;
/** Posts may be changed for so long. */
const EDIT_MS = 7 * 86_400_000;

/** What EspoCRM refuses: the status, and a reason in a header; the body stays empty. */
class Refusal extends Error {
  readonly status: 400 | 403 | 404 | 500;
  constructor(status: Refusal['status'], reason: string) {
    super(reason);
    this.status = status;
  }
}

interface EspoFake extends FakeSystem {
  data: EspoData;
  /** Takes a right from the role of the hub's user. */
  forbid: (table: EspoTable) => void;
  /** Somebody follows the link in a mail: their address says so, not their record. */
  unsubscribe: (person: EspoRow) => void;
}

/** An EspoCRM with so many leads and contacts. */
export function createEspocrmFake({ contacts, now }: FakeOptions): EspoFake {
  const { data, touchpoints } = makeEspoData(contacts, now());
  const forbidden = new Set<string>();
  const sorted = new Map<string, EspoRow[]>();
  let requests = 0;

  const add = (table: EspoTable, row: Omit<EspoRow, 'id'>): EspoRow => {
    const id = (data[table].length + 1).toString(16).padStart(17, 'f');
    const added = { id, createdAt: espoTime(now()), modifiedAt: espoTime(now()), ...row };
    data[table].push(added);
    sorted.clear();
    return added;
  };
  const find = (table: EspoTable, id: string): EspoRow => {
    if (forbidden.has(table)) throw new Refusal(403, 'No read access.');
    const row = data[table].find((one) => one.id === id);
    if (!row) throw new Refusal(404, 'Record does not exist.');
    return row;
  };
  const inOrder = (table: EspoTable, by: string): readonly EspoRow[] => {
    const known = sorted.get(`${table} ${by}`);
    if (known) return known;
    const place = (row: EspoRow) => `${String(row[by] ?? '')} ${row.id}`;
    const rows = data[table].toSorted((one, other) => (place(one) < place(other) ? -1 : 1));
    sorted.set(`${table} ${by}`, rows);
    return rows;
  };

  const app = new Hono().basePath('/api/v1');
  app.use(async (c, next) => {
    requests += 1;
    if (c.req.url.length > LONGEST_LINE) return c.text('', 414);
    if (c.req.header('x-api-key') !== API_KEY) return c.text('', 401);
    return next();
  });
  app.onError((error, c) => {
    if (!(error instanceof Refusal)) throw error;
    c.header('X-Status-Reason', error.message);
    return c.body(null, error.status);
  });
  app.notFound((c) => c.body(null, 404));

  app.get('/:table', (c) => {
    const table = tableOf(c);
    if (forbidden.has(table)) throw new Refusal(403, `No access to '${table}'.`);
    const query = phpQuery(new URL(c.req.url).searchParams);
    const { by, size, offset } = sortingOf(table, query);
    const passes = matcher(table, query['where']);
    const isCounted = c.req.header('x-no-total') !== 'true';
    const found: EspoRow[] = [];
    for (const row of inOrder(table, by)) {
      if (!isCounted && found.length >= offset + size) break;
      if (passes(row)) found.push(row);
    }
    const shown = shownOf(table, query['select'], by);
    const list = found
      .slice(offset, offset + size)
      .map((row) => Object.fromEntries(shown.map((name) => [name, row[name] ?? null])));
    return c.json({ total: isCounted ? found.length : -1, list });
  });
  app.get('/:table/:id', (c) => {
    const { id, emailAddress, emailAddressIsOptedOut: optOut, ...row } = find(tableOf(c), c.req.param('id'));
    const other = { emailAddress: `private.${id}@home.example`, primary: false, optOut: false };
    const emailAddressData = [{ emailAddress, optOut, primary: true, invalid: false }, other];
    return c.json({ id, emailAddress, emailAddressIsOptedOut: optOut, ...row, emailAddressData });
  });
  app.get('/:table/:id/stream', (c) => {
    const { id } = find(tableOf(c), c.req.param('id'));
    const { size } = sortingOf('Note', phpQuery(new URL(c.req.url).searchParams));
    const notes = data.Note.filter(({ parentId }) => parentId === id).toReversed();
    return c.json({ total: notes.length, list: notes.slice(0, size) });
  });
  app.post('/Note', async (c) => {
    const { type, post, parentType, parentId } = await c.req.json<Record<string, string>>();
    if (type !== 'Post' || !post || !parentId || !isTable(parentType)) throw new Refusal(400, 'Bad note.');
    find(parentType, parentId);
    return c.json(add('Note', { type, post, parentType, parentId }));
  });
  app.put('/Note/:id', async (c) => {
    const note = find('Note', c.req.param('id'));
    const { post = null } = await c.req.json<{ post?: string }>();
    const age = now().getTime() - Date.parse(`${String(note['createdAt']).replace(' ', 'T')}Z`);
    if (age > EDIT_MS) throw new Refusal(403, 'No edit access.');
    return c.json(Object.assign(note, { post, modifiedAt: espoTime(now()) }));
  });

  let changed = 0;
  return {
    connector: espocrm,
    settings: { url: 'https://crm.nordlicht.example/', apiKey: API_KEY },
    token: null,
    fetch: async (request) => app.fetch(request),
    get requests() {
      return requests;
    },
    get minimumRequests() {
      return Object.values(data).reduce((sum, { length }) => sum + Math.ceil(length / MAX_SIZE), 0);
    },
    contents: { people: contacts, touchpoints, campaigns: data.Campaign.length },
    change: (count) => {
      changed += 1;
      const leads = data.Lead.filter(({ createdContactId }) => createdContactId === null).slice(0, count);
      for (const lead of leads)
        Object.assign(lead, { title: `Promoted ${changed}`, modifiedAt: espoTime(now()) });
      sorted.clear();
    },
    data,
    forbid: (table) => forbidden.add(table),
    unsubscribe: (person) => {
      person['emailAddressIsOptedOut'] = true;
      const parentType = data.Lead.includes(person) ? 'Lead' : 'Contact';
      const [action, actionDate] = ['Opted Out', espoTime(now())];
      add('CampaignLogRecord', { action, actionDate, isTest: false, parentType, parentId: person.id });
    },
  };
}

const isTable = (name: string | undefined): name is EspoTable =>
  name !== undefined && Object.hasOwn(ATTRIBUTES, name);

function tableOf(c: Context): EspoTable {
  const table = c.req.param('table');
  if (!isTable(table)) throw new Refusal(404, `Controller '${table ?? ''}' does not exist.`);
  return table;
}

const attributesOf = (table: EspoTable): string[] => ['id', ...ATTRIBUTES[table].split(' ')];

function sortingOf(table: EspoTable, { orderBy, order, maxSize, offset }: PhpArray) {
  const by = typeof orderBy === 'string' ? orderBy : 'createdAt';
  if (!attributesOf(table).includes(by)) throw new Refusal(500, `Order by non-existing field '${by}'.`);
  if (order !== undefined && order !== 'asc') throw new Refusal(400, 'This fake only sorts upwards.');
  const size = typeof maxSize === 'string' ? Number.parseInt(maxSize, 10) : MAX_SIZE;
  if (size > MAX_SIZE) throw new Refusal(403, 'Max size should not exceed 200. Use offset and limit.');
  return { by, size, offset: typeof offset === 'string' ? Number.parseInt(offset, 10) : 0 };
}

/** Unknown attributes are left out without a word; what lists are sorted by is always shown. */
function shownOf(table: EspoTable, select: string | PhpArray | undefined, by: string): string[] {
  const asked = typeof select === 'string' ? ['id', by, ...select.split(',')] : attributesOf(table);
  return attributesOf(table).filter((name) => asked.includes(name));
}

function matcher(table: EspoTable, where: string | PhpArray | undefined): (row: EspoRow) => boolean {
  const tests = itemsOf(where).map((item) => test(table, item));
  return (row) => tests.every((passes) => passes(row));
}

const itemsOf = (value: string | PhpArray | undefined): PhpArray[] =>
  typeof value === 'object' ? Object.values(value).filter((item) => typeof item === 'object') : [];

const COMPARISONS: Record<string, ((left: string, right: string) => boolean) | undefined> = {
  equals: (left, right) => left === right,
  greaterThan: (left, right) => left > right,
  greaterThanOrEquals: (left, right) => left >= right,
};

function test(table: EspoTable, { value, ...item }: PhpArray): (row: EspoRow) => boolean {
  const [type, attribute] = [item['type'], item['attribute']].map((one) =>
    typeof one === 'string' ? one : '',
  );
  if (type === 'or' || type === 'and') {
    const tests = itemsOf(value).map((item) => test(table, item));
    return (row) => (type === 'or' ? tests.some((one) => one(row)) : tests.every((one) => one(row)));
  }
  if (attribute === undefined || !attributesOf(table).includes(attribute))
    throw new Refusal(400, `Not existing attribute '${attribute ?? ''}' in where.`);
  if (type === 'in' && typeof value === 'object') {
    const values = new Set(Object.values(value).map(String));
    return (row) => values.has(String(row[attribute] ?? ''));
  }
  const compare = COMPARISONS[type ?? ''];
  if (!compare || typeof value !== 'string')
    throw new Refusal(400, `Unknown where item type '${type ?? ''}'.`);
  // What is null is neither before nor after anything.
  return (row) => row[attribute] != null && compare(String(row[attribute]), value);
}
