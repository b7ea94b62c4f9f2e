import type {
  AgreementDocument,
  EscalationStep,
  SlaRule,
  WorkCalendar,
} from '../../utils/contract/agreement.ts';
import type { Escalation, FollowUpKind, HandOver, Pause } from '../../utils/contract/hand-over.ts';
import { afterDue, replanClock, restartClock, startClock, stopClock } from '../../utils/domain/sla-clock.ts';
import { workingDays } from '../calendar/holidays.ts';

/** What was agreed when a hand-over was made. */
export interface Terms {
  calendar: WorkCalendar;
  respondWithin: number;
  /** In the order in which they fall due. */
  escalation: EscalationStep[];
  pauseReasons: string[];
  longestPauseDays: number;
}

/** A stored hand-over: what clients see of it, and what the hub needs to go on with it. */
export interface HandOverRecord {
  personId: string;
  document: HandOver;
  terms: Terms;
  /** Steps of the escalation that the present clock has gone through. */
  escalated: number;
  /** Whether the lead's last step closed it. */
  reopens: boolean;
}

export type Somebody = NonNullable<HandOver['to']>;
export interface Contact {
  at: Date;
  seen: FollowUpKind;
  by?: Somebody | undefined;
}

export interface Opening extends Pick<HandOver, 'id' | 'agreementVersion' | 'criteria'> {
  personId: string;
  at: Date;
  owner: Somebody | undefined;
  rule: SlaRule;
  document: Pick<AgreementDocument, 'calendars' | 'sla'>;
}

/** A new hand-over. Somebody who owns the lead already has it at once. */
export function openHandOver({ id, personId, at, owner, rule, document, ...rest }: Opening): HandOverRecord {
  const { calendars, sla } = document;
  const calendar = calendars.find((each) => each.id === rule.calendar);
  if (!calendar) throw new Error(`The agreement has no calendar ${rule.calendar}.`);
  const terms = {
    calendar,
    respondWithin: rule.respondWithin,
    escalation: sla.escalation.toSorted((one, other) => one.after - other.after),
    pauseReasons: sla.pauseReasons.map(({ id }) => id),
    longestPauseDays: sla.longestPauseDays,
  };
  const record: HandOverRecord = {
    personId,
    terms,
    escalated: 0,
    reopens: false,
    document: {
      id,
      at: at.toISOString(),
      rule: { id: rule.id, label: rule.label },
      ...rest,
      assignment: startClock(workingDays(calendar), at, rule.assignWithin, []),
      pauses: [],
      escalations: [],
      revision: 0,
    },
  };
  if (!owner) return record;
  const { document: assigned } = assignHandOver(record, owner, at);
  return { ...record, document: { ...assigned, revision: 0 } };
}

/** Gives it to somebody: the time to assign it ends, and the new owner's time begins. */
export function assignHandOver(record: HandOverRecord, to: Somebody, at: Date): HandOverRecord {
  const { document, terms } = record;
  const days = workingDays(terms.calendar);
  const { pauses } = document;
  const assignment = stopClock(days, document.assignment, at, pauses);
  const response = startClock(days, at, terms.respondWithin, pauses);
  return { ...change(record, { to, assignment, response }), escalated: 0 };
}

/** Pauses the clock; a pause under way ends where the new one begins. */
export function pauseHandOver(record: HandOverRecord, pause: Pause): HandOverRecord {
  const { document } = resumeHandOver(record, new Date(pause.from));
  return withPauses(record, [...document.pauses, pause]);
}

/** Ends a pause under way; the same record when there is none. */
export function resumeHandOver(record: HandOverRecord, at: Date): HandOverRecord {
  const now = at.toISOString();
  const { pauses } = record.document;
  if (!pauses.some(({ to }) => to > now)) return record;
  return withPauses(
    record,
    pauses.map((pause) => (pause.to > now ? { ...pause, to: now } : pause)),
  );
}

function withPauses(record: HandOverRecord, pauses: Pause[]): HandOverRecord {
  const { document, terms } = record;
  const days = workingDays(terms.calendar);
  return change(record, {
    pauses,
    assignment: replanClock(days, document.assignment, pauses),
    ...(document.response && { response: replanClock(days, document.response, pauses) }),
  });
}

/**
 * What a contact makes of it: the first follow-up, if it is the earliest one since the hand-over, even when
 * it was heard of late. Null when it makes no difference.
 */
export function followUpHandOver(record: HandOverRecord, { at, seen, by }: Contact): HandOverRecord | null {
  const { document } = record;
  const time = at.toISOString();
  if (time < document.at) return null;
  if (document.outcome !== undefined && document.outcome !== 'followed-up') return null;
  if (document.followUp !== undefined && document.followUp.at <= time) return null;
  const running = document.followUp === undefined ? record : restart(record);
  return change(stop(running, at), {
    outcome: 'followed-up',
    followUp: { at: time, seen, ...(by && { by }) },
  });
}

/** Closes it without a follow-up, because the lead has left sales. */
export function closeHandOver(
  record: HandOverRecord,
  outcome: 'returned' | 'withdrawn' | 'merged',
  at: Date,
): HandOverRecord {
  return { ...change(stop(record, at), { outcome }), reopens: true };
}

/** Takes the closing back: the clock goes on as if nothing had happened. */
export function reopenHandOver(record: HandOverRecord): HandOverRecord {
  const reopened = change(restart(record), {});
  delete reopened.document.outcome;
  return { ...reopened, reopens: false };
}

/** Notes that a step of the escalation was taken. */
export function escalateHandOver(record: HandOverRecord, escalation: Escalation): HandOverRecord {
  const escalations = [...record.document.escalations, escalation];
  return { ...change(record, { escalations }), escalated: record.escalated + 1 };
}

/** The step that follows when nobody follows up; undefined after the last one. */
export const nextStep = ({ terms, escalated }: HandOverRecord) => terms.escalation[escalated];

/** When that is due; null when there is none, or nothing runs. */
export function nextEscalationAt(record: HandOverRecord): Date | null {
  const { document, terms } = record;
  const step = nextStep(record);
  if (step === undefined || document.outcome !== undefined) return null;
  const clock = document.response ?? document.assignment;
  return afterDue(workingDays(terms.calendar), clock, step.after, document.pauses);
}

const change = (record: HandOverRecord, fields: Partial<HandOver>): HandOverRecord => ({
  ...record,
  document: { ...record.document, ...fields, revision: record.document.revision + 1 },
});

function stop(record: HandOverRecord, at: Date): HandOverRecord {
  const { document, terms } = record;
  const days = workingDays(terms.calendar);
  const { assignment, response, pauses } = document;
  return {
    ...record,
    document: {
      ...document,
      assignment: stopClock(days, assignment, at, pauses),
      ...(response && { response: stopClock(days, response, at, pauses) }),
    },
  };
}

/** Of the two clocks only the one of the present owner can have been running last. */
function restart(record: HandOverRecord): HandOverRecord {
  const { document, terms } = record;
  const days = workingDays(terms.calendar);
  const { assignment, response, pauses } = document;
  return {
    ...record,
    document: response
      ? { ...document, response: restartClock(days, response, pauses) }
      : { ...document, assignment: restartClock(days, assignment, pauses) },
  };
}
