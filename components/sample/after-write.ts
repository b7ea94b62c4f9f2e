import type { HandOver } from '../../utils/contract/hand-over.ts';
import type { LeadContext } from '../../utils/contract/lead-context.ts';
import type { CriterionResult, LeafResult } from '../../utils/contract/qualification.ts';
import type { User } from '../../utils/contract/session.ts';
import type { OutboxEntry } from '../../utils/extension/outbox-entry.ts';

/** A lead as it is after a write of `user` about anything but feedback, as the hub would answer: for what plays one. */
export function afterWrite(context: LeadContext, write: OutboxEntry['write'], user: User): LeadContext {
  const at = new Date().toISOString();
  const by = { id: user.id, name: user.name };
  switch (write.kind) {
    case 'stage-change': {
      const { id, to } = write.body;
      const from = context.stage.stage;
      const event = {
        id,
        from,
        to,
        at,
        by: { kind: 'person', ...by },
        agreementVersion: 3,
        kind: write.body.undoes ? 'undo' : 'move',
        ...(write.body.undoes !== undefined && { refersTo: write.body.undoes }),
      } as const;
      return {
        ...context,
        stage: { eventId: id, stage: to, since: at, by: event.by, agreementVersion: 3 },
        stageEvents: [event, ...context.stageEvents],
      };
    }
    case 'confirmation': {
      const { subject, confirmed } = write.body;
      const said: Partial<LeafResult> =
        confirmed === null
          ? { state: 'unknown', unknownBecause: 'no-data', evidence: [] }
          : {
              state: confirmed ? 'met' : 'not-met',
              evidence: [{ kind: 'confirmation', subject, confirmed, by, at }],
            };
      const { next } = context.qualification;
      const result = next?.result && withLeaf(next.result, subject, said);
      if (!next || !result) return context;
      return { ...context, qualification: { ...context.qualification, next: { ...next, result } } };
    }
    case 'follow-up':
      return withHandOver(context, (handOver) => ({
        ...handOver,
        ...(handOver.response && { response: { ...handOver.response, stoppedAt: at, tookMinutes: 280 } }),
        followUp: { at, seen: 'click', by },
        outcome: 'followed-up',
      }));
    case 'hand-over': {
      const { body } = write;
      return withHandOver(context, (handOver) => {
        switch (body.change) {
          case 'assign':
            return { ...handOver, to: by };
          case 'resume':
            return { ...handOver, pauses: handOver.pauses.map((pause) => ({ ...pause, to: at })) };
          case 'pause':
            return {
              ...handOver,
              pauses: [...handOver.pauses, { from: at, to: body.until, reason: body.reason, by }],
              ...(handOver.response && { response: { ...handOver.response, due: body.until } }),
            };
        }
      });
    }
    default:
      return context;
  }
}

function withHandOver(context: LeadContext, change: (handOver: HandOver) => HandOver): LeadContext {
  const { handOver } = context;
  if (!handOver) return context;
  return { ...context, handOver: { ...change(handOver), revision: handOver.revision + 1 } };
}

function withLeaf(result: CriterionResult, id: string, change: Partial<LeafResult>): CriterionResult {
  if (!('of' in result)) return result.id === id ? { ...result, ...change } : result;
  const of = result.of.map((part) => withLeaf(part, id, change));
  const met = of.filter(({ state }) => state === 'met').length;
  return { ...result, of, state: met >= (result.count ?? of.length) ? 'met' : 'unknown' };
}
