import type { CampaignRow } from '../../../utils/contract/campaign-report.ts';

export const orders = ['latest', 'reached', 'mql', 'accepted', 'won', 'returned', 'praise'] as const;
export type Order = (typeof orders)[number];

/** What an address names; the latest first where it names nothing known. */
export const orderNamed = (query: URLSearchParams): Order =>
  orders.find((name) => name === query.get('sort')) ?? 'latest';

/** Rows in an order; the hub's own is the latest first. Equal ones stay as they are. */
export function inOrder(rows: readonly CampaignRow[], order: Order): CampaignRow[] {
  if (order === 'latest') return [...rows];
  const measure = ({ figures }: CampaignRow) =>
    order === 'accepted' ? (figures.mql === 0 ? -1 : figures.accepted / figures.mql) : figures[order];
  return rows.toSorted((one, other) => measure(other) - measure(one));
}
