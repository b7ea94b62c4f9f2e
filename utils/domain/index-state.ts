import { IndexClock, type IndexState } from '../contract/lead-index.ts';
import { Stage } from '../contract/stage.ts';
import type { ClockState } from './clock-state.ts';

const STAGE_BITS = 0x0f;
const DO_NOT_CONTACT = 0x10;
/** The clock's three bits are the highest ones. */
export const CLOCK_SHIFT = 5;

/** The state byte of the lead index: four bits for the stage, one for do-not-contact, three for the clock. */
export function packState({ stage, doNotContact, clock }: IndexState & { stage: Stage }): number {
  return (
    Stage.options.indexOf(stage) | (doNotContact ? DO_NOT_CONTACT : 0) | (clockNumber(clock) << CLOCK_SHIFT)
  );
}

/** The reverse of `packState`; what only a newer hub knows is a null stage or no clock. */
export function unpackState(byte: number): IndexState {
  return {
    stage: Stage.options[byte & STAGE_BITS] ?? null,
    doNotContact: (byte & DO_NOT_CONTACT) !== 0,
    clock: IndexClock.options[byte >> CLOCK_SHIFT] ?? 'none',
  };
}

/** A clock's number in the state byte. */
export const clockNumber = (clock: IndexClock) => IndexClock.options.indexOf(clock);

/** How the index names a clock's state; one that has not started is none. */
export const indexClock = (state: ClockState): IndexClock => (state === 'not-started' ? 'none' : state);
