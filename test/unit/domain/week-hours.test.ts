import { expect, it } from 'vitest';
import { weekHours } from '../../../utils/domain/week-hours.ts';

const day = [{ from: '09:00', to: '17:00' }];
const short = [
  { from: '09:00', to: '12:00' },
  { from: '13:00', to: '15:00' },
];

it('joins days with the same hours and leaves out free ones', () => {
  expect(
    weekHours({ monday: day, tuesday: day, wednesday: short, thursday: day, saturday: day, sunday: [] }),
  ).toEqual([
    { from: 'monday', to: 'tuesday', hours: day },
    { from: 'wednesday', to: 'wednesday', hours: short },
    { from: 'thursday', to: 'thursday', hours: day },
    { from: 'saturday', to: 'saturday', hours: day },
  ]);
});
