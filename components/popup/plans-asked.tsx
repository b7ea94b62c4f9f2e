import { i18n } from '../ui/i18n.ts';
import { isAsked } from '../../utils/domain/plan-progress.ts';
import { useConnection } from '../../utils/queries/use-panel-data.ts';
import { useOpenPlans } from '../../utils/queries/use-plans.ts';
import { Megaphone } from '../ui/icons.ts';
import { useNow } from '../ui/use-now.ts';
import styles from './plans-asked.module.css';

/** One line where marketing waits for the user's opinion, and the way there. Nothing where it does not. */
export function PlansAsked() {
  const me = useConnection().data?.me.user;
  const plans = useOpenPlans().data ?? [];
  const now = useNow();
  const asked = me ? plans.filter((plan) => isAsked(plan, me, now)).length : 0;
  if (asked === 0) return null;
  return (
    <a className={styles.asked} href="/workspace.html#campaigns/plans" target="_blank" rel="noreferrer">
      <Megaphone size={15} aria-hidden />
      <span>{i18n.t('plans.youAsked', asked)}</span>
    </a>
  );
}
