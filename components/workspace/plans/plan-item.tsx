import { i18n } from '../../ui/i18n.ts';
import type { Plan } from '../../../utils/contract/plan.ts';
import type { User } from '../../../utils/contract/session.ts';
import { isOpen } from '../../../utils/domain/plan-progress.ts';
import { usePlanActions } from '../../../utils/queries/use-plans.ts';
import facts from '../../ui/facts.module.css';
import { format } from '../../ui/language.ts';
import { UserName, UserText } from '../../ui/user-text.tsx';
import { useNow } from '../../ui/use-now.ts';
import { writeAddress } from '../address.ts';
import { PlanDecision } from './plan-decision.tsx';
import { PlanOpinion } from './plan-opinion.tsx';
import { PlanResult } from './plan-result.tsx';
import styles from './plan-item.module.css';

/** One plan: what is planned, one's own opinion in one click, what the others think, and what marketing decided. */
export function PlanItem({ plan, me }: { plan: Plan; me: User | undefined }) {
  const actions = usePlanActions();
  const now = useNow();
  const { date, when } = format();
  const open = isOpen(plan, now);
  const { id, title, details, question, campaign, goesOutAt, opinionsUntil, by } = plan;
  const until = when(opinionsUntil, now);
  return (
    <li className={styles.plan} data-plan-id={id} data-open={open}>
      <div className={styles.head}>
        <h3 className={styles.title}>
          <UserName text={title} lines={3} />
        </h3>
        <p className={facts.facts}>
          <span>{i18n.t('plans.goesOut', { date: date(goesOutAt) })}</span>
          <span>{i18n.t(open ? 'plans.until' : 'plans.closed', { date: until })}</span>
          <span>
            <UserName text={i18n.t('plans.by', { name: by.name })} />
          </span>
          {campaign && (
            <span>
              <a href={writeAddress({ part: 'campaigns', path: [campaign.id] })}>
                <UserName text={campaign.name} />
              </a>
            </span>
          )}
        </p>
      </div>
      <div>
        <UserText text={details} />
      </div>
      {question && (
        <div className={styles.question}>
          <p className={styles.label}>{i18n.t('plans.question')}</p>
          <UserText text={question} />
        </div>
      )}
      {me?.team === 'sales' && open && <PlanOpinion plan={plan} me={me} say={actions.say} />}
      <PlanResult plan={plan} isOpen={open} />
      <PlanDecision
        plan={plan}
        mayDecide={me !== undefined && me.role !== 'rep' && (me.team === 'marketing' || me.role === 'admin')}
        decide={actions.decide}
      />
    </li>
  );
}
