import { Hono } from 'hono';
import { z } from 'zod';
import { defineConnector, type Page, type SourceIo } from '../../../server/connectors/connector.ts';
import { field } from '../../../server/connectors/settings-field.ts';
import { type CreateFake, seededRandom } from './fake-system.ts';

const KEY = 'example-key-of-nobody';
const PAGE = 50;
const EVENTS_PER_PERSON = 2;

const Settings = z.object({
  url: field(z.url(), { label: { en: 'Address', de: 'Adresse' } }),
  key: field(z.string(), { label: { en: 'Key', de: 'Schlüssel' }, secret: true }),
});
type Io = SourceIo<z.infer<typeof Settings>>;

const Changed = z.object({ id: z.number(), changed: z.iso.datetime() });
const RemotePerson = Changed.extend({
  mail: z.string(),
  name: z.string(),
  job: z.string(),
  state: z.string(),
});
const RemoteEvent = Changed.extend({ person: z.number(), mailing: z.number() });
const RemoteMailing = Changed.extend({ title: z.string() });
const RemotePlan = Changed.extend({ person: z.number(), mailing: z.number(), at: z.iso.datetime() });
type Row = z.infer<typeof Changed>;

async function list<T extends Row, Item>(
  io: Io,
  path: string,
  schema: z.ZodType<T>,
  { since, cursor }: { since: Date | null; cursor: Record<string, unknown> | null },
  toItem: (row: T) => Item,
): Promise<Page<Item>> {
  const { body } = await io.request(path, {
    query: { since: since?.toISOString(), ...(cursor as { at: string; id: number } | null), limit: PAGE },
    schema: z.object({ rows: z.array(schema), total: z.number() }),
  });
  const last = body.rows.at(-1);
  const next = body.rows.length < PAGE || !last ? null : { at: last.changed, id: last.id };
  return { items: body.rows.map(toItem), next, total: body.total };
}

/** A system of nobody's, as simple as one can be: what the conformance suite is tried on. */
export const exampleConnector = defineConnector({
  id: 'example',
  label: 'Example',
  settings: Settings,
  baseUrl: ({ url }) => url,
  authorise: ({ key }) => ({ 'x-key': key }),
  tenant: ({ url }) => new URL(url).host,
  limits: () => [{ requests: 10, perMs: 1_000 }],
  overlapMs: 60_000,
  check: async (io) => {
    await list(io, '/people', RemotePerson, { since: null, cursor: null }, (row) => row);
    return [{ ok: true, words: { en: 'People can be read.', de: 'Personen sind lesbar.' } }];
  },
  pullPeople: (io, request) =>
    list(io, '/people', RemotePerson, request, ({ id, mail, name, job, state }) => ({
      record: { type: 'person', id: String(id) },
      ...{ name, emails: [mail], title: job, status: state },
    })),
  pullTouchpoints: (io, request) =>
    list(io, '/events', RemoteEvent, request, ({ id, person, mailing, changed }) => ({
      sourceId: `event-${id}`,
      person: { record: { type: 'person', id: String(person) } },
      ...{ kind: 'email.opened', channel: 'email', direction: 'inbound', title: `Mailing ${mailing}` },
      ...{ occurredAt: changed, machine: false },
      campaign: { sourceId: String(mailing), name: `Mailing ${mailing}`, kind: 'mail' },
    })),
  pullCampaigns: (io, request) =>
    list(io, '/mailings', RemoteMailing, request, ({ id, title }) => ({
      ...{ sourceId: String(id), name: title, kind: 'mail' },
    })),
  pullPlanned: (io, { cursor }) =>
    list(io, '/plans', RemotePlan, { since: null, cursor }, ({ id, person, mailing, at }) => ({
      sourceId: `plan-${id}`,
      person: { record: { type: 'person', id: String(person) } },
      ...{ title: `Mailing ${mailing}`, channel: 'email', at, editableUntil: at, cancelled: false },
    })),
  recordUrl: ({ url }, { id }) => `${url}/person/${id}`,
});

export const createExampleFake: CreateFake = ({ contacts, now }) => {
  const random = seededRandom(7);
  const start = now().getTime() - 24 * 60 * 60_000;
  // Several at the same moment, as after an import: only a cursor with the id goes through them.
  const changed = (nth: number) => new Date(start + Math.floor(nth / 7) * 1_000).toISOString();
  const rows = (count: number) =>
    Array.from({ length: count }, (_, nth) => ({ id: nth + 1, changed: changed(nth) }));
  const people = rows(contacts).map((row) => ({
    ...row,
    mail: `person.${row.id}@customer-${row.id % 40}.example`,
    ...{ name: `Person ${row.id}`, job: 'Buyer', state: ['new', 'warm', 'hot'][Math.floor(random() * 3)] },
  }));
  const mailings = rows(12).map((row) => ({ ...row, title: `Mailing ${row.id}` }));
  const of = ({ id }: Row) => ({ person: ((id - 1) % contacts) + 1, mailing: 1 + (id % mailings.length) });
  const events = rows(contacts * EVENTS_PER_PERSON).map((row) => ({ ...row, ...of(row) }));
  const at = new Date(now().getTime() + 24 * 60 * 60_000).toISOString();
  const plans = rows(Math.min(contacts, 60)).map((row) => ({ ...row, ...of(row), at }));

  let requests = 0;
  let sent: number[] = [];
  const app = new Hono();
  app.use(async (c, next) => {
    requests += 1;
    const time = now().getTime();
    sent = [...sent.filter((one) => one > time - 1_000), time];
    if (sent.length > 10) return c.json({ error: 'TOO_FAST' }, 429, { 'retry-after': '1' });
    if (c.req.header('x-key') !== KEY) return c.json({ error: 'WRONG_KEY' }, 401);
    return next();
  });
  const tables: Record<string, Row[]> = { people, events, mailings, plans };
  app.get('/:table', (c) => {
    const { since = '', at = '', id = '0', limit = '10' } = c.req.query();
    const table = tables[c.req.param('table')];
    if (!table || Number(limit) > PAGE) return c.json({ error: 'NO_SUCH_THING' }, table ? 400 : 404);
    const after = (row: Row) => row.changed > at || (row.changed === at && row.id > Number(id));
    const found = table
      .filter((row) => row.changed >= since && after(row))
      .toSorted((one, other) =>
        one.changed === other.changed ? one.id - other.id : one.changed < other.changed ? -1 : 1,
      );
    return c.json({ rows: found.slice(0, Number(limit)), total: table.length });
  });

  return {
    connector: exampleConnector,
    settings: { url: 'https://example-system.example', key: KEY },
    token: null,
    fetch: (request) => Promise.resolve(app.fetch(request)),
    get requests() {
      return requests;
    },
    get minimumRequests() {
      return Object.values(tables).reduce(
        (sum, { length }) => sum + Math.ceil(Math.max(1, length) / PAGE),
        0,
      );
    },
    contents: { people: contacts, touchpoints: events.length, campaigns: mailings.length },
    change: (count) => {
      for (const person of people.slice(0, count))
        Object.assign(person, { job: `${person.job}, promoted`, changed: now().toISOString() });
    },
  };
};
