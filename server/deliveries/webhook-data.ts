import type { Story } from './read-story.ts';

/**
 * What a generic webhook is sent of an event: the contract's objects. Who the lead is goes with it only when the channel
 * says so; otherwise it is their id.
 */
export function webhookData(story: Story, includePersonalData: boolean): object {
  const { person } = story;
  const lead = person && { person: includePersonalData ? person : { id: person.id } };
  switch (story.kind) {
    case 'feedback.created':
    case 'feedback.answered':
    case 'feedback.acted': {
      const { personName, ...feedback } = story.feedback;
      return {
        ...lead,
        feedback: { ...feedback, ...(includePersonalData && personName !== undefined && { personName }) },
        ...(story.replyId !== undefined && { replyId: story.replyId }),
      };
    }
    case 'hand_over.created':
      return { ...lead, handOver: story.handOver };
    case 'hand_over.breached':
      return { ...lead, handOver: story.handOver, escalation: story.handOver.escalations[story.step ?? 0] };
    case 'stage.changed':
      return { ...lead, change: story.change };
    case 'agreement.proposed':
    case 'agreement.in_force':
      return { agreement: story.agreement };
    case 'agreement.ending':
      return { agreement: story.agreement, validUntil: story.validUntil, days: story.days };
    case 'digest.sales':
    case 'digest.marketing':
      return { digest: story.digest };
  }
}
