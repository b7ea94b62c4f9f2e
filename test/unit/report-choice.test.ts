import { expect, it } from 'vitest';
import { parseAddress } from '../../components/workspace/address.ts';
import { choiceOf, filtersOf } from '../../components/workspace/report/report-choice.ts';

const NOW = Date.parse('2026-11-22T12:00:00.000Z');
const choiceIn = (hash: string) => choiceOf(parseAddress(hash), NOW);
const lastYear = { from: '2025-12', to: '2026-11' };

it('shows the last twelve months of everything when nothing is asked for', () => {
  expect(choiceIn('#report')).toEqual({ query: lastYear, model: 'linear', stage: 'sal', sort: 'won' });
});

it('takes the period, filters, model, stage and order from the address', () => {
  const choice = choiceIn(
    '#report?from=2026-01&to=2026-03&country=DE&rule=talk&model=w-shaped&stage=customer&sort=mql',
  );
  expect(choice).toEqual({
    query: { from: '2026-01', to: '2026-03', country: 'DE', rule: 'talk' },
    model: 'w-shaped',
    stage: 'customer',
    sort: 'mql',
  });
  expect(filtersOf(choice.query)).toEqual(['country', 'rule']);
});

it('leaves out what cannot be understood, and keeps the rest', () => {
  expect(choiceIn('#report?from=2026-3&to=2026-03&country=DE&ownerId=me&model=magic&sort=x').query).toEqual({
    ...lastYear,
    country: 'DE',
  });
  expect(choiceIn('#report?from=2026-04&to=2026-03&country=DE').query).toEqual({
    ...lastYear,
    country: 'DE',
  });
  expect(choiceIn('#report?from=2001-01&to=2026-03').query).toEqual(lastYear);
});
