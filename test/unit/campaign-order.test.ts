import { expect, it } from 'vitest';
import { inOrder, orderNamed } from '../../components/workspace/campaigns/order.ts';
import { monthsOf, periodNamed, withFilter } from '../../components/workspace/campaigns/period.ts';
import type { CampaignRow } from '../../utils/contract/campaign-report.ts';

const row = (id: string, mql: number, accepted: number) =>
  ({ campaign: { id }, figures: { mql, accepted } }) as CampaignRow;
const rows = [row('a', 0, 0), row('b', 10, 5), row('c', 4, 4)];
const ids = (list: CampaignRow[]) => list.map(({ campaign }) => campaign.id);

it('orders by a figure, acceptance by its share, and leaves equal ones as they are', () => {
  expect(ids(inOrder(rows, 'latest'))).toEqual(['a', 'b', 'c']);
  expect(ids(inOrder(rows, 'mql'))).toEqual(['b', 'c', 'a']);
  expect(ids(inOrder(rows, 'accepted'))).toEqual(['c', 'b', 'a']);
  expect(orderNamed(new URLSearchParams('sort=nonsense'))).toBe('latest');
});

it('counts months to the present one, over the turn of the year', () => {
  const now = Date.parse('2026-02-03T00:00:00.000Z');
  expect(monthsOf('three', now)).toEqual({ from: '2025-12', to: '2026-02' });
  expect(monthsOf('twelve', now)).toEqual({ from: '2025-03', to: '2026-02' });
  expect(monthsOf('ever', now)).toEqual({ from: '2000-01', to: '2026-02' });
  expect(periodNamed(new URLSearchParams('period=ever'))).toBe('ever');
});

it('writes into the address what is not usual, and nothing else', () => {
  const query = new URLSearchParams('state=over');
  expect(withFilter(query, 'sort', 'mql', 'latest').toString()).toBe('state=over&sort=mql');
  expect(withFilter(query, 'state', 'all', 'all').toString()).toBe('');
  expect(query.toString()).toBe('state=over');
});
