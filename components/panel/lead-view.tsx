import { useMemo } from 'react';
import type { LeadContext } from '../../utils/contract/lead-context.ts';
import { feedbackProgress } from '../../utils/domain/feedback-progress.ts';
import { useFeedbackActions } from '../../utils/queries/use-feedback-actions.ts';
import { useAgreement, useConnection, useOutbox } from '../../utils/queries/use-panel-data.ts';
import { Careful } from './careful.tsx';
import { Consents } from './consents.tsx';
import { FeedbackList } from './feedback-list.tsx';
import { Sources } from './sources.tsx';
import { Status } from './status.tsx';
import { Timeline } from './timeline.tsx';
import { usePaintMark } from './use-paint-mark.ts';
import { Verdict } from './verdict.tsx';
import { Who } from './who.tsx';

/** Everything about one lead, in the order of a rep's questions: who, what now, may I, why (DESIGN §9). */
export function LeadView({ context }: { context: LeadContext }) {
  const { person } = context;
  const agreementAnswer = useAgreement();
  const agreement = agreementAnswer.data?.ok ? agreementAnswer.data.value : undefined;
  const outbox = useOutbox().data;
  const me = useConnection().data?.me.user.id;
  const actions = useFeedbackActions(person.id);
  const items = useMemo(() => {
    const entries = (outbox?.entries ?? []).filter(
      ({ write, userId }) =>
        (me === undefined || userId === me) &&
        (write.kind !== 'create' || write.body.about.personId === person.id),
    );
    const delivered = (outbox?.receipts ?? [])
      .filter(({ feedback }) => feedback.about.personId === person.id)
      .toSorted((a, b) => a.deliveredAt.localeCompare(b.deliveredAt))
      .map(({ feedback }) => feedback);
    return feedbackProgress(entries, [...context.feedback, ...delivered]);
  }, [outbox, me, context.feedback, person.id]);
  // The rep's three questions are answered on the first screen: it is drawn first, the rest a moment later.
  const below = usePaintMark(person.id);

  return (
    <>
      <Who person={person} />
      <Status state={context.stage} agreement={agreement} sources={context.sources}>
        <Verdict
          personId={person.id}
          stage={context.stage.stage}
          agreement={agreement}
          agreementPending={agreementAnswer.isPending}
          items={items}
          me={me}
          actions={actions}
        />
      </Status>
      <Careful context={context} />
      <Consents consents={context.consents} />
      {below && (
        <>
          <Timeline context={context} items={items} me={me} actions={actions} />
          <FeedbackList
            items={items}
            me={me}
            agreement={agreement}
            onDiscard={(id) => actions.discard.mutateAsync(id)}
          />
          <Sources sources={context.sources} asOf={context.asOf} />
        </>
      )}
    </>
  );
}
