import { Hono } from 'hono';
import { randomUUID } from 'node:crypto';
import type { AccessToken } from '../../../server/connectors/connector.ts';
import { salesforce } from '../../../server/connectors/salesforce.ts';
import type { FakeOptions, FakeSystem } from './fake-system.ts';
import { longId, makeOrganisation, PEOPLE_OBJECTS, type Row } from './salesforce-data.ts';
import {
  compile,
  fieldsOfCondition,
  mapValues,
  parseSoql,
  type Soql,
  SoqlError,
  type Value,
} from './soql.ts';

const HOST = 'kestrel--uat.sandbox.my.salesforce.com';
const MINUTE = 60_000;
/** Of inactivity; organisations set it between 15 minutes and a day. */
const SESSION = 30 * MINUTE;
const LOCATOR = 15 * MINUTE;
const MAX_LOCATORS = 10;
const MAX_ROWS = 2_000;
/** Rows of many fields come in smaller lots, however many were asked for. */
const WIDE_FIELDS = 15;
const WIDE_ROWS = 1_500;

const COMMON = 'Id,IsDeleted,CreatedDate,LastModifiedDate,SystemModstamp';
const HUMAN =
  'Name,Email,Title,Phone,MobilePhone,LeadSource,HasOptedOutOfEmail,DoNotCall,OwnerId,Description';
const FIELDS: Record<string, string> = {
  User: 'Name,Email',
  Account: 'Name,Industry,NumberOfEmployees',
  Lead: `${HUMAN},Company,Country,Industry,NumberOfEmployees,Rating,Status,IsConverted,ConvertedContactId`,
  Contact: `${HUMAN},AccountId,MailingCountry`,
  Campaign: 'Name,Type,StartDate,EndDate',
  CampaignMember: 'LeadId,ContactId,CampaignId,Status,HasResponded,FirstRespondedDate',
  Task: 'WhoId,Subject,Description,Status,IsClosed,TaskSubtype,CallType,CompletedDateTime,ActivityDate',
  Event: 'WhoId,Subject,StartDateTime',
};
const RELATIONS: Record<string, string> = { Owner: 'User', Account: 'Account', Campaign: 'Campaign' };
const TIMES = ['CreatedDate', 'LastModifiedDate', 'SystemModstamp', 'CompletedDateTime', 'StartDateTime'];

export interface SalesforceOptions extends FakeOptions {
  /** Fields and objects that the user may not see: `Lead.Email`, `Task`. */
  hidden?: readonly string[];
  /** The organisation's requests in 24 hours, and what it used up of them before. */
  dayLimit?: number;
  usedByOthers?: number;
}

/** Salesforce, as strict as it is: sessions that end, SOQL it does not know, small lots, the day's allowance. */
export function createSalesforceFake({
  contacts,
  now,
  hidden = [],
  dayLimit = 15_000,
  usedByOthers = dayLimit * 0.8 - 10,
}: SalesforceOptions) {
  const organisation = makeOrganisation(contacts, now().getTime());
  const { objects } = organisation;
  const startedAt = now().getTime();
  /** Others of the organisation: a nightly export an hour short of a day ago, and the rest for good. */
  const others = [
    { at: startedAt - 23 * 60 * MINUTE, requests: Math.floor(usedByOthers * 0.4) },
    { at: Infinity, requests: Math.ceil(usedByOthers * 0.6) },
  ];
  const asked: number[] = [];
  const sessions = new Map<string, number>();
  const refreshTokens = new Set<string>();
  const locators = new Map<string, { rows: object[]; usedAt: number; size: number }>();
  /** Saved, with their transaction still under way. */
  let pending: { visibleAt: number; apply: () => void }[] = [];
  const sorted = new Map<string, Row[]>();
  let requests = 0;
  let loseNextAnswer = false;

  const used = () => {
    const from = now().getTime() - 24 * 60 * MINUTE;
    const ofOthers = others.filter(({ at }) => at > from).reduce((sum, { requests }) => sum + requests, 0);
    return ofOthers + asked.filter((at) => at > from).length;
  };
  const signIn = (): AccessToken => {
    const accessToken = `00DFk!${randomUUID()}`;
    sessions.set(accessToken, now().getTime());
    return { accessToken, extra: { instance_url: `https://${HOST}` } };
  };
  const fail = (status: number, errorCode: string, message: string) =>
    Response.json([{ message, errorCode }], { status });

  const isHidden = (object: string, field: string) => hidden.includes(`${object}.${field}`);
  const fieldsOf = (object: string) =>
    `${COMMON},${FIELDS[object] ?? ''}`.split(',').filter((name) => !isHidden(object, name));
  const known = (object: string) => FIELDS[object] !== undefined && !hidden.includes(object);
  const checkField = (object: string, path: string) => {
    const [field = '', inner] = path.split('.');
    const related = inner === undefined ? undefined : RELATIONS[field];
    if (inner !== undefined && (!related || !known(related) || !fieldsOf(object).includes(`${field}Id`)))
      throw new SoqlError('INVALID_FIELD', `Didn't understand relationship '${field}' in field path.`);
    const [owner, name] = related && inner !== undefined ? [related, inner] : [object, field];
    if (!fieldsOf(owner).includes(name))
      throw new SoqlError('INVALID_FIELD', `No such column '${name}' on entity '${owner}'.`);
  };
  const byId = new Map(Object.values(objects).flatMap((rows) => rows.map((row) => [row.Id, row] as const)));
  const valueOf = (row: Row, field: string): Value => row[field] ?? null;

  const rowsOf = ({ object, where, orderBy, limit }: Soql) => {
    const key = `${object} ${orderBy.join()}`;
    const rows =
      sorted.get(key) ?? [...(objects[object] ?? [])].sort((one, other) => byFields(one, other, orderBy));
    sorted.set(key, rows);
    const isShort = (field: string, value: Value) => field.endsWith('Id') && String(value).length === 15;
    const whole = mapValues(where, (field, value) => (isShort(field, value) ? longId(String(value)) : value));
    const matches = compile<Row>(whole, valueOf);
    const found: Row[] = [];
    for (const row of rows) {
      if (found.length >= limit) break;
      if (!row.IsDeleted && matches(row)) found.push(row);
    }
    return found;
  };

  const query = (text: string) => {
    const soql = parseSoql(text);
    if (!known(soql.object))
      throw new SoqlError('INVALID_TYPE', `sObject type '${soql.object}' is not supported.`);
    for (const name of [...soql.fields, ...fieldsOfCondition(soql.where), ...soql.orderBy])
      checkField(soql.object, name);
    if (fieldsOfCondition(soql.where).includes('Description'))
      throw new SoqlError('INVALID_FIELD', "field 'Description' can not be filtered in a query call");
    const rows = rowsOf(soql).map((row) => shown(soql.object, row, soql.fields));
    return { rows, size: soql.fields.length > WIDE_FIELDS ? WIDE_ROWS : MAX_ROWS };
  };

  const shown = (object: string, row: Row, paths: readonly string[]) => {
    const answer: Record<string, unknown> = {
      attributes: { type: object, url: `/services/data/v65.0/sobjects/${object}/${row.Id}` },
    };
    for (const path of paths) {
      const [field = '', inner] = path.split('.');
      if (inner === undefined) answer[field] = asText(field, valueOf(row, field));
      else {
        const related = byId.get(String(row[`${field}Id`]));
        const before = answer[field] as object | undefined;
        answer[field] = related
          ? {
              attributes: { type: RELATIONS[field] },
              ...before,
              [inner]: asText(inner, valueOf(related, inner)),
            }
          : null;
      }
    }
    return answer;
  };

  /** A lot, and a locator for the rest, of which a user has ten. */
  const lot = (id: string | null, rows: object[], size: number, from: number) => {
    const done = from + size >= rows.length;
    const locator = id ?? `0r8Fk${randomUUID().slice(0, 8)}`;
    if (done) locators.delete(locator);
    else {
      locators.set(locator, { rows, usedAt: now().getTime(), size });
      const [oldest] = locators.keys();
      if (locators.size > MAX_LOCATORS && oldest !== undefined) locators.delete(oldest);
    }
    return Response.json({
      totalSize: rows.length,
      done,
      ...(!done && { nextRecordsUrl: `/services/data/v65.0/query/${locator}-${from + size}` }),
      records: rows.slice(from, from + size),
    });
  };

  const save = (row: Row, fields: Record<string, Value>, at: number) => {
    Object.assign(row, fields, { LastModifiedDate: at, SystemModstamp: at });
    sorted.clear();
  };
  const second = () => Math.floor(now().getTime() / 1_000) * 1_000;

  const api = new Hono();
  const base = '/services/data/:version{v\\d+\\.0}';
  api.get(`${base}/query`, (c) => {
    try {
      const { rows, size } = query(c.req.query('q') ?? '');
      return lot(null, rows, size, 0);
    } catch (error) {
      if (error instanceof SoqlError) return fail(400, error.code, error.message);
      throw error;
    }
  });
  api.get(`${base}/query/:locator`, (c) => {
    const [id = '', from] = c.req.param('locator').split('-');
    const open = locators.get(id);
    if (!open || now().getTime() - open.usedAt > LOCATOR)
      return fail(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    return lot(id, open.rows, open.size, Number(from));
  });
  api.get(`${base}/limits`, () =>
    Response.json({ DailyApiRequests: { Max: dayLimit, Remaining: Math.max(0, dayLimit - used()) } }),
  );
  api.get(`${base}/sobjects/:object/describe`, (c) => {
    const object = c.req.param('object');
    if (!known(object)) return fail(404, 'NOT_FOUND', 'The requested resource does not exist');
    const fields = fieldsOf(object).map((name) => ({ name, label: name, type: 'string', nillable: true }));
    return Response.json({ name: object, label: object, createable: object === 'Task', fields });
  });
  api.post(`${base}/sobjects/Task`, async (c) => {
    const body = await c.req.json<Record<string, Value>>();
    const who = byId.get(longId(String(body.WhoId)));
    if (!who || who.IsDeleted) return fail(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    if (who.IsConverted === true)
      return fail(400, 'CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
    const wrong = checkTask(body);
    if (wrong) return wrong;
    const at = second();
    const row: Row = {
      ...body,
      ...{ Id: organisation.newId('Task'), WhoId: who.Id, IsDeleted: false, TaskSubtype: 'Task' },
      ...{ IsClosed: body.Status === 'Completed', CreatedDate: at, LastModifiedDate: at, SystemModstamp: at },
    };
    objects.Task?.push(row);
    byId.set(row.Id, row);
    sorted.clear();
    return Response.json({ id: row.Id, success: true, errors: [] }, { status: 201 });
  });
  api.patch(`${base}/sobjects/Task/:id`, async (c) => {
    const body = await c.req.json<Record<string, Value>>();
    const row = byId.get(c.req.param('id'));
    if (!row || row.IsDeleted) return fail(404, 'ENTITY_IS_DELETED', 'entity is deleted');
    const wrong = checkTask(body);
    if (wrong) return wrong;
    save(row, body, second());
    return new Response(null, { status: 204 });
  });
  api.delete(`${base}/sobjects/Task/:id`, (c) => {
    const row = byId.get(c.req.param('id'));
    if (!row || row.IsDeleted) return fail(404, 'ENTITY_IS_DELETED', 'entity is deleted');
    save(row, { IsDeleted: true }, second());
    return new Response(null, { status: 204 });
  });
  api.notFound(() => fail(404, 'NOT_FOUND', 'The requested resource does not exist'));

  const checkTask = (body: Record<string, Value>) => {
    const strange = Object.keys(body).find((name) => !fieldsOf('Task').includes(name));
    if (strange) return fail(400, 'INVALID_FIELD', `No such column '${strange}' on sobject of type Task`);
    if (String(body.Subject ?? '').length > 255)
      return fail(400, 'STRING_TOO_LONG', 'Subject: data value too large');
    return null;
  };

  /** The token endpoint: a refresh token that was revoked is not taken any more. */
  const tokenEndpoint = async (request: Request) => {
    const form = new URLSearchParams(await request.text());
    const isOurs =
      form.get('client_id') === settings.clientId && form.get('client_secret') === settings.clientSecret;
    if (!isOurs) return Response.json({ error: 'invalid_client_id' }, { status: 400 });
    if (form.get('grant_type') !== 'refresh_token' || !refreshTokens.has(form.get('refresh_token') ?? ''))
      return Response.json(
        { error: 'invalid_grant', error_description: 'expired access/refresh token' },
        { status: 400 },
      );
    const { accessToken, extra } = signIn();
    return Response.json({
      access_token: accessToken,
      ...extra,
      token_type: 'Bearer',
      scope: 'api refresh_token',
    });
  };

  const answer = async (request: Request): Promise<Response> => {
    requests += 1;
    const url = new URL(request.url);
    if (url.host !== HOST) return new Response('No such host.', { status: 502 });
    if (url.pathname === '/services/oauth2/token') return tokenEndpoint(request);
    const time = now().getTime();
    const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
    const seen = sessions.get(token);
    if (seen === undefined || time - seen > SESSION)
      return fail(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
    sessions.set(token, time);
    if (used() >= dayLimit) return fail(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    asked.push(time);
    pending = pending.filter(({ visibleAt, apply }) => (visibleAt > time ? true : void apply()));
    const response = await api.fetch(request);
    response.headers.set('sforce-limit-info', `api-usage=${used()}/${dayLimit}`);
    return response;
  };

  const people = () =>
    PEOPLE_OBJECTS.flatMap((object) => objects[object] ?? []).filter((row) => !row.IsDeleted);
  const settings = { domain: HOST, clientId: '3MVG9.tandem', clientSecret: 'known-to-both' };
  const refreshToken = `5Aep${randomUUID()}`;
  refreshTokens.add(refreshToken);

  const fake = {
    connector: salesforce,
    settings,
    token: signIn(),
    refreshToken: async () => {
      const body = new URLSearchParams({
        ...{ grant_type: 'refresh_token', refresh_token: refreshToken },
        ...{ client_id: settings.clientId, client_secret: settings.clientSecret },
      });
      const response = await answer(
        new Request(`https://${HOST}/services/oauth2/token`, { method: 'POST', body }),
      );
      const { access_token, instance_url } = (await response.json()) as Record<string, string>;
      return { accessToken: access_token ?? '', extra: { instance_url: instance_url ?? '' } };
    },
    async fetch(request: Request) {
      const response = await answer(request);
      if (!loseNextAnswer || request.method !== 'POST') return response;
      loseNextAnswer = false;
      throw new TypeError('The connection was closed.');
    },
    get requests() {
      return requests;
    },
    get minimumRequests() {
      const calls = (objects.Task ?? []).filter(
        ({ TaskSubtype, IsClosed }) => TaskSubtype === 'Call' && IsClosed,
      );
      const read = [
        ...['Lead', 'Contact', 'Campaign', 'CampaignMember', 'Event'].map((name) => objects[name] ?? []),
        calls,
      ];
      return read.reduce((sum, rows) => sum + Math.max(1, Math.ceil(rows.length / MAX_ROWS)), 0);
    },
    contents: {
      people: organisation.people,
      touchpoints: organisation.touchpoints,
      campaigns: organisation.campaigns,
    },
    change(count: number) {
      const all = people();
      for (let index = 0; index < count; index++) {
        const row = all[(index * 7) % all.length];
        if (row) save(row, { Title: `Changed ${index}` }, second());
      }
    },
    /** Saves a change now whose transaction is through only later. */
    changeLate(title: string, afterMs: number) {
      const [row] = people();
      const at = second();
      if (!row) throw new Error('There is nobody.');
      pending.push({ visibleAt: now().getTime() + afterMs, apply: () => save(row, { Title: title }, at) });
      return row.Id;
    },
    /** Does what the next POST says, and breaks the connection before its answer is out. */
    loseAnswer() {
      loseNextAnswer = true;
    },
    rows: objects,
  };
  return fake satisfies FakeSystem;
}

function byFields(one: Row, other: Row, fields: readonly string[]): number {
  for (const field of fields) {
    const [a, b] = [one[field] ?? '', other[field] ?? ''];
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
}

function asText(field: string, value: Value): Value {
  return TIMES.includes(field) && typeof value === 'number'
    ? new Date(value).toISOString().replace('Z', '+0000')
    : value;
}
