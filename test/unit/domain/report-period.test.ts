import { describe, expect, it } from 'vitest';
import { lengthOf, monthAfter, periodBefore, presetPeriods } from '../../../utils/domain/report-period.ts';

describe('periods of a report', () => {
  it('goes from month to month over the turn of a year, both ways', () => {
    expect(monthAfter('2026-11', 2)).toBe('2027-01');
    expect(monthAfter('2026-01', -1)).toBe('2025-12');
    expect(monthAfter('2026-05', -60)).toBe('2021-05');
  });

  it('compares with as many months right before', () => {
    const period = { from: '2026-02', to: '2026-04' };
    expect(lengthOf(period)).toBe(3);
    expect(periodBefore(period)).toEqual({ from: '2025-11', to: '2026-01' });
  });

  it('offers quarters and the last year, by months of UTC', () => {
    expect(presetPeriods(Date.parse('2026-11-30T23:59:59.999Z'))).toEqual({
      thisQuarter: { from: '2026-10', to: '2026-11' },
      lastQuarter: { from: '2026-07', to: '2026-09' },
      lastYear: { from: '2025-12', to: '2026-11' },
    });
    expect(presetPeriods(Date.parse('2026-01-01T00:00:00.000Z')).lastQuarter).toEqual({
      from: '2025-10',
      to: '2025-12',
    });
  });
});
