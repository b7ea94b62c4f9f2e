import { Hono } from 'hono';
import { randomUUID } from 'node:crypto';
import { accountEngagement } from '../../../server/connectors/account-engagement.ts';
import type { AccessToken } from '../../../server/connectors/connector.ts';
import { type FakeOptions, type FakeSystem, seededRandom } from './fake-system.ts';

const HOST = 'pi.pardot.com';
const MINUTE = 60_000;
const SESSION = 120 * MINUTE;
const TOKEN = 240 * MINUTE;
const DAY = 24 * 60 * MINUTE;
const DEFAULT_ROWS = 200;
const MAX_ROWS = 1_000;
/** What is read comes from a copy that may be so far behind. */
const LAG = MINUTE;

type Row = Record<string, string | number | boolean | null | object> & { id: number; updatedAt: number };

const FIELDS: Record<string, string> = {
  prospects:
    'id,email,firstName,lastName,company,jobTitle,phone,country,score,grade,lifecycleStageId,salesforceLeadId,salesforceContactId,optedOut,isDoNotEmail,isDoNotCall,campaignId,createdAt,updatedAt',
  'visitor-activities':
    'id,type,typeName,details,prospectId,campaignId,campaign.name,emailId,emailTemplateId,listEmailId,formId,formHandlerId,landingPageId,fileId,createdAt,updatedAt',
  campaigns: 'id,name,cost,createdAt,updatedAt',
  'lifecycle-stages': 'id,name,position,createdAt,updatedAt',
};
const TIMES = ['createdAt', 'updatedAt'];
const PARAMETERS = ['fields', 'limit', 'orderBy', 'updatedAtAfterOrEqualTo', 'nextPageToken', 'deleted'];
const STAGES = ['Visitor', 'Prospect', 'MQL', 'SQL', 'Won'];
/** What people do: type, its name, what it is about, and whether it is a touchpoint. */
const ACTIVITIES = [
  [6, 'Email', 'listEmailId', true],
  [11, 'Email', 'listEmailId', true],
  [1, 'Email', 'listEmailId', true],
  [4, 'Form', 'formId', true],
  [2, 'File', 'fileId', true],
  [20, 'Visit', 'visitId', true],
  [3, 'Form', 'formId', false],
  [8, 'Opportunity', 'opportunityId', false],
] as const;

export interface EngagementOptions extends FakeOptions {
  dayLimit?: number;
  /** After so many rows a sequence of pages ends with a warning. */
  wall?: number;
  /** Objects that the user's role may not view. */
  forbidden?: readonly string[];
}

/** Account Engagement, as strict as it is: fields by name, tokens that suffer no company, the wall, the day's limit. */
export function createAccountEngagementFake({
  contacts,
  now,
  dayLimit = 25_000,
  wall = 100_000,
  forbidden = [],
}: EngagementOptions) {
  const objects = makeUnit(contacts, now().getTime());
  const sessions = new Map<string, number>();
  const tokens = new Map<string, { object: string; rows: Row[]; from: number; size: number; at: number }>();
  let asked: { day: number; count: number } = { day: 0, count: 0 };
  let requests = 0;
  let underway = 0;
  let pending: { visibleAt: number; apply: () => void }[] = [];

  const fail = (status: number, code: number, message: string) =>
    Response.json({ code, message }, { status });
  const signIn = (): AccessToken => {
    const accessToken = `00DFk!${randomUUID()}`;
    sessions.set(accessToken, now().getTime());
    return { accessToken, extra: { instance_url: 'https://kestrel.my.salesforce.com' } };
  };

  const page = (object: string, fields: string[], place: { rows: Row[]; from: number; size: number }) => {
    const { rows, from, size } = place;
    const end = Math.min(from + size, rows.length);
    const isEnd = end >= rows.length;
    const isWall = !isEnd && end >= wall;
    const token = isEnd || isWall ? null : randomUUID();
    if (token) tokens.set(token, { object, rows, from: end, size, at: now().getTime() });
    const values = rows.slice(from, end).map((row) => shown(row, fields));
    const headers = isWall
      ? { 'pardot-warning': '203;Maximum records reached for nextPageToken' }
      : undefined;
    return Response.json({ values, nextPageToken: token }, headers && { headers });
  };

  const api = new Hono();
  api.get('/api/v5/objects/:object', (c) => {
    const object = c.req.param('object');
    const known = FIELDS[object]?.split(',');
    if (!known) return fail(404, 71, 'Input needs to contain a valid object');
    if (forbidden.includes(object)) return fail(403, 49, 'Access Denied');
    const query = new URL(c.req.url).searchParams;
    const strange = [...query.keys()].find((name) => !PARAMETERS.includes(name));
    if (strange !== undefined) return fail(400, 72, `Invalid parameter: ${strange}`);
    const fields = query.get('fields')?.split(',') ?? [];
    if (fields.length === 0) return fail(400, 187, 'The fields parameter is required');
    const unknown = fields.find((name) => !known.includes(name));
    if (unknown !== undefined) return fail(400, 187, `Invalid field: ${unknown}`);

    const token = query.get('nextPageToken');
    if (token !== null) {
      if ([...query.keys()].some((name) => name !== 'fields' && name !== 'nextPageToken'))
        return fail(400, 183, 'nextPageToken can only be used with fields');
      const place = tokens.get(token);
      if (place?.object !== object || now().getTime() - place.at > TOKEN)
        return fail(400, 184, 'Invalid nextPageToken');
      return page(object, fields, place);
    }
    const size = Number(query.get('limit') ?? DEFAULT_ROWS);
    if (!(size >= 1 && size <= MAX_ROWS)) return fail(400, 72, 'limit must be between 1 and 1000');
    const order = query.get('orderBy') ?? 'id';
    if (!['id', 'createdAt', 'updatedAt'].includes(order)) return fail(400, 72, `Cannot order by ${order}`);
    const text = query.get('updatedAtAfterOrEqualTo') ?? '1970-01-01T00:00:00Z';
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$/.test(text))
      return fail(400, 72, 'Invalid date');
    const from = Date.parse(text);
    const rows = (objects[object] ?? [])
      .filter(({ updatedAt }) => updatedAt >= from)
      .sort((one, other) => Number(one[order]) - Number(other[order]) || one.id - other.id);
    return page(object, fields, { rows, from: 0, size });
  });
  api.notFound(() => fail(404, 71, 'Not found'));

  const answer = async (request: Request): Promise<Response> => {
    requests += 1;
    const time = now().getTime();
    if (new URL(request.url).host !== HOST) return new Response('No such host.', { status: 502 });
    const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
    const since = sessions.get(token);
    if (since === undefined || time - since > SESSION)
      return fail(401, 184, 'access_token is invalid, unknown, or malformed');
    if (request.headers.get('pardot-business-unit-id') !== settings.businessUnitId)
      return fail(400, 201, 'Business Unit not found or inactive');
    const day = Math.floor(time / DAY);
    if (asked.day !== day) asked = { day, count: 0 };
    if (asked.count >= dayLimit) return fail(403, 122, 'Daily API rate limit met');
    asked.count += 1;
    if (underway >= 5) return fail(403, 66, 'You have exceeded your concurrent request limit');
    pending = pending.filter(({ visibleAt, apply }) => (visibleAt > time ? true : void apply()));
    underway += 1;
    try {
      return await api.fetch(request);
    } finally {
      underway -= 1;
    }
  };

  const settings = {
    domain: 'kestrel.my.salesforce.com',
    clientId: '3MVG9.tandem',
    clientSecret: 'known-to-both',
    businessUnitId: '0UvFk000000000AAAA',
  };
  const count = (object: string) => Math.max(1, Math.ceil((objects[object]?.length ?? 0) / MAX_ROWS));
  const fake = {
    connector: accountEngagement,
    settings,
    token: signIn(),
    refreshToken: (stale: AccessToken) => {
      if (!sessions.has(stale.accessToken)) throw new Error('Nobody signed in with this.');
      return Promise.resolve(signIn());
    },
    fetch: answer,
    get requests() {
      return requests;
    },
    get minimumRequests() {
      return Object.keys(FIELDS).reduce((sum, object) => sum + count(object), 0);
    },
    contents: {
      people: contacts,
      campaigns: objects.campaigns?.length ?? 0,
      touchpoints: (objects['visitor-activities'] ?? []).filter(isTouchpoint).length,
    },
    /** As everywhere in it, what is saved now may be read only a minute later. */
    change(number: number) {
      const at = Math.floor(now().getTime() / 1_000) * 1_000;
      const rows = (objects.prospects ?? []).slice(0, number);
      pending.push({
        visibleAt: at + LAG,
        apply: () =>
          rows.forEach((row, index) => Object.assign(row, { jobTitle: `Changed ${index}`, updatedAt: at })),
      });
    },
    rows: objects,
  };
  return fake satisfies FakeSystem;
}

function makeUnit(prospects: number, now: number): Record<string, Row[]> {
  const random = seededRandom(31);
  const before = () => Math.floor((now - DAY - random() * 400 * DAY) / 1_000) * 1_000;
  const stages = STAGES.map((name, index): Row => dated({ id: 10 + index, name, position: index }, before()));
  const campaigns = Array.from({ length: 6 }, (_, index) =>
    dated({ id: 100 + index, name: `Campaign ${index}`, cost: null }, before()),
  );
  // A list import: half of all were changed within one second.
  const imported = before();
  const people = Array.from({ length: prospects }, (_, index) =>
    dated(
      {
        id: 1_000 + index,
        email: `prospect.${index}@example.com`,
        firstName: index % 9 === 0 ? null : 'Ida',
        lastName: `Novak ${index}`,
        company: 'Kestrel',
        jobTitle: 'Buyer',
        phone: null,
        country: index % 2 === 0 ? 'Germany' : null,
        score: Math.floor(random() * 200),
        grade: random() < 0.5 ? 'B+' : null,
        lifecycleStageId: index % 4 === 0 ? null : 10 + (index % STAGES.length),
        salesforceLeadId: index % 2 === 0 ? `00QFk${String(index).padStart(10, '0')}AAA` : null,
        salesforceContactId: index % 3 === 0 ? `003Fk${String(index).padStart(10, '0')}AAA` : null,
        optedOut: index % 11 === 0,
        isDoNotEmail: index % 11 === 0 || index % 13 === 0,
        isDoNotCall: false,
        campaignId: 100,
      },
      index % 2 === 0 ? imported : before(),
    ),
  );
  const activities = Array.from({ length: prospects * 2 }, (_, index) => {
    const [type, name, about] = ACTIVITIES[index % ACTIVITIES.length] ?? ACTIVITIES[0];
    const campaign = index % 6;
    return dated(
      {
        id: 500_000 + index,
        type,
        typeName: name,
        details: `${name} ${index % 40}`,
        // Some visitors are nobody yet.
        prospectId: index % 17 === 0 ? null : 1_000 + (index % prospects),
        campaignId: 100 + campaign,
        campaign: { id: 100 + campaign, name: `Campaign ${campaign}` },
        [about]: 7,
      },
      before(),
    );
  });
  return { prospects: people, 'visitor-activities': activities, campaigns, 'lifecycle-stages': stages };
}

const dated = (fields: Omit<Row, 'updatedAt' | 'id'> & { id: number }, at: number): Row => ({
  ...fields,
  createdAt: at,
  updatedAt: at,
});

function isTouchpoint({ type, prospectId }: Row): boolean {
  return prospectId !== null && ACTIVITIES.some(([known, , , isOne]) => known === type && isOne);
}

/** Times are in the time zone that the user prefers. */
function shown(row: Row, fields: readonly string[]): Record<string, unknown> {
  const answer: Record<string, unknown> = {};
  for (const path of fields) {
    const [field = '', inner] = path.split('.');
    const value = row[field] ?? null;
    if (inner !== undefined) {
      const related = value as Record<string, unknown> | null;
      answer[field] = related && {
        ...(answer[field] as object | undefined),
        [inner]: related[inner] ?? null,
      };
    } else answer[field] = TIMES.includes(field) ? inBerlin(Number(value)) : value;
  }
  return answer;
}

function inBerlin(time: number): string {
  return `${new Date(time + 60 * MINUTE).toISOString().slice(0, 19)}+01:00`;
}
