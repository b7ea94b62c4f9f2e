import { expect, test } from 'vitest';
import { createHubClient, type HubRequest } from '../../utils/extension/hub-client.ts';

const id = '0190a000-0000-7000-8000-000000000001';

function hubAnswering(status: number, body?: unknown) {
  const requests: HubRequest[] = [];
  const client = createHubClient((request) => {
    requests.push(request);
    return Promise.resolve({ ok: true, value: { status, body } });
  });
  return { client, requests };
}

test('reads with a query, without an idempotency key', async () => {
  const { client, requests } = hubAnswering(200, { items: [], nextCursor: null });
  expect(await client.listFeedback({ query: { state: 'new', limit: 20 } })).toEqual({
    ok: true,
    value: { items: [], nextCursor: null },
  });
  expect(requests).toEqual([{ method: 'GET', path: '/v1/feedback?state=new&limit=20' }]);
});

test('puts parameters into the path and keeps the given idempotency key', async () => {
  const { client, requests } = hubAnswering(404);
  const body = { state: 'seen' } as const;
  await client.patchFeedback({ params: { id }, body, idempotencyKey: id });
  expect(requests).toEqual([{ method: 'PATCH', path: `/v1/feedback/${id}`, body, idempotencyKey: id }]);
});

test('a write without a key gets a new one each time', async () => {
  const { client, requests } = hubAnswering(404);
  await client.replyToFeedback({ params: { id }, body: { id, text: 'Thank you' } });
  await client.replyToFeedback({ params: { id }, body: { id, text: 'Thank you' } });
  const [first, second] = requests.map((request) => request.idempotencyKey);
  expect(first).toMatch(/^[0-9a-f-]{36}$/u);
  expect(second).not.toBe(first);
});

test('no content is a success without a value', async () => {
  const { client } = hubAnswering(204);
  expect(await client.signOut()).toEqual({ ok: true, value: undefined });
});

test('an answer that does not fit the contract means another version of the hub', async () => {
  const { client } = hubAnswering(200, { items: [{ id: 'not one of ours' }] });
  expect(await client.listFeedback()).toEqual({ ok: false, error: { kind: 'hub-too-old' } });
});

test.each([
  [400, 'invalid'],
  [401, 'signed-out'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [409, 'conflict'],
  [413, 'invalid'],
  [422, 'conflict'],
  [429, 'too-many-requests'],
  [500, 'hub-error'],
  [503, 'hub-error'],
])('status %i is %s, with the words of the hub', async (status, kind) => {
  const problem = { type: 'urn:tandem:problem:any', title: 'Because', status };
  const { client } = hubAnswering(status, problem);
  expect(await client.me()).toEqual({ ok: false, error: { kind, problem } });
  const { client: proxy } = hubAnswering(status, '<html>a proxy in between</html>');
  expect(await proxy.me()).toEqual({ ok: false, error: { kind } });
});

test('a failure on the way is handed through', async () => {
  const client = createHubClient(() => Promise.resolve({ ok: false, error: { kind: 'offline' } }));
  expect(await client.me()).toEqual({ ok: false, error: { kind: 'offline' } });
});
