import { expect, it } from 'vitest';
import { parseAmount } from '../../components/workspace/campaigns/parse-amount.ts';

it.each([
  ['1250', 1250],
  ['1250.5', 1250.5],
  ['1250,50', 1250.5],
  ['1.250,50', 1250.5],
  ['1,250.50', 1250.5],
  ['1 250', 1250],
  ['1.250', 1250],
  ['0', 0],
  ['-1', undefined],
  ['1.2345', undefined],
  ['twelve', undefined],
  ['', undefined],
  ['999999999999', undefined],
])('reads %s', (text, amount) => {
  expect(parseAmount(text)).toBe(amount);
});
