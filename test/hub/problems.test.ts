import { v7 as uuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import { issueToken } from '../../server/auth/tokens.ts';
import { handlers } from '../../server/routes/index.ts';
import { api, type Operation } from '../../utils/contract/api.ts';
import { Problem } from '../../utils/contract/problem.ts';
import { type Answered, useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();

function expectProblem(answer: Answered, status: number, name: string): Problem {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const problem = Problem.parse(answer.json);
  expect({ status: answer.status, type: problem.type }).toEqual({
    status,
    type: `urn:tandem:problem:${name}`,
  });
  expect(problem.status).toBe(status);
  return problem;
}

const operations = Object.entries(api as Record<string, Operation>);
const pathOf = ({ path }: Operation) => path.replaceAll(/\{\w+\}/g, uuid());
const bodyOf = ({ body }: Operation) => (body ? {} : undefined);

describe('every operation', () => {
  test('is described with its roles, security and problems', async () => {
    const { call } = await hubs.open();
    const document = (await call('GET', '/openapi.json')).json as {
      openapi: string;
      components: { securitySchemes: unknown };
      paths: Record<string, Record<string, Record<string, unknown>>>;
    };
    expect(document.openapi).toMatch(/^3\.1/);
    expect(document.components.securitySchemes).toMatchObject({
      oauth: { type: 'oauth2' },
      bearer: { type: 'http', scheme: 'bearer' },
    });
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
    );
    expect(described).toHaveLength(operations.length);
    // As its libraries write a regular expression that has flags; it matches nothing.
    expect(JSON.stringify(document.paths)).not.toMatch(/"pattern":"[^"]*\/[dgimsuvy]+"/);
    for (const [name, { path, method, roles, writeKey, response }] of operations) {
      const operation = described.find((one) => one.path === path && one.method === method);
      expect(operation).toMatchObject({
        operationId: name,
        security: roles === null ? [] : [{ bearer: [] }, ...(writeKey ? [{ writeKey: [] }] : [])],
        'x-roles': roles ?? [],
        responses: {
          [response ? 200 : 204]: {},
          400: { content: { 'application/problem+json': {} } },
          401: { content: { 'application/problem+json': {} } },
        },
      });
    }
  });

  test.each(operations.filter(([, { roles }]) => roles !== null))(
    '%s lets nobody in without a good token',
    async (_name, operation) => {
      const { call } = await hubs.open();
      const before = await hubs.countRows();
      const wrong = `tdm_${Buffer.alloc(48, 7).toString('base64url')}`;
      for (const authorization of [undefined, 'Bearer x', `Bearer ${wrong}`, `Basic ${wrong}`]) {
        const headers = authorization === undefined ? {} : { authorization };
        const answer = await call(
          operation.method.toUpperCase(),
          pathOf(operation),
          bodyOf(operation),
          headers,
        );
        expectProblem(answer, 401, 'signed-out');
        expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      }
      expect(await hubs.countRows()).toEqual(before);
    },
  );

  test.each(operations.filter(([, { roles }]) => roles !== null && !roles.includes('rep')))(
    '%s refuses a rep',
    async (_name, operation) => {
      const { as, rep } = await hubs.open();
      const call = await as(rep);
      expectProblem(
        await call(operation.method.toUpperCase(), pathOf(operation), bodyOf(operation)),
        403,
        'forbidden',
      );
    },
  );

  test.each(operations.filter(([, { body }]) => body))(
    '%s refuses bodies that are not what it wants, and stores nothing',
    async (_name, operation) => {
      const { as, admin, salesManager } = await hubs.open();
      const call = await as(operation.roles?.includes('admin') === false ? salesManager : admin);
      const send = (body: unknown, headers = {}) =>
        call(operation.method.toUpperCase(), pathOf(operation), body, headers);
      const before = await hubs.countRows();
      expectProblem(await send('{"half":'), 400, 'invalid');
      expectProblem(await send(''), 400, 'invalid');
      expectProblem(await send('[1]'), 400, 'invalid');
      expectProblem(await send('null'), 400, 'invalid');
      expectProblem(await send('"text"', { 'content-type': 'text/plain' }), 400, 'invalid');
      expectProblem(await send({ junk: 'x'.repeat(2 * 1024 * 1024) }), 413, 'too-large');
      expect(await hubs.countRows()).toEqual(before);
    },
  );
});

test('errors say where', async () => {
  const { as, rep, lena } = await hubs.open();
  const call = await as(rep);
  const tooMany = Array.from({ length: 51 }, (_, index) => ({ email: `person${index}@example.com` }));
  const problem = expectProblem(await call('POST', '/v1/context', { queries: tooMany }), 400, 'invalid');
  expect(problem.errors).toEqual([{ pointer: '/queries', detail: expect.any(String) as string }]);

  const feedback = {
    id: uuid(),
    about: { kind: 'lead', personId: lena.id },
    verdict: 'praise',
    reasons: ['a', ''],
  };
  const wrong = expectProblem(await call('POST', '/v1/feedback', feedback), 400, 'invalid');
  expect(wrong.errors?.map(({ pointer }) => pointer).sort()).toEqual(['/clientTime', '/reasons/1']);

  for (const query of [
    'limit=0',
    'limit=101',
    'state=odd',
    'personId=1',
    'cursor=odd',
    `cursor=${'x'.repeat(300)}`,
  ]) {
    const answer = await call('GET', `/v1/feedback?${query}`);
    const pointer = `/${query.split('=')[0] ?? ''}`;
    expect(expectProblem(answer, 400, 'invalid').errors).toMatchObject([{ pointer }]);
  }
  expectProblem(await call('GET', '/v1/feedback/not-an-id'), 400, 'invalid');
  expectProblem(await call('DELETE', '/v1/session', undefined, { 'idempotency-key': 'x' }), 400, 'invalid');
});

test('a chunked body is measured as it comes', async () => {
  const { app } = await hubs.open();
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += 1;
      controller.enqueue(new Uint8Array(64 * 1024));
    },
  });
  const response = await app.request('/v1/feedback', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: endless,
    duplex: 'half',
  } as RequestInit);
  expect(response.status).toBe(413);
  expect(sent).toBeLessThan(32);
});

test('text that PostgreSQL cannot hold is refused, wherever it stands', async () => {
  const { as, marketer, rep } = await hubs.open();
  const before = await hubs.countRows();
  const call = await as(rep);
  for (const id of ['nul \u0000', 'half \ud800']) {
    const record = { system: 'crm', type: 'contact', id };
    expectProblem(await call('POST', '/v1/context', { queries: [{ record }] }), 400, 'invalid');
    const person = { id: uuid(), name: 'Nele Null', emails: [], externalIds: [record] };
    expectProblem(await (await as(marketer))('POST', '/v1/people', { people: [person] }), 400, 'invalid');
  }
  expect(await hubs.countRows()).toEqual(before);
});

test('unknown addresses and methods are problems too', async () => {
  const { call } = await hubs.open();
  expectProblem(await call('GET', '/v1/nothing'), 404, 'not-found');
  expectProblem(await call('GET', '/'), 404, 'not-found');
  const answer = await call('PUT', `/v1/feedback/${uuid()}`);
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toBe('GET, PATCH');
  expect(Problem.parse(answer.json)).toMatchObject({ status: 405 });
});

test('a bug answers without its inside, and the log holds nothing personal', async () => {
  const { hub, as, rep, log } = await hubs.open();
  const failing = createApp(hub, {
    ...handlers,
    me: () => Promise.reject(new Error('lena.vogt@hafenlogistik.example is taken')),
  });
  const call = await as(rep);
  const token = await issueToken(hubs.db, hub.workspaceId, rep.id, hub.clock());
  const answer = await failing.request('/v1/me', { headers: { authorization: `Bearer ${token}` } });
  const text = await answer.text();
  expect(answer.status).toBe(500);
  expect(JSON.parse(text)).toMatchObject({ type: 'urn:tandem:problem:internal' });
  expect(text).not.toMatch(/vogt|\.ts|at /);

  await call('POST', '/v1/context', { queries: [{ email: 'lena.vogt@hafenlogistik.example' }] });
  await call('GET', `/v1/feedback/${uuid()}`);
  const logged = log.join('');
  expect(logged).toContain('"route":"/v1/context","status":200');
  expect(logged).toContain('"route":"/v1/feedback/:id","status":404');
  expect(logged).toContain('"msg":"failed"');
  expect(logged).not.toMatch(/vogt|tdm_|@/);
});
