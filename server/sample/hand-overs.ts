import type { AgreementDocument, SlaRule } from '../../utils/contract/agreement.ts';
import type { Pause } from '../../utils/contract/hand-over.ts';
import type { CriterionResult } from '../../utils/contract/qualification.ts';
import type { User } from '../../utils/contract/session.ts';
import type { StageEvent } from '../../utils/contract/stage.ts';
import { evaluateCriterion } from '../../utils/domain/evaluate-criterion.ts';
import type { Facts } from '../../utils/domain/facts.ts';
import {
  closeHandOver,
  escalateHandOver,
  followUpHandOver,
  nextEscalationAt,
  nextStep,
  openHandOver,
  pauseHandOver,
} from '../hand-overs/hand-over-record.ts';
import type { Contact, HandOverRecord, Somebody } from '../hand-overs/hand-over-record.ts';
import { defaultAgreement } from '../../utils/domain/default-agreement.ts';
import type { PersonDraft } from './draft.ts';
import { factsAt } from './facts.ts';
import type { Known } from './facts.ts';
import { makeId } from './ids.ts';
import type { SampleConfirmation, SampleTouchpoint, SampleWorkspace } from './sample-workspace.ts';
import type { Cast } from './to-contract.ts';

type Said = Pick<SampleWorkspace, 'people' | 'touchpoints'> & { confirmations: SampleConfirmation[] };

/** Every hand-over of the sample, told by the hub's own rules from what happened around it. */
export function makeHandOvers(cast: Cast, drafts: readonly PersonDraft[], said: Said): HandOverRecord[] {
  const touchesOf = Map.groupBy(said.touchpoints, ({ personId }) => personId);
  const confirmationsOf = Map.groupBy(said.confirmations, ({ personId }) => personId);
  return said.people.flatMap((person, index) => {
    const draft = drafts[index];
    const touchpoints = touchesOf.get(person.id) ?? [];
    const known = { person, touchpoints, confirmations: confirmationsOf.get(person.id) ?? [] };
    return person.stageEvents.flatMap((event, number) => {
      if (event.to !== 'mql' || draft === undefined) return [];
      const later = person.stageEvents.slice(number + 1);
      const id = makeId(cast.random, draft.stages[number]?.age ?? 0);
      return [
        tellHandOver(cast, { id, event, later, known, pause: later.length === 0 ? draft.pause : undefined }),
      ];
    });
  });
}

interface Story {
  id: string;
  event: StageEvent;
  later: readonly StageEvent[];
  known: Known;
  pause: PersonDraft['pause'];
}

function tellHandOver(cast: Cast, { id, event, later, known, pause }: Story): HandOverRecord {
  const agreement = defaultAgreement(cast.now);
  const facts = factsAt(event.at, known, cast, agreement);
  const { owner } = known.person;
  const at = new Date(event.at);
  const opened = openHandOver({
    id,
    personId: known.person.id,
    at,
    owner,
    rule: ruleFor(agreement, facts),
    document: agreement,
    agreementVersion: event.agreementVersion,
    ...criteriaOf(agreement, facts),
  });
  const left = later.find(({ to }) => to === 'recycled' || to === 'disqualified');
  const end = left ? new Date(left.at) : cast.now;
  const contact = firstContact(known.touchpoints, at, end, owner);
  const paused = pause && owner ? pauseHandOver(opened, toPause(cast, pause, owner)) : opened;
  const manager = cast.users.find(({ role, team }) => role === 'manager' && team === 'sales');
  const told = escalateUntil(contact?.at ?? end, paused, manager);
  const followed = (contact && followUpHandOver(told, contact)) ?? told;
  const isOpen = followed.document.outcome === undefined;
  return left && isOpen ? closeHandOver(followed, 'returned', end) : followed;
}

function ruleFor({ sla: { rules } }: AgreementDocument, facts: Facts): SlaRule {
  const rule =
    rules.find(({ when }) => when && evaluateCriterion(when, facts).state === 'met') ?? rules.at(-1);
  if (rule === undefined) throw new Error('The agreement has no SLA rule.');
  return rule;
}

function criteriaOf({ stages }: AgreementDocument, facts: Facts): { criteria?: CriterionResult } {
  const criterion = stages.find(({ stage }) => stage === 'mql')?.criteria;
  return criterion ? { criteria: evaluateCriterion(criterion, facts) } : {};
}

/** A call, a meeting, or a mail of the rep's own. */
function firstContact(
  touchpoints: readonly SampleTouchpoint[],
  from: Date,
  to: Date,
  by: Somebody | undefined,
): Contact | undefined {
  for (const { kind, occurredAt, campaignId } of touchpoints) {
    const at = new Date(occurredAt);
    if (at < from || at > to || campaignId !== undefined) continue;
    if (kind === 'call' || kind === 'meeting') return { at, seen: kind, by };
    if (kind === 'email.sent') return { at, seen: 'mail', by };
  }
  return undefined;
}

function toPause(
  { at }: Cast,
  { age, days, reason }: NonNullable<PersonDraft['pause']>,
  by: Somebody,
): Pause {
  const from = at(age);
  return { from, to: new Date(Date.parse(from) + days * 86_400_000).toISOString(), reason, by };
}

/** The steps that were due by then. In the sample nobody is so late that the lead went to somebody else. */
function escalateUntil(end: Date, record: HandOverRecord, manager: User | undefined): HandOverRecord {
  const at = nextEscalationAt(record);
  const to = nextStep(record)?.to;
  if (at === null || to === undefined || to === 'reassign' || at > end) return record;
  const user = to === 'owner' ? record.document.to : manager && { id: manager.id, name: manager.name };
  return escalateUntil(
    end,
    escalateHandOver(record, { at: at.toISOString(), to, ...(user && { user }) }),
    manager,
  );
}
