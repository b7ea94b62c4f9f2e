import { useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { Plan, PlanOutcome } from '../../../utils/contract/plan.ts';
import type { PlanActions } from '../../../utils/queries/use-plans.ts';
import { Button } from '../../ui/button.tsx';
import { format, messageName } from '../../ui/language.ts';
import { useAnnounce } from '../../ui/live-region.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { UserName, UserText } from '../../ui/user-text.tsx';
import { useNow } from '../../ui/use-now.ts';
import form from '../form.module.css';
import { ProblemBanner } from '../problem-banner.tsx';
import styles from './plan-item.module.css';

interface Props {
  plan: Plan;
  mayDecide: boolean;
  decide: PlanActions['decide'];
}

/** What marketing makes of a plan; until it has decided, the way to do so. */
export function PlanDecision({ plan, mayDecide, decide }: Props) {
  const [isOpen, setOpen] = useState(false);
  const now = useNow();
  const { decision } = plan;
  if (decision) {
    const when = format().when(decision.at, now);
    return (
      <div className={styles.decision} data-outcome={decision.outcome}>
        <p className={styles.outcome}>{i18n.t(`plans.outcome.${messageName(decision.outcome)}`)}</p>
        <UserText text={decision.text} />
        <p className={styles.label}>
          <UserName text={i18n.t('plans.decidedBy', { name: decision.by.name, when })} />
        </p>
      </div>
    );
  }
  if (!mayDecide) return null;
  if (isOpen) return <DecisionForm plan={plan} decide={decide} onCancel={() => setOpen(false)} />;
  return (
    <div>
      <Button onClick={() => setOpen(true)}>{i18n.t('plans.decide')}</Button>
    </div>
  );
}

const outcomes: PlanOutcome[] = ['goes-out', 'changed', 'dropped'];

function DecisionForm({ plan, decide, onCancel }: Omit<Props, 'mayDecide'> & { onCancel: () => void }) {
  const announce = useAnnounce();
  const [outcome, setOutcome] = useState<PlanOutcome>('goes-out');
  const [text, setText] = useState('');
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        decide.mutate(
          { id: plan.id, outcome, text: text.trim() },
          { onSuccess: () => announce(i18n.t('plans.decided')) },
        );
      }}
    >
      <SelectField
        label={i18n.t('plans.outcomeLabel')}
        value={outcome}
        onChange={({ target }) => setOutcome(outcomes.find((one) => one === target.value) ?? 'goes-out')}
      >
        {outcomes.map((one) => (
          <option key={one} value={one}>
            {i18n.t(`plans.outcome.${messageName(one)}`)}
          </option>
        ))}
      </SelectField>
      <TextArea
        label={i18n.t('plans.why')}
        required
        value={text}
        maxLength={20_000}
        onChange={({ target }) => setText(target.value)}
      />
      {decide.isError && <ProblemBanner error={decide.error} />}
      <div className={form.buttons}>
        <Button type="submit" look="primary" disabled={text.trim() === '' || decide.isPending}>
          {i18n.t('plans.decide')}
        </Button>
        <Button onClick={onCancel}>{i18n.t('action.cancel')}</Button>
      </div>
    </form>
  );
}
