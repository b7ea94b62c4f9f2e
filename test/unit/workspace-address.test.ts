import { expect, test } from 'vitest';
import { parseAddress, writeAddress } from '../../components/workspace/address.ts';

test.each([
  ['', 'inbox', [], ''],
  ['#inbox?state=new&reason=budget', 'inbox', [], 'state=new&reason=budget'],
  ['#campaigns/42', 'campaigns', ['42'], ''],
  ['#agreement-reasons', 'agreement', [], ''],
  ['#nonsense/42?x=1', 'inbox', [], 'x=1'],
])('%s leads where it says', (hash, part, path, query) => {
  const address = parseAddress(hash);
  expect({ ...address, query: address.query.toString() }).toEqual({ part, path, query });
});

test('what is written is read the same', () => {
  const address = {
    part: 'campaigns',
    path: ['42', 'plan'],
    query: new URLSearchParams({ a: 'ä & b' }),
  } as const;
  expect(parseAddress(writeAddress(address))).toEqual(address);
});
