import { i18n } from '../../ui/i18n.ts';
import { answersFeedback } from '../../../utils/domain/answers-feedback.ts';
import { isAsked } from '../../../utils/domain/plan-progress.ts';
import { useConnection } from '../../../utils/queries/use-panel-data.ts';
import { useOpenPlans } from '../../../utils/queries/use-plans.ts';
import { useNow } from '../../ui/use-now.ts';
import { writeAddress } from '../address.ts';
import styles from './plans.module.css';

/** One line above the campaigns: whether one's opinion is wanted, and the way to all plans. */
export function PlansSummary() {
  const me = useConnection().data?.me.user;
  const plans = useOpenPlans().data ?? [];
  const now = useNow();
  if (!me) return null;
  const asked = plans.filter((plan) => isAsked(plan, me, now)).length;
  const toPlans = writeAddress({ part: 'campaigns', path: ['plans'] });
  if (asked > 0) {
    return (
      <p className={styles.asked}>
        {i18n.t('plans.youAsked', asked)}
        <a href={toPlans}>{i18n.t('plans.yours')}</a>
      </p>
    );
  }
  return (
    <p className={styles.toolbar}>
      {answersFeedback(me) && (
        <a className={styles.button} href={writeAddress({ part: 'campaigns', path: ['plans', 'new'] })}>
          {i18n.t('plans.new')}
        </a>
      )}
      <a href={toPlans}>{i18n.t('plans.all')}</a>
    </p>
  );
}
