import { expect, it } from 'vitest';
import { campaignState } from '../../../utils/domain/campaign-state.ts';

const now = Date.parse('2026-11-20T09:00:00.000Z');
const past = '2026-10-01T00:00:00.000Z';
const future = '2026-12-01T00:00:00.000Z';

it.each([
  ['what has ended is over, whatever is due', { endsAt: past }, { nextAt: future }, 'over'],
  ['what begins later is planned', { startsAt: future }, { lastWeek: '2026-11-16' }, 'planned'],
  [
    'what has begun and touched nobody yet is planned while something is due',
    {},
    { nextAt: future },
    'planned',
  ],
  ['what nobody heard of and nothing is due of is over', { startsAt: past }, {}, 'over'],
  ['what touched somebody lately runs', { startsAt: past }, { lastWeek: '2026-11-16' }, 'running'],
  ['what has been quiet for long is over', { startsAt: past }, { lastWeek: '2026-09-28' }, 'over'],
  [
    'what has been quiet but has something due runs',
    {},
    { lastWeek: '2026-09-28', nextAt: future },
    'running',
  ],
  ['what has an end before it runs until then', { endsAt: future }, { lastWeek: '2026-01-05' }, 'running'],
] as const)('%s', (_, campaign, activity, state) => {
  expect(campaignState(campaign, activity, now)).toBe(state);
});
