import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createAccountEngagementFake } from '../../peers/fakes/account-engagement.ts';
import { fakeIo, pullAll } from '../../peers/fakes/drive.ts';
import { createVirtualTime, type FakeSystem } from '../../peers/fakes/fake-system.ts';
import { createSalesforceFake } from '../../peers/fakes/salesforce.ts';

/** Others' descriptions of both APIs; not part of this project. */
const specs = resolve(import.meta.dirname, '../../../../shared/specs/salesforce');

interface Operation {
  parameters?: (Parameter | { $ref: string })[];
  responses: Record<string, { $ref?: string; content?: Record<string, { schema: unknown }> }>;
}
interface Parameter {
  name: string;
  in: string;
  schema?: { example?: string };
}
interface Description {
  paths: Record<string, Partial<Record<string, Operation>>>;
  components: { schemas: object; parameters: object; responses: object };
}

/** A fake whose every request and answer is held against the description; `checked` are the paths that were. */
function checking<Fake extends FakeSystem>(
  fake: Fake,
  name: string,
  { base, undescribed = [] }: { base: string; undescribed?: string[] },
) {
  const { paths, components } = parse(readFileSync(join(specs, name), 'utf8')) as Description;
  const checked = new Set<string>();
  const follow = <T extends object>(thing: T): T => {
    if (!('$ref' in thing)) return thing;
    const [, , kind = '', key = ''] = String(thing.$ref).split('/');
    return (components as Record<string, Record<string, T>>)[kind]?.[key] as T;
  };
  const templates = Object.keys(paths).map((path) => ({
    path,
    pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  }));
  const fetch = async (request: Request) => {
    const url = new URL(request.url);
    const pathname = url.pathname.slice(base.length);
    const response = await fake.fetch(request);
    if (undescribed.includes(pathname)) return response;
    const path = templates.find(({ pattern }) => pattern.test(pathname))?.path ?? pathname;
    const operation = paths[path]?.[request.method.toLowerCase()];
    expect(operation, `${request.method} ${pathname}`).toBeDefined();
    const parameters = (operation?.parameters ?? []).map((one) => follow(one) as Parameter);
    for (const [key, value] of url.searchParams) {
      // How to page is described apart, for all objects at once.
      if (['limit', 'nextPageToken'].includes(key)) continue;
      const parameter = parameters.find((one) => one.name === key && one.in === 'query');
      expect(parameter, `${path} ${key}`).toBeDefined();
      const fields = parameter?.schema?.example?.split(',').map((field) => field.trim());
      if (key === 'fields') expect(fields).toEqual(expect.arrayContaining(value.split(',')));
    }
    const answer = operation?.responses[String(response.status)];
    expect(answer, `${path} ${response.status}`).toBeDefined();
    const schema = answer && follow(answer).content?.['application/json']?.schema;
    if (schema && !checked.has(path)) {
      const whole = JSON.stringify({ ...schema, $defs: components.schemas });
      const text = whole.replaceAll('#/components/schemas/', '#/$defs/');
      const shape = z.fromJSONSchema(JSON.parse(text) as Parameters<typeof z.fromJSONSchema>[0]);
      expect(shape.safeParse(await response.clone().json()).error?.issues ?? [], path).toEqual([]);
    }
    checked.add(path);
    return response;
  };
  return { fake: { ...fake, fetch }, checked };
}

describe.skipIf(!existsSync(specs))('the description', () => {
  test('of Salesforce fits what the connector asks and what the fake answers', async () => {
    const time = createVirtualTime();
    const plain = createSalesforceFake({ contacts: 40, now: time.now, hidden: ['Lead.Rating'] });
    const { fake, checked } = checking(plain, 'budibase-core.openapi.yaml', { base: '' });
    await pullAll(fake, time);
    const io = fakeIo(fake, time) as never;
    await fake.connector.check(io);
    const note = {
      feedbackId: '019ab3f0-1111-7222-8333-0123456789ab',
      record: { type: 'Contact', id: String(plain.rows.Contact?.[0]?.Id) },
      ...{
        verdict: 'accepted',
        text: 'Accepted',
        at: time.now().toISOString(),
        withdrawn: false,
        remoteId: null,
      },
    };
    const written = await fake.connector.writeFeedback?.(io, note);
    await fake.connector.writeFeedback?.(io, { ...note, remoteId: written?.remoteId ?? null });
    await fake.connector.writeFeedback?.(io, {
      ...note,
      remoteId: written?.remoteId ?? null,
      withdrawn: true,
    });
    expect([...checked].sort()).toEqual([
      '/services/data/v{version}/limits',
      '/services/data/v{version}/query',
      '/services/data/v{version}/sobjects/{sObjectName}',
      '/services/data/v{version}/sobjects/{sObjectName}/describe',
      '/services/data/v{version}/sobjects/{sObjectName}/{recordId}',
    ]);
  });

  test('of Account Engagement fits what the connector asks and what the fake answers', async () => {
    const time = createVirtualTime();
    const plain = createAccountEngagementFake({ contacts: 1_100, now: time.now });
    const undescribed = ['/objects/visitor-activities', '/objects/lifecycle-stages'];
    const { fake, checked } = checking(plain, 'pardot-v5.ballerina.openapi.yaml', {
      ...{ base: '/api/v5', undescribed },
    });
    await pullAll(fake, time, { since: new Date(0) });
    expect([...checked].sort()).toEqual(['/objects/campaigns', '/objects/prospects']);
  });
});
