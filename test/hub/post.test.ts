import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Resolve } from '../../server/deliveries/checked-lookup.ts';
import { post } from '../../server/deliveries/post.ts';
import { mayConnectTo } from '../../server/deliveries/target-addresses.ts';
import { startReceiver } from './support/receiver.ts';

let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeAll(async () => void (receiver = await startReceiver()));
afterAll(() => receiver.close());

/** A name service that knows one answer for everything. */
const answering =
  (...addresses: string[]): Resolve =>
  (_host, _options, done) => {
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };

const to = (target: string, allowPrivate: boolean, resolve?: Resolve) =>
  post(target, { body: '{}', headers: {}, allowPrivate }, resolve);

test.each([
  ['127.0.0.1', false, true],
  ['127.8.8.8', false, true],
  ['0.0.0.0', false, true],
  ['10.1.2.3', false, true],
  ['172.31.255.255', false, true],
  ['192.168.1.1', false, true],
  ['100.64.0.1', false, true],
  ['::1', false, true],
  ['fd12::1', false, true],
  ['::ffff:127.0.0.1', false, true],
  ['::ffff:10.0.0.1', false, true],
  ['64:ff9b::7f00:1', false, true],
  ['169.254.169.254', false, false],
  ['::ffff:169.254.169.254', false, false],
  ['fe80::1', false, false],
  ['fd00:ec2::254', false, false],
  ['100.100.100.200', false, false],
  ['168.63.129.16', false, false],
  ['203.0.114.7', true, true],
  ['172.32.0.1', true, true],
  ['2606:4700::1111', true, true],
  ['not-an-address', false, false],
])('%s: by default %s, with private targets %s', (address, plainly, withPrivate) => {
  expect(mayConnectTo(address, false)).toBe(plainly);
  expect(mayConnectTo(address, true)).toBe(withPrivate);
});

test('a number is refused, however it is written', async () => {
  const { port } = receiver;
  for (const host of ['127.0.0.1', '2130706433', '0x7f.1', '[::1]', '[::ffff:127.0.0.1]']) {
    expect(await to(`http://${host}:${port}/`, false)).toMatchObject({ outcome: 'refused' });
  }
  for (const host of ['169.254.169.254', '[fe80::1]']) {
    expect(await to(`http://${host}/`, true)).toMatchObject({ outcome: 'refused' });
  }
  expect(receiver.received).toEqual([]);
});

test('a name is refused by the address it leads to, when it is connected to', async () => {
  const target = `http://hooks.example:${receiver.port}/`;
  expect(await to(target, false, answering('127.0.0.1'))).toMatchObject({ outcome: 'refused' });
  expect(await to(target, true, answering('169.254.169.254'))).toMatchObject({ outcome: 'refused' });
  // One good address does not make up for a bad one.
  expect(await to(target, false, answering('203.0.114.7', '127.0.0.1'))).toMatchObject({
    outcome: 'refused',
  });
  expect(await to(`http://localhost:${receiver.port}/`, false)).toMatchObject({ outcome: 'refused' });
  expect(receiver.received).toEqual([]);
  expect(await to(target, true, answering('127.0.0.1'))).toMatchObject({
    outcome: 'delivered',
    httpStatus: 204,
  });
  expect(receiver.received).toHaveLength(1);
});

test('an answer without an end is not read to it', async () => {
  receiver.answer(() => ({ status: 200, body: 'x'.repeat(5_000_000) }));
  expect(await to(`${receiver.url}/`, true)).toMatchObject({ outcome: 'delivered', httpStatus: 200 });
});

test('an answer that wants another protocol is none', async () => {
  receiver.answer(() => ({ status: 101, headers: { connection: 'upgrade', upgrade: 'other' } }));
  expect(await to(`${receiver.url}/`, true)).toMatchObject({
    outcome: expect.not.stringMatching('delivered') as string,
  });
});
