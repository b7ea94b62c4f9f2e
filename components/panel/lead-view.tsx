import { useMemo } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { LeadContext } from '../../utils/contract/lead-context.ts';
import { feedbackProgress } from '../../utils/domain/feedback-progress.ts';
import { useFeedbackActions } from '../../utils/queries/use-feedback-actions.ts';
import { useLeadActions } from '../../utils/queries/use-lead-actions.ts';
import { useAgreement, useConnection, useOutbox } from '../../utils/queries/use-panel-data.ts';
import { Careful } from './careful.tsx';
import { Consents } from './consents.tsx';
import { FeedbackList } from './feedback-list.tsx';
import { LeadScope, type Lead } from './lead-scope.ts';
import { MarkedTouchpoint } from './marked-touchpoint.tsx';
import { Sources } from './sources.tsx';
import { StageHistory } from './stage-history.tsx';
import { StageProposal } from './stage-proposal.tsx';
import { Status } from './status.tsx';
import { Talk } from './talk.tsx';
import { Timeline } from './timeline.tsx';
import { usePaintMark } from './use-paint-mark.ts';
import { useSend } from './use-send.ts';
import { Verdict } from './verdict.tsx';
import { Who } from './who.tsx';
import { Why } from './why.tsx';

/** Everything about one lead, in the order of a rep's questions: who, what now, may I, why (DESIGN §9). */
export function LeadView({ context }: { context: LeadContext }) {
  const { person } = context;
  const agreementAnswer = useAgreement();
  const agreement = agreementAnswer.data?.ok ? agreementAnswer.data.value : undefined;
  const outbox = useOutbox().data;
  const me = useConnection().data?.me.user;
  const feedback = useFeedbackActions(person.id);
  const actions = useLeadActions(person.id);
  const send = useSend();
  const writes = useMemo(
    () =>
      (outbox?.entries ?? []).filter(
        ({ userId, personId }) => (me === undefined || userId === me.id) && personId === person.id,
      ),
    [outbox, me, person.id],
  );
  const items = useMemo(() => {
    const delivered = (outbox?.receipts ?? [])
      .filter(({ feedback: { about } }) => about.personId === person.id)
      .toSorted((a, b) => a.deliveredAt.localeCompare(b.deliveredAt))
      .map((receipt) => receipt.feedback);
    return feedbackProgress(writes, [...context.feedback, ...delivered]);
  }, [outbox, writes, context.feedback, person.id]);
  // The rep's three questions are answered on the first screen: it is drawn first, the rest a moment later.
  const below = usePaintMark(person.id);
  const lead: Lead = { context, agreement, me, writes, items, feedback, actions };

  return (
    <LeadScope value={lead}>
      <Who person={person} />
      <Status>
        <Verdict agreementPending={agreementAnswer.isPending} />
        <StageProposal />
      </Status>
      <Careful />
      <Consents consents={context.consents} />
      {below && (
        <MarkedTouchpoint>
          <Why />
          <StageHistory />
          <Timeline />
          <Talk />
          <FeedbackList
            items={items}
            me={me?.id}
            agreement={agreement}
            sources={context.sources}
            onDiscard={(id) => feedback.discard.mutateAsync(id)}
            onReply={(feedbackId, text) =>
              send(feedback.reply.mutateAsync({ feedbackId, text }), i18n.t('feedback.replySaved'))
            }
          />
          <Sources sources={context.sources} asOf={context.asOf} />
        </MarkedTouchpoint>
      )}
    </LeadScope>
  );
}
