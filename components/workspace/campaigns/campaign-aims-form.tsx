import { useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { CampaignDetails } from '../../../utils/contract/campaign-report.ts';
import { usePatchCampaign } from '../../../utils/queries/use-campaigns.ts';
import { Button } from '../../ui/button.tsx';
import { useAnnounce } from '../../ui/live-region.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from '../form.module.css';
import { ProblemBanner } from '../problem-banner.tsx';
import { parseAmount } from './parse-amount.ts';

/** Changes what marketing says of a campaign; what is emptied is taken away. */
export function CampaignAimsForm({ campaign, onDone }: { campaign: CampaignDetails; onDone: () => void }) {
  const announce = useAnnounce();
  const patch = usePatchCampaign(campaign.id);
  const [draft, setDraft] = useState(() => ({
    goal: campaign.goal ?? '',
    amount: campaign.cost ? String(campaign.cost.amount) : '',
    currency: campaign.cost?.currency ?? 'EUR',
    talkingPoints: campaign.talkingPoints ?? '',
  }));
  const [tried, setTried] = useState(false);
  const amount = draft.amount.trim() === '' ? null : parseAmount(draft.amount);
  const wrongAmount = amount === undefined;
  const wrongCurrency = !wrongAmount && amount !== null && !/^[A-Z]{3}$/u.test(draft.currency);
  const save = () => {
    setTried(true);
    if (amount === undefined || wrongCurrency) return;
    patch.mutate(
      {
        goal: draft.goal.trim() || null,
        cost: amount === null ? null : { amount, currency: draft.currency },
        talkingPoints: draft.talkingPoints.trim() || null,
      },
      {
        onSuccess: () => {
          announce(i18n.t('campaigns.saved'));
          onDone();
        },
      },
    );
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextArea
        label={i18n.t('campaigns.goal')}
        value={draft.goal}
        maxLength={20_000}
        onChange={({ target }) => setDraft({ ...draft, goal: target.value })}
      />
      <div className={styles.row}>
        <TextField
          label={i18n.t('campaigns.amount')}
          inputMode="decimal"
          value={draft.amount}
          error={tried && wrongAmount ? i18n.t('campaigns.wrongAmount') : undefined}
          onChange={({ target }) => setDraft({ ...draft, amount: target.value })}
        />
        <TextField
          label={i18n.t('campaigns.currency')}
          value={draft.currency}
          maxLength={3}
          error={tried && wrongCurrency ? i18n.t('campaigns.wrongCurrency') : undefined}
          onChange={({ target }) => setDraft({ ...draft, currency: target.value.toUpperCase() })}
        />
      </div>
      <TextArea
        label={i18n.t('campaigns.talkingPoints')}
        value={draft.talkingPoints}
        rows={4}
        maxLength={20_000}
        onChange={({ target }) => setDraft({ ...draft, talkingPoints: target.value })}
      />
      {patch.isError && <ProblemBanner error={patch.error} />}
      <div className={styles.buttons}>
        <Button type="submit" look="primary" disabled={patch.isPending}>
          {i18n.t('campaigns.save')}
        </Button>
        <Button onClick={onDone}>{i18n.t('action.cancel')}</Button>
      </div>
    </form>
  );
}
