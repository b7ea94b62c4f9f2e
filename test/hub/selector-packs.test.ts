import { expect, test } from 'vitest';
import { SelectorPack } from '../../utils/contract/selector-pack.ts';
import { type Call, useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const PATH = '/v1/selector-packs';
const list = async (call: Call) =>
  ((await call('GET', PATH)).json as { packs: unknown[] }).packs.map((pack) => SelectorPack.parse(pack));

test('a pack is put by an admin and read by everybody, with who and when', async () => {
  const { as, admin, rep, now, pass } = await hubs.open();
  const [administrator, reader] = [await as(admin), await as(rep)];
  expect(await list(reader)).toEqual([]);

  const selectors = { account: ['[data-account]', 'a[aria-label*="@"]'], sender: ['span[email]'] };
  const by = { id: admin.id, name: admin.name };
  const first = { site: 'gmail', selectors, version: 1, at: now(), by };
  expect((await administrator('PUT', `${PATH}/gmail`, { selectors })).json).toEqual(first);
  pass(60_000);
  const changed = { sender: ['span[data-hovercard-id]'] };
  const second = { site: 'gmail', selectors: changed, version: 2, at: now(), by };
  expect((await administrator('PUT', `${PATH}/gmail`, { selectors: changed })).json).toEqual(second);
  const other = (await administrator('PUT', `${PATH}/espocrm`, { selectors })).json;
  expect(await list(reader)).toEqual([other, second]);
});

test('a removed pack is gone, and the next one counts on', async () => {
  const { as, admin, rep } = await hubs.open();
  const [administrator, reader] = [await as(admin), await as(rep)];
  const selectors = { sender: ['span[email]'] };
  expect((await administrator('DELETE', `${PATH}/gmail`)).status).toBe(404);
  await administrator('PUT', `${PATH}/gmail`, { selectors });
  expect((await administrator('DELETE', `${PATH}/gmail`)).status).toBe(204);
  expect(await list(reader)).toEqual([]);
  expect((await administrator('DELETE', `${PATH}/gmail`)).status).toBe(404);
  expect((await administrator('PUT', `${PATH}/gmail`, { selectors })).json).toMatchObject({ version: 3 });
});

test('only an admin writes, and nobody sees another workspace’s packs', async () => {
  const { as, rep, marketer, salesManager, admin } = await hubs.open();
  const selectors = { sender: ['span[email]'] };
  for (const user of [rep, marketer, salesManager]) {
    const call = await as(user);
    expect((await call('PUT', `${PATH}/gmail`, { selectors })).status).toBe(403);
    expect((await call('DELETE', `${PATH}/gmail`)).status).toBe(403);
  }
  expect((await (await as(admin))('PUT', `${PATH}/gmail`, { selectors })).status).toBe(200);
  const other = await hubs.open();
  expect(await list(await other.as(other.admin))).toEqual([]);
});

test.each([
  ['no list', { sender: [] }],
  ['an empty selector', { sender: [' '] }],
  ['too long a selector', { sender: ['a'.repeat(301)] }],
  ['too many', { sender: Array(11).fill('a') as string[] }],
  ['no name', { 'no name': ['a'] }],
  ['too many names', Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`n${n}`, ['a']]))],
])('%s is refused', async (_, selectors) => {
  const { as, admin, rep } = await hubs.open();
  const call = await as(admin);
  expect((await call('PUT', `${PATH}/gmail`, { selectors })).status).toBe(400);
  expect((await call('PUT', `${PATH}/No Site`, { selectors: { a: ['a'] } })).status).toBe(400);
  expect(await list(await as(rep))).toEqual([]);
});
