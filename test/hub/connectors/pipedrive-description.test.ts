import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { fakeIo, pullAll } from '../../peers/fakes/drive.ts';
import { createVirtualTime } from '../../peers/fakes/fake-system.ts';
import { createPipedriveFake } from '../../peers/fakes/pipedrive.ts';

/** The vendor's description; not part of this project. */
const specs = resolve(import.meta.dirname, '../../../../shared/specs/pipedrive');
/** Slow to read: nearly three megabytes. */
const PATIENCE_MS = 60_000;

interface Operation {
  parameters?: { name: string; in: string; schema?: { enum?: string[] } }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}
interface Description {
  paths: Record<string, Partial<Record<string, Operation>>>;
  components: { schemas?: object };
}

describe.skipIf(!existsSync(specs))('the description of Pipedrive', () => {
  test(
    'fits what the connector asks and what the fake answers',
    async () => {
      const time = createVirtualTime();
      const plain = createPipedriveFake({ contacts: 40, now: time.now });
      const { fetch, checked } = checking(plain.fetch);
      const fake = { ...plain, fetch };
      await pullAll(fake, time);
      // Long enough that what is archived is asked for as well, and so short that few have changed.
      for (const hours of [24 * 90, 2])
        await pullAll(fake, time, { since: new Date(time.now().getTime() - hours * 3_600_000) });
      time.advance(3_600_000);
      plain.change(2);
      await pullAll(fake, time, { since: new Date(time.now().getTime() - 1_000) });
      const io = fakeIo(fake, time);
      await fake.connector.check(io);
      for (const record of [
        { type: 'person', id: String(plain.data.persons[0]?.id) },
        { type: 'lead', id: plain.data.leads[0]?.id ?? '' },
      ]) {
        const note = {
          ...{ feedbackId: '019ab3f0-1111-7222-8333-0123456789ab', record, verdict: 'accepted' },
          ...{ text: 'Accepted', at: time.now().toISOString(), withdrawn: false, remoteId: null },
        };
        const written = await fake.connector.writeFeedback?.(io, note);
        const known = { ...note, remoteId: written?.remoteId ?? null };
        await fake.connector.writeFeedback?.(io, known);
        await fake.connector.writeFeedback?.(io, { ...known, withdrawn: true });
      }
      expect([...checked].toSorted()).toEqual([
        'DELETE /notes/{id}',
        'GET /activities',
        'GET /deals',
        'GET /deals/archived',
        'GET /leadLabels',
        'GET /leads',
        'GET /leads/archived',
        'GET /notes',
        'GET /organizations',
        'GET /personFields',
        'GET /persons',
        'GET /stages',
        'GET /users',
        'GET /users/me',
        'POST /notes',
        'PUT /notes/{id}',
      ]);
    },
    PATIENCE_MS,
  );
});

/** Holds every request and answer against the description; `checked` are the operations that were. */
function checking(ask: (request: Request) => Promise<Response>) {
  const read = (name: string) => parse(readFileSync(join(specs, name), 'utf8')) as Description;
  const versions = { v1: read('openapi-v1.yaml'), v2: read('openapi-v2.yaml') };
  const checked = new Set<string>();
  const shapes = new Map<object, z.ZodType>();

  const shapeOf = (schema: object, { components }: Description): z.ZodType => {
    const known = shapes.get(schema);
    if (known) return known;
    const whole = JSON.stringify({ ...schema, $defs: components.schemas });
    const text = whole.replaceAll('#/components/schemas/', '#/$defs/');
    const shape = z.fromJSONSchema(JSON.parse(text) as Parameters<typeof z.fromJSONSchema>[0]);
    shapes.set(schema, shape);
    return shape;
  };

  const fetch = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const [, version = '', rest = ''] = /^\/api\/(v[12])(\/.+)$/.exec(url.pathname) ?? [];
    const description = versions[version as 'v1' | 'v2'];
    const path = rest.replace(/\/\d+$/, '/{id}');
    const what = `${request.method} ${path}`;
    const operation = description.paths[path]?.[request.method.toLowerCase()];
    expect(operation, `${version} ${what}`).toBeDefined();
    for (const [name, value] of url.searchParams) {
      const parameter = operation?.parameters?.find((one) => one.name === name && one.in === 'query');
      expect(parameter, `${what} ${name}`).toBeDefined();
      // A field to sort by may be followed by a direction, others are lists.
      const { enum: values } = parameter?.schema ?? {};
      if (values) expect(values).toEqual(expect.arrayContaining(value.split(' ')[0]?.split(',') ?? []));
    }
    const asked = operation?.requestBody?.content['application/json']?.schema;
    const isProbe = path === '/notes/{id}' && url.pathname.endsWith('/0');
    if (asked && !isProbe) expectFits(shapeOf(asked, description), await request.clone().json(), what);

    const response = await ask(request);
    const answer = operation?.responses[String(response.status)]?.content?.['application/json']?.schema;
    if (answer) {
      checked.add(what);
      expectFits(shapeOf(answer, description), withoutNulls(await response.clone().json()), what);
    } else expect([401, 404, 429], what).toContain(response.status);
    return response;
  };
  return { fetch, checked };
}

function expectFits(shape: z.ZodType, value: unknown, what: string): void {
  expect(shape.safeParse(value).error?.issues ?? [], what).toEqual([]);
}

/** Fields without a value are null in life, of which the description seldom says so. */
const withoutNulls = (body: unknown): unknown =>
  JSON.parse(JSON.stringify(body, (_, value: unknown) => (value === null ? undefined : value)));
