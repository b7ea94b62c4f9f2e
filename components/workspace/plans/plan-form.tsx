import { useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import { answersFeedback } from '../../../utils/domain/answers-feedback.ts';
import { panelCommands } from '../../../utils/queries/panel-commands.ts';
import { useCampaigns } from '../../../utils/queries/use-campaigns.ts';
import { useConnection } from '../../../utils/queries/use-panel-data.ts';
import { newPlanId, usePlanActions } from '../../../utils/queries/use-plans.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { FailureScreen } from '../../ui/failure-screen.tsx';
import { useAnnounce } from '../../ui/live-region.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useNow } from '../../ui/use-now.ts';
import { goTo } from '../address.ts';
import { monthsOf } from '../campaigns/period.ts';
import styles from '../form.module.css';
import { ProblemBanner } from '../problem-banner.tsx';

const DAY_MS = 86_400_000;

/** Asks sales about something before it goes out. */
export function PlanForm({ campaignId }: { campaignId: string | null }) {
  const connection = useConnection();
  const me = connection.data?.me.user;
  if (connection.isSuccess && (me === undefined || !answersFeedback(me))) {
    return (
      <div data-state="error">
        <FailureScreen
          kind={me === undefined ? 'signed-out' : 'forbidden'}
          onRetry={() => void connection.refetch()}
          onOpenOptions={() => void panelCommands.openOptions()}
          heading="h2"
        />
      </div>
    );
  }
  return (
    <div data-state={connection.status}>
      <Card title={i18n.t('plans.form.title')} text={i18n.t('plans.form.text')}>
        <Fields campaignId={campaignId} />
      </Card>
    </div>
  );
}

function Fields({ campaignId }: { campaignId: string | null }) {
  const announce = useAnnounce();
  const now = useNow();
  const { create } = usePlanActions();
  const campaigns = useCampaigns(monthsOf('twelve', now)).data?.campaigns ?? [];
  const [draft, setDraft] = useState(() => ({
    id: newPlanId(),
    title: '',
    details: '',
    question: '',
    campaignId: campaignId ?? '',
    goesOut: inputDay(Date.now() + 14 * DAY_MS),
    until: inputDay(Date.now() + 7 * DAY_MS),
  }));
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const error =
    draft.until > draft.goesOut
      ? i18n.t('plans.form.lateOpinions')
      : draft.until < inputDay(now)
        ? i18n.t('plans.form.pastDate')
        : undefined;
  const isComplete =
    draft.title.trim() !== '' && draft.details.trim() !== '' && draft.goesOut !== '' && draft.until !== '';
  const send = () => {
    const question = draft.question.trim();
    create.mutate(
      {
        id: draft.id,
        title: draft.title.trim(),
        details: draft.details.trim(),
        ...(question !== '' && { question }),
        ...(draft.campaignId !== '' && { campaignId: draft.campaignId }),
        goesOutAt: endOfDay(draft.goesOut),
        opinionsUntil: endOfDay(draft.until),
      },
      {
        onSuccess: () => {
          announce(i18n.t('plans.form.sent'));
          goTo({ part: 'campaigns', path: ['plans'] });
        },
      },
    );
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete && error === undefined) send();
      }}
    >
      <TextField
        label={i18n.t('plans.form.name')}
        required
        dir="auto"
        maxLength={500}
        value={draft.title}
        onChange={({ target }) => set({ title: target.value })}
      />
      <TextArea
        label={i18n.t('plans.form.details')}
        required
        rows={4}
        maxLength={20_000}
        value={draft.details}
        onChange={({ target }) => set({ details: target.value })}
      />
      <TextArea
        label={i18n.t('plans.form.question')}
        maxLength={20_000}
        value={draft.question}
        onChange={({ target }) => set({ question: target.value })}
      />
      <SelectField
        label={i18n.t('plans.form.campaign')}
        value={draft.campaignId}
        onChange={({ target }) => set({ campaignId: target.value })}
      >
        <option value="">{i18n.t('plans.form.noCampaign')}</option>
        {campaigns.map(({ campaign }) => (
          <option key={campaign.id} value={campaign.id}>
            {campaign.name.slice(0, 120)}
          </option>
        ))}
      </SelectField>
      <div className={styles.row}>
        <TextField
          label={i18n.t('plans.form.goesOut')}
          type="date"
          required
          min={inputDay(now)}
          value={draft.goesOut}
          onChange={({ target }) => set({ goesOut: target.value })}
        />
        <TextField
          label={i18n.t('plans.form.until')}
          type="date"
          required
          min={inputDay(now)}
          max={draft.goesOut}
          value={draft.until}
          error={error}
          onChange={({ target }) => set({ until: target.value })}
        />
      </div>
      {create.isError && <ProblemBanner error={create.error} />}
      <div className={styles.buttons}>
        <Button
          type="submit"
          look="primary"
          disabled={!isComplete || error !== undefined || create.isPending}
        >
          {i18n.t('plans.form.submit')}
        </Button>
        <Button onClick={() => goTo({ part: 'campaigns', path: ['plans'] })}>
          {i18n.t('plans.form.cancel')}
        </Button>
      </div>
    </form>
  );
}

/** A day of the user's own calendar, as a date field has it. */
function inputDay(time: number): string {
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The last moment of such a day. */
const endOfDay = (day: string) => new Date(`${day}T23:59:59.999`).toISOString();
