import { expect, it } from 'vitest';
import type { Stage, StageEvent } from '../../../utils/contract/stage.ts';
import { timeInStages } from '../../../utils/domain/time-in-stages.ts';

const at = (minutes: number) =>
  new Date(Date.parse('2026-11-20T09:00:00.000Z') + minutes * 60_000).toISOString();
const event = (minutes: number, to: Stage, rest: Partial<StageEvent> = {}): StageEvent => ({
  id: `event-${minutes}`,
  from: null,
  to,
  at: at(minutes),
  by: { kind: 'system', name: 'CRM' },
  agreementVersion: 1,
  kind: 'move',
  ...rest,
});
const stays = (...events: StageEvent[]) =>
  timeInStages(events, at(100)).map(({ stage, from, until, ms }) => [stage, from, until, ms / 60_000]);

it('tells each stay, oldest first, the last one up to now', () =>
  expect(stays(event(60, 'sal'), event(0, 'lead'), event(20, 'mql'))).toEqual([
    ['lead', at(0), at(20), 20],
    ['mql', at(20), at(60), 40],
    ['sal', at(60), null, 40],
  ]));

it('tells a second stay apart from the first', () =>
  expect(stays(event(0, 'mql'), event(10, 'recycled'), event(50, 'mql')).map(([stage]) => stage)).toEqual([
    'mql',
    'recycled',
    'mql',
  ]));

it('goes on with the stay before when a move was undone', () =>
  expect(
    stays(event(0, 'mql'), event(30, 'sal'), event(31, 'mql', { kind: 'undo', refersTo: 'event-30' })),
  ).toEqual([['mql', at(0), null, 100]]));

it('corrects since the event that was wrong', () =>
  expect(
    stays(event(0, 'mql'), event(30, 'sql'), event(70, 'sal', { kind: 'correction', refersTo: 'event-30' })),
  ).toEqual([
    ['mql', at(0), at(30), 30],
    ['sal', at(30), null, 70],
  ]));

it('can correct what corrected, and what only changed the reason', () =>
  expect(
    stays(
      event(0, 'mql'),
      event(30, 'recycled'),
      event(31, 'recycled', { reason: 'no-budget' }),
      event(70, 'disqualified', { kind: 'correction', refersTo: 'event-31' }),
      event(80, 'sal', { kind: 'correction', refersTo: 'event-70' }),
    ),
  ).toEqual([
    ['mql', at(0), at(30), 30],
    ['sal', at(30), null, 70],
  ]));

it('takes an undo of something older for an ordinary move, and an empty history for no stay', () => {
  expect(stays(event(0, 'mql'), event(30, 'sal', { kind: 'undo', refersTo: 'gone' }))).toEqual([
    ['mql', at(0), at(30), 30],
    ['sal', at(30), null, 70],
  ]);
  expect(stays()).toEqual([]);
});
