import { expect, it } from 'vitest';
import { IndexClock } from '../../../utils/contract/lead-index.ts';
import { Stage } from '../../../utils/contract/stage.ts';
import { indexClock, packState, unpackState } from '../../../utils/domain/index-state.ts';

it('brings stage, do-not-contact and clock through one byte', () => {
  for (const stage of Stage.options) {
    for (const clock of IndexClock.options) {
      for (const doNotContact of [false, true]) {
        const byte = packState({ stage, doNotContact, clock });
        expect(byte).toBeLessThan(256);
        expect(unpackState(byte)).toEqual({ stage, doNotContact, clock });
      }
    }
  }
});

it('is laid out as other clients rely on', () => {
  expect(packState({ stage: 'inquiry', doNotContact: false, clock: 'none' })).toBe(0);
  expect(packState({ stage: 'mql', doNotContact: true, clock: 'breached' })).toBe(0b011_1_0010);
  expect(packState({ stage: 'disqualified', doNotContact: false, clock: 'met' })).toBe(0b101_0_1000);
});

it('takes what only a newer hub knows for unknown', () => {
  expect(unpackState(0xff)).toEqual({ stage: null, doNotContact: true, clock: 'none' });
});

it('names a clock that has not started none', () => {
  expect(indexClock('not-started')).toBe('none');
  expect(indexClock('at-risk')).toBe('at-risk');
});
