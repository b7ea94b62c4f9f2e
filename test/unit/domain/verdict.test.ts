import { describe, expect, it } from 'vitest';
import { stageAfter, verdictsFor } from '../../../utils/domain/verdict.ts';

const agreement: Parameters<typeof stageAfter>[3] = {
  reasons: [
    { id: 'no-budget', label: { en: 'No budget', de: 'Kein Budget' }, team: 'marketing', outcome: 'recycle' },
    { id: 'junk', label: { en: 'Junk', de: 'Unsinn' }, team: 'marketing', outcome: 'remove' },
  ],
};

describe('stageAfter', () => {
  it('makes an accepted MQL a SAL', () => expect(stageAfter('mql', 'accepted', [], agreement)).toBe('sal'));
  it('leaves an opportunity where it is when accepted', () =>
    expect(stageAfter('opportunity', 'accepted', [], agreement)).toBe('opportunity'));
  it('recycles without a reason', () =>
    expect(stageAfter('mql', 'returned', [], agreement)).toBe('recycled'));
  it('removes when one reason says so', () =>
    expect(stageAfter('mql', 'returned', ['no-budget', 'junk'], agreement)).toBe('disqualified'));
  it('recycles for a reason the agreement does not know', () =>
    expect(stageAfter('mql', 'returned', ['from-another-version'], agreement)).toBe('recycled'));
});

it('offers only verdicts that make sense', () => {
  expect(verdictsFor('mql')).toEqual(['accepted', 'returned']);
  expect(verdictsFor('sal')).toEqual(['returned']);
  expect(verdictsFor('recycled')).toEqual(['accepted']);
  expect(verdictsFor('customer')).toEqual([]);
});
