import { i18n } from '../ui/i18n.ts';
import type { Agreement } from '../../utils/contract/agreement.ts';
import type { FeedbackPatch } from '../../utils/contract/feedback.ts';
import type { FeedbackItem } from '../../utils/domain/feedback-progress.ts';
import type { OutboxEntry } from '../../utils/extension/outbox-entry.ts';
import type { FeedbackActions } from '../../utils/queries/use-feedback-actions.ts';
import { Button } from '../ui/button.tsx';
import { useAnnounce } from '../ui/live-region.tsx';
import { ProgressMark } from '../ui/progress-mark.tsx';
import { CommentForm } from './comment-form.tsx';
import { ReasonChips } from './reason-chips.tsx';
import { RefusedWrites } from './refused-writes.tsx';
import { UndoButton } from './undo-button.tsx';
import styles from './verdict-card.module.css';

interface Props {
  item: FeedbackItem<OutboxEntry>;
  agreement: Agreement | undefined;
  /** Milliseconds since the epoch; absent once it is too late. */
  undoUntil: number | undefined;
  actions: FeedbackActions;
  onDone: () => void;
}

/** The verdict just given: how far it has come, undo, and what can be added to it. */
export function VerdictCard({ item, agreement, undoUntil, actions, onDone }: Props) {
  const announce = useAnnounce();
  const returned = item.verdict === 'returned';
  const patch = (change: FeedbackPatch, done: string) =>
    actions.patch.mutateAsync({ feedbackId: item.id, patch: change }).then(
      () => {
        announce(done);
        return true;
      },
      () => {
        announce(i18n.t('verdict.notSaved'));
        return false;
      },
    );
  const toggle = (id: string) => {
    const reasons = item.reasons.includes(id)
      ? item.reasons.filter((known) => known !== id)
      : [...item.reasons, id];
    // Where a reason is required, the last one cannot be taken back.
    if (reasons.length > 0 || !agreement?.returnNeedsReason)
      void patch({ reasons }, i18n.t('verdict.reasonsSaved'));
  };
  return (
    <div className={styles.card}>
      <div className={styles.head}>
        <div className={styles.said}>
          <p className={styles.title}>{i18n.t(returned ? 'verdict.returned' : 'verdict.accepted')}</p>
          <ProgressMark progress={item.progress} changing={item.changing} />
        </div>
        {undoUntil === undefined ? (
          <Button small look="quiet" onClick={onDone}>
            {i18n.t('action.done')}
          </Button>
        ) : (
          <UndoButton
            until={undoUntil}
            onUndo={() =>
              void patch(
                { state: 'withdrawn', clientTime: new Date().toISOString() },
                i18n.t('verdict.undone'),
              )
            }
          />
        )}
      </div>
      <RefusedWrites entries={item.refused} onDiscard={(id) => actions.discard.mutateAsync(id)} />
      {item.progress !== 'refused' && (
        <>
          {returned && agreement && (
            <ReasonChips
              legend={i18n.t('verdict.reasonsOptional')}
              reasons={agreement.reasons}
              chosen={item.reasons}
              onToggle={toggle}
              as="checkboxes"
            />
          )}
          <CommentForm
            sent={item.comment}
            onSend={(comment) => patch({ comment }, i18n.t('verdict.commentSent'))}
          />
        </>
      )}
    </div>
  );
}
