import { createContext, use } from 'react';
import type { Agreement } from '../../utils/contract/agreement.ts';
import type { LeadContext } from '../../utils/contract/lead-context.ts';
import type { Team, User } from '../../utils/contract/session.ts';
import type { FeedbackItem } from '../../utils/domain/feedback-progress.ts';
import type { OutboxEntry } from '../../utils/extension/outbox-entry.ts';
import type { FeedbackActions } from '../../utils/queries/use-feedback-actions.ts';
import type { LeadActions } from '../../utils/queries/use-lead-actions.ts';

/** The lead whose panel this is, who looks at it, and what they can do. */
export interface Lead {
  context: LeadContext;
  agreement: Agreement | undefined;
  me: User | undefined;
  /** This user's writes about this lead that the hub has not stored, in the order they were made. */
  writes: readonly OutboxEntry[];
  /** All feedback on this lead and its campaigns. */
  items: readonly FeedbackItem<OutboxEntry>[];
  feedback: FeedbackActions;
  actions: LeadActions;
}

export const LeadScope = createContext<Lead | null>(null);

/** The lead of the panel around this component. */
export function useLead(): Lead {
  const lead = use(LeadScope);
  if (!lead) throw new Error('There is no lead around this component');
  return lead;
}

/** Whether the user acts for this team; an admin may for both. */
export const actsFor = (me: User | undefined, team: Team) => me?.team === team || me?.role === 'admin';
