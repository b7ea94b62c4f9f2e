import { i18n } from '../ui/i18n.ts';
import type { FollowUpKind, HandOver } from '../../utils/contract/hand-over.ts';
import {
  clockState,
  countingClock,
  isLate,
  workingMsLeft,
  type ClockState,
} from '../../utils/domain/clock-state.ts';
import { format, localText } from '../ui/language.ts';

/** A clock in words, as it stands at one moment. */
export interface ClockView {
  state: ClockState;
  title: string;
  detail: string;
  /** For the folded panel. */
  short: string;
  /** The promise was kept, but too late. */
  isLate: boolean;
  /** Share of the promised time that is left, 0 to 1. */
  share: number;
}

/** The clock that counts for a hand-over, see `countingClock`; `null` when there is none. */
export function clockView(handOver: HandOver, now: number, me: string | undefined): ClockView | null {
  const { response, pauses, followUp, to, rule } = handOver;
  const clock = countingClock(handOver);
  if (clock === null) return null;
  const state = clockState(clock, pauses, now);
  const ms = workingMsLeft(clock, now);
  const left = format().duration(ms);
  const whole = workingMsLeft({ ...clock, stoppedAt: clock.startedAt }, now);
  const view = { state, share: whole > 0 ? ms / whole : 0, short: left, isLate: isLate(clock) };
  const withOwner = to && to.id !== me ? i18n.t('clock.with', { name: shortName(to.name) }) : '';
  const due = i18n.t('clock.due', { when: format().when(clock.due, now) });
  const say = (title: string, ...details: string[]) => ({
    ...view,
    title,
    detail: details.filter(Boolean).join(' · '),
  });

  switch (state) {
    case 'met': {
      if (!followUp) return null;
      const took = format().duration((clock.tookMinutes ?? 0) * 60_000);
      return {
        ...say(i18n.t(view.isLate ? 'clock.metLate' : 'clock.met', { time: took }), seenText(followUp, me)),
        short: '',
      };
    }
    case 'not-started':
      return say(i18n.t('clock.starts', { when: format().when(clock.startedAt, now) }), due, withOwner);
    case 'paused': {
      const pause = pauses.find(({ from, to }) => Date.parse(from) <= now && now < Date.parse(to));
      const until = format().when(pause?.to ?? clock.due, now);
      return {
        ...say(i18n.t('clock.paused', { when: until }), due, withOwner),
        short: i18n.t('clock.shortPaused'),
      };
    }
    case 'breached': {
      const since = format().when(clock.due, now);
      const words = response
        ? say(i18n.t('clock.overdue', { when: since }), localText(rule.label), withOwner)
        : say(i18n.t('clock.unassignedOverdue'), i18n.t('clock.assignSince', { when: since }));
      return { ...words, short: i18n.t('clock.shortOverdue') };
    }
    case 'at-risk':
    case 'running': {
      const atRisk = state === 'at-risk';
      return response
        ? say(i18n.t(atRisk ? 'clock.leftAtRisk' : 'clock.left', { time: left }), due, withOwner)
        : say(
            i18n.t(atRisk ? 'clock.unassignedAtRisk' : 'clock.unassigned'),
            i18n.t('clock.assignWithin', { time: left }),
          );
    }
  }
}

function seenText({ seen, by }: NonNullable<HandOver['followUp']>, me: string | undefined): string {
  if (!by) return i18n.t(`clock.seen.${seen satisfies FollowUpKind}`);
  return by.id === me
    ? i18n.t(`clock.seenYou.${seen}`)
    : i18n.t(`clock.seenBy.${seen}`, { name: shortName(by.name) });
}

/** A name within a sentence: long ones are cut, so that the rest of the sentence stays in sight. */
export const shortName = (name: string) => (name.length > 60 ? `${name.slice(0, 60)}…` : name);
