import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { pullAll } from '../../peers/fakes/drive.ts';
import { createVirtualTime } from '../../peers/fakes/fake-system.ts';
import { createHubspotFake } from '../../peers/fakes/hubspot.ts';

const SEARCH = '/crm/v3/objects/contacts/search';
const everything = {
  filterGroups: [{ filters: [{ propertyName: 'lastmodifieddate', operator: 'GTE', value: '0' }] }],
  sorts: ['lastmodifieddate'],
  properties: ['email'],
  limit: 200,
  after: 0,
};

function open(options: Partial<Parameters<typeof createHubspotFake>[0]> = {}) {
  const time = createVirtualTime();
  const fake = createHubspotFake({ contacts: 300, now: time.now, by: 'key', ...options });
  const key = fake.token?.accessToken ?? String(fake.settings['accessToken']);
  const ask = async (path: string, body?: unknown, authorization = `Bearer ${key}`) => {
    const response = await fake.fetch(
      new Request(`https://api.hubapi.com${path}`, {
        headers: { authorization },
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      }),
    );
    return { status: response.status, headers: response.headers, body: (await response.json()) as object };
  };
  return { time, fake, ask };
}

describe('the fake HubSpot', () => {
  test('knows its keys', async () => {
    const { ask } = open();
    const stranger = await ask('/crm/v3/owners', undefined, 'Bearer other');
    expect(stranger).toMatchObject({ status: 401, body: { category: 'INVALID_AUTHENTICATION' } });
    const oauth = open({ by: 'oauth' });
    expect((await oauth.ask('/crm/v3/owners')).status).toBe(200);
    oauth.time.advance(21_000);
    const late = await oauth.ask('/crm/v3/owners');
    expect(late).toMatchObject({ status: 401, body: { category: 'EXPIRED_AUTHENTICATION' } });
  });

  test('names missing scopes', async () => {
    const { ask } = open({ lacking: ['forms'] });
    const answer = await ask('/marketing/v3/forms');
    expect(answer).toMatchObject({ status: 403, body: { category: 'MISSING_SCOPES' } });
    expect(JSON.stringify(answer.body)).toContain('"requiredGranularScopes":["forms"]');
  });

  test('takes five searches a second, and says so without headers', async () => {
    const { time, ask } = open();
    const statuses: number[] = [];
    for (let count = 0; count < 6; count++) statuses.push((await ask(SEARCH, everything)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    const refused = await ask(SEARCH, everything);
    expect(refused.body).toMatchObject({ policyName: 'SECONDLY', errorType: 'RATE_LIMIT' });
    expect(refused.headers.get('x-hubspot-ratelimit-max')).toBeNull();
    time.advance(1_000);
    expect((await ask(SEARCH, everything)).status).toBe(200);
  });

  test.each([
    ['key', 190],
    ['oauth', 110],
  ] as const)('by %s takes %d other requests in ten seconds', async (by, most) => {
    const { time, ask } = open({ by });
    let answered = 0;
    for (let count = 0; count < 250; count++)
      answered += (await ask('/crm/v3/owners')).status === 200 ? 1 : 0;
    expect(answered).toBe(most);
    const refused = await ask('/crm/v3/owners');
    expect(refused).toMatchObject({ status: 429, body: { policyName: 'TEN_SECONDLY_ROLLING' } });
    expect(refused.headers.get('x-hubspot-ratelimit-remaining')).toBe('0');
    time.advance(10_000);
    expect((await ask('/crm/v3/owners')).headers.get('x-hubspot-ratelimit-max')).toBe(String(most));
  });

  test.each([
    ['beyond 10,000 results', { after: 9_900 }],
    ['for larger pages', { limit: 201 }],
    ['without all fields', { sorts: undefined }],
    ['in two orders', { sorts: ['lastmodifieddate', 'hs_object_id'] }],
    ['of six groups', { filterGroups: Array.from({ length: 6 }, () => everything.filterGroups[0]) }],
  ])('does not search %s', async (_, change) => {
    const answer = await open().ask(SEARCH, { ...everything, ...change });
    expect(answer).toMatchObject({ status: 400, body: { category: 'VALIDATION_ERROR' } });
  });

  test('keeps to its other pages', async () => {
    const { ask } = open();
    expect((await ask('/crm/v3/objects/contacts?limit=101')).status).toBe(400);
    expect((await ask('/form-integrations/v1/submissions/forms/form-contact?limit=51')).status).toBe(400);
    expect((await ask('/email/public/v1/events?limit=1001')).status).toBe(400);
  });

  test('reads what is there of a batch, and names the rest', async () => {
    const { fake, ask } = open();
    const [id = ''] = fake.account.records.contacts.keys();
    const answer = await ask('/crm/v3/objects/contacts/batch/read', {
      ...{ inputs: [{ id }, { id: '99000000' }, { id: '5' }] },
      ...{ properties: ['email'], propertiesWithHistory: [] },
    });
    // An archived contact is as good as none.
    const errors = [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['99000000', '5'] } }];
    expect(answer).toMatchObject({ status: 207, body: { results: [{ id }], numErrors: 1, errors } });
  });

  test('finds what is new some seconds later, and never what is archived', async () => {
    const { fake, time, ask } = open({ contacts: 10 });
    const count = async () => (await ask(SEARCH, everything)).body as { total: number };
    fake.addContact({ email: 'neu@firma.example' });
    expect(await count()).toMatchObject({ total: 10 });
    time.advance(8_000);
    expect(await count()).toMatchObject({ total: 11 });
  });
});

/** The vendor's published description; no part of this project. */
const file = resolve(
  import.meta.dirname,
  '../../../../shared/specs/hubspot-apache/hubspot.crm.contact.ballerina.yaml',
);

describe.skipIf(!existsSync(file))('HubSpot’s description of contacts', () => {
  const schemas = existsSync(file) ? schemasOf(file) : {};
  const schemaOf = (name: string) =>
    z.fromJSONSchema({ $ref: `#/$defs/${name}`, $defs: schemas } as Parameters<typeof z.fromJSONSchema>[0]);

  test('has the searches that the connector sends, and the answers of the fake', async () => {
    const time = createVirtualTime();
    const fake = createHubspotFake({ contacts: 600, now: time.now, by: 'key' });
    const request = schemaOf('PublicObjectSearchRequest');
    const answer = schemaOf('CollectionResponseWithTotalSimplePublicObjectForwardPaging');
    const wrong: string[] = [];
    let searches = 0;
    const fetch = async (sent: Request) => {
      if (!sent.url.endsWith(SEARCH)) return fake.fetch(sent);
      searches += 1;
      const asked = request.safeParse(await sent.clone().json());
      const response = await fake.fetch(sent);
      if (!asked.success) wrong.push(z.prettifyError(asked.error));
      if (response.status !== 200) return response;
      const said = answer.safeParse(withoutNulls(await response.clone().json()));
      if (!said.success) wrong.push(z.prettifyError(said.error));
      return response;
    };
    await pullAll({ ...fake, fetch }, time);
    expect(searches).toBeGreaterThan(3);
    expect(wrong).toEqual([]);
  });

  test('has the fake’s lists, batches and refusals', async () => {
    const { fake, ask } = open();
    const [id = ''] = fake.account.records.contacts.keys();
    const ids = { inputs: [{ id }, { id: '5' }], properties: ['email'], propertiesWithHistory: [] };
    const list = await ask('/crm/v3/objects/contacts?limit=100&properties=email');
    const batch = await ask('/crm/v3/objects/contacts/batch/read', ids);
    const refusal = await ask(SEARCH, { ...everything, after: 9_900 });
    const described = [
      ['CollectionResponseSimplePublicObjectWithAssociationsForwardPaging', list],
      // Its errors are of a later description, where categories are words.
      ['BatchResponseSimplePublicObject', batch],
      ['Error', refusal],
    ] as const;
    for (const [name, { body }] of described) {
      const parsed = schemaOf(name).safeParse(withoutNulls(body));
      expect(parsed.success ? '' : `${name}: ${z.prettifyError(parsed.error)}`).toBe('');
    }
  });
});

function schemasOf(path: string): unknown {
  const { components } = parse(readFileSync(path, 'utf8')) as { components: { schemas: object } };
  return JSON.parse(JSON.stringify(components.schemas).replaceAll('#/components/schemas/', '#/$defs/'));
}

/** Empty fields are null in life; this description is from before it said so. */
const withoutNulls = (body: unknown): unknown =>
  JSON.parse(JSON.stringify(body, (_, value: unknown) => (value === null ? undefined : value)));
