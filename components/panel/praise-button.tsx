import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
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
  const [busy, setBusy] = useState(false);
  const change = async () => {
    if (!praise) {
      const about = { kind: 'campaign', campaignId: campaign.id, personId } as const;
      await actions.create.mutateAsync({ about, verdict: 'praise', reasons: [] });
      return i18n.t('timeline.praiseSent', { campaign: name });
    }
    if (!undoable(praise)) return i18n.t('verdict.undoTooLate');
    const undo = { state: 'withdrawn', clientTime: new Date().toISOString() } as const;
    await actions.patch.mutateAsync({ feedbackId: praise.id, patch: undo });
    return i18n.t('verdict.undone');
  };
  const onClick = async () => {
    if (busy) return;
    setBusy(true);
    announce(await change().catch(() => i18n.t('verdict.notSaved')));
    setBusy(false);
  };
  return (
    <button
      type="button"
      className={styles.praise}
      aria-pressed={praise !== undefined}
      aria-label={i18n.t(praise ? 'timeline.praisedLong' : 'timeline.praise', { campaign: name })}
      onClick={() => void onClick()}
    >
      <Heart size={13} aria-hidden fill={praise ? 'currentColor' : 'none'} />
      {praise ? i18n.t('timeline.praised') : i18n.t('timeline.praiseShort')}
    </button>
  );
}

const undoable = ({ clientTime }: { clientTime: string }) => Date.now() < Date.parse(clientTime) + UNDO_MS;
