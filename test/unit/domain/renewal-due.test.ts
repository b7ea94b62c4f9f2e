import { expect, it } from 'vitest';
import { nextEnd, renewalDue } from '../../../utils/domain/renewal-due.ts';

const validUntil = '2026-12-31T22:59:00.000Z';
const at = (time: string) => Date.parse(time);

it('is due thirty days before the end, and more so from the end on', () => {
  expect(renewalDue({ validUntil }, at('2026-12-01T22:58:59.999Z'))).toBeNull();
  expect(renewalDue({ validUntil }, at('2026-12-01T22:59:00.000Z'))).toBe('soon');
  expect(renewalDue({ validUntil }, at('2026-12-31T22:58:59.999Z'))).toBe('soon');
  expect(renewalDue({ validUntil }, at(validUntil))).toBe('ended');
});

it('proposes a year more, from now on where the end has passed', () => {
  expect(nextEnd({ validUntil }, at('2026-12-15T00:00:00.000Z'))).toBe('2027-12-31T22:59:00.000Z');
  expect(nextEnd({ validUntil }, at('2027-03-01T12:00:00.000Z'))).toBe('2028-03-01T12:00:00.000Z');
});
