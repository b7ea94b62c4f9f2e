import { expect, it } from 'vitest';
import { touchesByKind, touchesByWeek } from '../../../utils/domain/campaign-touches.ts';

const rows = [
  { week: '2026-11-16', kind: 'email.opened', touches: 3, machine: 1 },
  { week: '2026-10-26', kind: 'email.sent', touches: 5, machine: 0 },
  { week: '2026-10-26', kind: 'email.opened', touches: 2, machine: 0 },
] as const;

it('leaves no week out between the first and the last', () => {
  expect(touchesByWeek([...rows])).toEqual([
    { week: '2026-10-26', touches: 7, machine: 0 },
    { week: '2026-11-02', touches: 0, machine: 0 },
    { week: '2026-11-09', touches: 0, machine: 0 },
    { week: '2026-11-16', touches: 3, machine: 1 },
  ]);
  expect(touchesByWeek([])).toEqual([]);
});

it('says what happened most often first', () => {
  expect(touchesByKind([...rows])).toEqual([
    { kind: 'email.opened', touches: 5, machine: 1 },
    { kind: 'email.sent', touches: 5, machine: 0 },
  ]);
});
