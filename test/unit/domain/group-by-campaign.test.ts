import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Campaign } from '../../../utils/contract/campaign.ts';
import type { Touchpoint } from '../../../utils/contract/touchpoint.ts';
import { groupByCampaign } from '../../../utils/domain/group-by-campaign.ts';

const campaign = (id: string): Campaign => ({ id, name: `Campaign ${id}`, kind: 'mail' });
const touchpoint = (id: string, day: number, campaignId?: string): Touchpoint => ({
  id,
  kind: 'email.opened',
  channel: 'email',
  direction: 'inbound',
  title: '',
  occurredAt: new Date(Date.UTC(2026, 0, day)).toISOString(),
  machine: false,
  source: 'test',
  ...(campaignId !== undefined && { campaignId }),
});
const shape = (groups: ReturnType<typeof groupByCampaign>) =>
  groups.map((group) => [group.campaign?.id ?? null, group.touchpoints.map(({ id }) => id)]);

it('puts the campaign with the newest activity first, each group newest first', () => {
  const touchpoints = [
    touchpoint('old-a', 1, 'a'),
    touchpoint('b', 5, 'b'),
    touchpoint('none', 7),
    touchpoint('new-a', 9, 'a'),
  ];
  expect(shape(groupByCampaign(touchpoints, [campaign('b'), campaign('a')]))).toEqual([
    ['a', ['new-a', 'old-a']],
    [null, ['none']],
    ['b', ['b']],
  ]);
});

it('a campaign the hub did not name counts as none', () => {
  const groups = groupByCampaign([touchpoint('x', 2, 'gone'), touchpoint('y', 1)], [campaign('a')]);
  expect(shape(groups)).toEqual([[null, ['x', 'y']]]);
});

it('loses and doubles nothing, and leaves its input alone', () => {
  const some = fc.array(
    fc.record({ day: fc.integer({ min: 1, max: 28 }), of: fc.constantFrom('a', 'b', 'gone', undefined) }),
  );
  fc.assert(
    fc.property(some, (rows) => {
      const touchpoints = rows.map(({ day, of }, index) => touchpoint(String(index), day, of));
      const before = structuredClone(touchpoints);
      const groups = groupByCampaign(touchpoints, [campaign('a'), campaign('b')]);
      expect(
        groups
          .flatMap((group) => group.touchpoints)
          .map(({ id }) => id)
          .sort(),
      ).toEqual(touchpoints.map(({ id }) => id).sort());
      expect(touchpoints).toEqual(before);
      const newest = groups.map((group) => group.touchpoints[0]!.occurredAt);
      expect(newest).toEqual(newest.toSorted().reverse());
    }),
  );
});
