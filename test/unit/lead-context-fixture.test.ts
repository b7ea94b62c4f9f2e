import { expect, it } from 'vitest';
import { Agreement } from '../../utils/contract/agreement.ts';
import { Feedback } from '../../utils/contract/feedback.ts';
import { LeadContext } from '../../utils/contract/lead-context.ts';
import { agreement, hostileContext, inboxFeedback, leadContext } from '../fixtures/lead-context.ts';

it('the gallery shows only what the contract allows', () => {
  expect(LeadContext.safeParse(leadContext()).error).toBeUndefined();
  expect(LeadContext.safeParse(hostileContext()).error).toBeUndefined();
  expect(Agreement.safeParse(agreement).error).toBeUndefined();
  expect(Feedback.array().safeParse(inboxFeedback(12)).error).toBeUndefined();
});
