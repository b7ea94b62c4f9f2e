import type { Stage, StageEvent } from '../contract/stage.ts';

/** One stay in a stage. */
export interface StageStay {
  stage: Stage;
  /** The event that brought it, or mended it last. */
  eventId: string;
  from: string;
  /** Null while it lasts. */
  until: string | null;
  ms: number;
}

/**
 * How long a lead stayed in each stage, oldest first, up to `now`. What was undone never happened: the stay
 * before goes on. A correction says what the stage should have been since the event it mends. An event that
 * leaves the stage as it is (another reason) begins no new stay.
 *
 * @param events in any order; the oldest may be missing.
 */
export function timeInStages(events: readonly StageEvent[], now: string): StageStay[] {
  const stays: { stage: Stage; eventId: string; from: string }[] = [];
  for (const { id, to, at, kind, refersTo } of [...events].sort(byTime)) {
    const taken = stays.at(-1);
    const mends = refersTo !== undefined && taken?.eventId === refersTo && kind !== 'move';
    if (mends) stays.pop();
    const last = stays.at(-1);
    if (last?.stage === to) last.eventId = id;
    else stays.push({ stage: to, eventId: id, from: mends && kind === 'correction' ? taken.from : at });
  }
  return stays.map((stay, index) => {
    const until = stays[index + 1]?.from ?? null;
    return { ...stay, until, ms: Math.max(Date.parse(until ?? now) - Date.parse(stay.from), 0) };
  });
}

const byTime = (a: StageEvent, b: StageEvent) =>
  a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1;
