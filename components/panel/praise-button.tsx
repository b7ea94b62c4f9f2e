import { i18n } from '#i18n';
import type { Campaign } from '../../utils/contract/campaign.ts';
import { UNDO_MS } from '../../utils/contract/limits.ts';
import type { FeedbackItem } from '../../utils/domain/feedback-progress.ts';
import type { OutboxEntry } from '../../utils/extension/outbox-entry.ts';
import type { FeedbackActions } from '../../utils/queries/use-feedback-actions.ts';
import { Heart } from '../ui/icons.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import styles from './praise-button.module.css';

interface Props {
  campaign: Campaign;
  personId: string;
  praise: FeedbackItem<OutboxEntry> | undefined;
  actions: FeedbackActions;
}

/** Praise for a campaign in one click; a second one within the time for undo takes it back. */
export function PraiseButton({ campaign, personId, praise, actions }: Props) {
  const announce = useAnnounce();
  const name = campaign.name.slice(0, 120);
  const { create, patch } = actions;
  const busy = create.isPending || patch.isPending;
  const failed = { onError: () => announce(i18n.t('verdict.notSaved')) };
  const onClick = () => {
    if (busy) return;
    if (!praise) {
      create.mutate(
        { about: { kind: 'campaign', campaignId: campaign.id, personId }, verdict: 'praise', reasons: [] },
        { ...failed, onSuccess: () => announce(i18n.t('timeline.praiseSent', { campaign: name })) },
      );
    } else if (undoable(praise)) {
      patch.mutate(
        { feedbackId: praise.id, patch: { state: 'withdrawn', clientTime: new Date().toISOString() } },
        { ...failed, onSuccess: () => announce(i18n.t('verdict.undone')) },
      );
    } else {
      announce(i18n.t('verdict.undoTooLate'));
    }
  };
  return (
    <button
      type="button"
      className={styles.praise}
      aria-pressed={praise !== undefined}
      aria-label={i18n.t('timeline.praise', { campaign: name })}
      onClick={onClick}
    >
      <Heart size={13} aria-hidden fill={praise ? 'currentColor' : 'none'} />
      {praise ? i18n.t('timeline.praised') : i18n.t('timeline.praiseShort')}
    </button>
  );
}

const undoable = ({ clientTime }: { clientTime: string }) => Date.now() < Date.parse(clientTime) + UNDO_MS;
