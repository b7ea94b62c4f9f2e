import { type Context, Hono } from 'hono';
import { brevo } from '../../../server/connectors/brevo.ts';
import {
  type BrevoCampaign,
  type BrevoContact,
  type BrevoData,
  type BrevoNote,
  brevoTime,
  campaignStats,
  LISTS,
  makeData,
} from './brevo/data.ts';
import { createLimits } from './brevo/limits.ts';
import type { FakeOptions, FakeSystem } from './fake-system.ts';

const API_KEY = 'xkeysib-cold-chain-7';
const DAY_MS = 86_400_000;

interface BrevoFake extends FakeSystem {
  data: BrevoData;
  /** Somebody else in the company uses the hour's requests. */
  useUp: () => void;
}

/** A Brevo account with so many contacts, on the general tier. */
export function createBrevoFake({ contacts, now }: FakeOptions): BrevoFake {
  const data = makeData(contacts, now());
  const limits = createLimits(now);
  let requests = 0;

  const app = new Hono().basePath('/v3');
  app.use(async (c, next) => {
    requests += 1;
    const { isOver, headers } = limits.take(c.req.path);
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    if (isOver) return c.json({ code: 'too_many_requests', message: 'API rate limit exceeded' }, 429);
    if (c.req.header('api-key') !== API_KEY)
      return c.json({ code: 'unauthorized', message: 'Key not found' }, 401);
    return next();
  });

  app.get('/contacts', (c) => {
    const page = pageOf(c, 1_000, 50);
    if (!page) return outOfRange(c);
    const since = Date.parse(c.req.query('modifiedSince') ?? '');
    const lists = c.req.queries('listIds')?.map(Number);
    const found = data.contacts.filter(
      ({ modifiedAt, listIds }) =>
        (Number.isNaN(since) || Date.parse(modifiedAt.replace(' ', 'T')) >= since) &&
        (!lists || listIds.some((id) => lists.includes(id))),
    );
    return c.json({ contacts: cut(found, page), count: found.length });
  });
  app.get('/contacts/lists', (c) => {
    const page = pageOf(c, 50, 10);
    if (!page) return outOfRange(c);
    const all = LISTS.map((name, index) => ({
      ...{ id: index + 1, name, folderId: 1, uniqueSubscribers: 0 },
      ...{ totalSubscribers: 0, totalBlacklisted: 0 },
    }));
    return c.json({ lists: cut(all, page), count: all.length });
  });
  app.get('/contacts/attributes', (c) =>
    c.json({
      attributes: ['FIRSTNAME', 'LASTNAME', 'SMS', 'COMPANY', 'LIFECYCLE', 'EMPLOYEES'].map((name) => ({
        name,
        category: 'normal',
        type: name === 'EMPLOYEES' ? 'float' : 'text',
      })),
    }),
  );
  app.get('/contacts/:id/campaignStats', (c) => {
    const contact = findById(data.contacts, Number(c.req.param('id')));
    return contact ? c.json(campaignStats(contact, data)) : notFound(c);
  });

  app.get('/smtp/statistics/events', (c) => {
    const page = pageOf(c, 5_000, 2_500);
    const { startDate = '', endDate = '' } = c.req.query();
    const span = Date.parse(endDate) - Date.parse(startDate);
    if (Number.isNaN(span)) return refused(c, 'missing_parameter', 'startDate and endDate belong together');
    if (span < 0 || span > 90 * DAY_MS || !page) return outOfRange(c);
    const found = data.events.filter(
      ({ date }) => date.slice(0, 10) >= startDate && date.slice(0, 10) <= endDate,
    );
    return c.json({ events: cut(found, page) });
  });
  app.get('/emailCampaigns', (c) => {
    const page = pageOf(c, 100, 50);
    const { status, startDate, endDate } = c.req.query();
    if (!page) return outOfRange(c);
    if ((startDate === undefined) !== (endDate === undefined))
      return refused(c, 'missing_parameter', 'startDate and endDate belong together');
    if (startDate !== undefined && status !== undefined && status !== 'sent')
      return refused(c, 'invalid_parameter', 'dates are for sent campaigns');
    const time = (text = '') => Date.parse(text.replace(' ', 'T'));
    const found = data.campaigns.filter(
      (campaign) =>
        (status === undefined || campaign.status === status) &&
        (startDate === undefined ||
          (time(campaign.sentDate) >= time(startDate) && time(campaign.sentDate) <= time(endDate))),
    );
    // Without any it leaves the list out.
    if (found.length === 0) return c.json({ count: 0 });
    return c.json({ campaigns: cut(found, page).map(campaignJson), count: found.length });
  });

  app.get('/crm/notes', (c) => {
    const ids = (c.req.query('entityIds') ?? '').split(',').map(Number);
    const found = data.notes.filter(({ contactIds }) => contactIds.some((id) => ids.includes(id)));
    return c.json(found.toReversed());
  });
  app.post('/crm/notes', async (c) => {
    const { text, contactIds } = await c.req.json<BrevoNote>();
    if (text === '' || text.length > 3_000) return refused(c, 'invalid_parameter', 'Not valid data.');
    const note = { id: `61a5cd07ca1347c82306ad${String(10 + data.notes.length)}`, text, contactIds };
    data.notes.push(note);
    return c.json({ id: note.id });
  });
  app.patch('/crm/notes/:id', async (c) => {
    const note = data.notes.find(({ id }) => id === c.req.param('id'));
    if (!note) return notFound(c);
    Object.assign(note, await c.req.json<Partial<BrevoNote>>());
    return c.body(null, 204);
  });
  app.delete('/crm/notes/:id', (c) => {
    const index = data.notes.findIndex(({ id }) => id === c.req.param('id'));
    if (index < 0) return notFound(c);
    data.notes.splice(index, 1);
    return c.body(null, 204);
  });
  app.get('/webhooks', (c) =>
    data.webhooks.length === 0 ? notFound(c) : c.json({ webhooks: data.webhooks.map(webhookJson) }),
  );

  const withAddress = () => data.contacts.filter(({ email }) => !email.endsWith('@mailin-sms.com'));
  return {
    connector: brevo,
    settings: { apiKey: API_KEY, statusAttribute: 'LIFECYCLE' },
    token: null,
    fetch: async (request) => app.fetch(request),
    get requests() {
      return requests;
    },
    get minimumRequests() {
      const planned = [2, 3].map(
        (list) => data.contacts.filter(({ listIds }) => listIds.includes(list)).length,
      );
      return (
        pages(data.contacts.length, 1_000) +
        // What campaigns did is told of one contact at a time.
        withAddress().length +
        pages(data.events.length, 5_000) +
        planned.reduce((sum, members) => sum + pages(members, 1_000), 0) +
        // The lists' names, all campaigns, and the queued ones.
        3
      );
    },
    get contents() {
      return {
        people: data.contacts.length,
        touchpoints: countTouchpoints(data),
        campaigns: data.campaigns.filter(({ status }) => status !== 'draft').length,
      };
    },
    change: (count) => changeSome(data, count, brevoTime(now())),
    data,
    useUp: limits.useUp,
  };
}

const pages = (rows: number, size: number) => Math.max(1, Math.ceil(rows / size));

interface PageOf {
  offset: number;
  limit: number;
  isDescending: boolean;
}

/** Null: the page is larger than Brevo's largest. */
function pageOf(c: Context, largest: number, usual: number): PageOf | null {
  const limit = Number(c.req.query('limit') ?? usual);
  const offset = Number(c.req.query('offset') ?? 0);
  // Newest first unless told otherwise.
  return limit > largest || offset < 0
    ? null
    : { offset, limit, isDescending: c.req.query('sort') !== 'asc' };
}

const cut = <T>(list: readonly T[], { offset, limit, isDescending }: PageOf): T[] =>
  (isDescending ? list.toReversed() : list).slice(offset, offset + limit);

/** Ids only grow; a search from the start for each of 25,000 would take longer than everything else. */
function findById(contacts: readonly BrevoContact[], id: number): BrevoContact | undefined {
  let [low, high] = [0, contacts.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const contact = contacts[middle];
    if (contact === undefined || contact.id === id) return contact;
    if (contact.id < id) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

const refused = (c: Context, code: string, message: string) => c.json({ code, message }, 400);
const outOfRange = (c: Context) => refused(c, 'out_of_range', 'The parameter is out of range');
const notFound = (c: Context) => c.json({ code: 'document_not_found', message: 'Document not found' }, 404);

const campaignJson = ({ id, name, status, scheduledAt, sentDate, recipients }: BrevoCampaign) => ({
  ...{ id, name, subject: `${name}: news`, type: 'classic', status, scheduledAt, recipients },
  ...(sentDate !== undefined && { sentDate }),
  ...{ createdAt: '2025-01-07 08:00:00+00:00', modifiedAt: '2025-01-07 08:00:00+00:00', testSent: false },
  ...{ header: '', footer: '', htmlContent: '', replyTo: 'team@example.com' },
  sender: { name: 'Team', email: 'team@example.com', id: 1 },
  statistics: {
    ...{ campaignStats: [], mirrorClick: 0, remaining: 0, linksStats: {} },
    ...{ statsByDomain: {}, statsByDevice: {}, statsByBrowser: {} },
    globalStats: {
      ...{ uniqueClicks: 0, clickers: 0, complaints: 0, delivered: 0, sent: 0, softBounces: 0 },
      ...{ hardBounces: 0, uniqueViews: 0, trackableViews: 0, unsubscriptions: 0, viewed: 0 },
    },
  },
});

const webhookJson = ({ id, url }: BrevoData['webhooks'][number]) => ({
  ...{ id, url, description: 'Tandem', events: ['opened', 'click'], type: 'marketing', channel: 'email' },
  ...{ createdAt: '2026-01-07 08:00:00+00:00', modifiedAt: '2026-01-07 08:00:00+00:00' },
});

function countTouchpoints(data: BrevoData): number {
  const ofCampaigns = data.contacts.reduce((sum, contact) => {
    const { messagesSent, delivered, hardBounces, opened, clicked, unsubscriptions } = campaignStats(
      contact,
      data,
    );
    const all = [messagesSent, delivered, hardBounces, opened, clicked, unsubscriptions.userUnsubscription];
    return sum + all.reduce((count, { length }) => count + length, 0);
  }, 0);
  return ofCampaigns + data.events.filter(({ event }) => event !== 'deferred').length;
}

function changeSome({ contacts }: BrevoData, count: number, modifiedAt: string): void {
  const step = Math.max(1, Math.floor(contacts.length / count));
  for (let index = 0; index < count; index++) {
    const contact = contacts[(index * step) % contacts.length];
    if (contact)
      Object.assign(contact, { modifiedAt, attributes: { ...contact.attributes, COMPANY: 'Moved Ltd' } });
  }
}
