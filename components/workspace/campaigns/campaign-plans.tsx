import { i18n } from '../../ui/i18n.ts';
import type { Plan } from '../../../utils/contract/plan.ts';
import { answersFeedback } from '../../../utils/domain/answers-feedback.ts';
import { useConnection } from '../../../utils/queries/use-panel-data.ts';
import { Card } from '../../ui/card.tsx';
import { writeAddress } from '../address.ts';
import { PlanItem } from '../plans/plan-item.tsx';
import plans from '../plans/plans.module.css';
import styles from './campaign-cards.module.css';

/** What sales was asked about a campaign, and what it said. */
export function CampaignPlans({ id, plans: asked }: { id: string; plans: readonly Plan[] }) {
  const me = useConnection().data?.me.user;
  const query = new URLSearchParams({ campaign: id });
  return (
    <Card title={i18n.t('plans.askedOf')}>
      {asked.length === 0 ? (
        <p className={styles.none}>{i18n.t('plans.notAsked')}</p>
      ) : (
        <ul className={styles.plans}>
          {asked.map((plan) => (
            <PlanItem key={plan.id} plan={plan} me={me} />
          ))}
        </ul>
      )}
      {me && answersFeedback(me) && (
        <p>
          <a
            className={plans.button}
            href={writeAddress({ part: 'campaigns', path: ['plans', 'new'], query })}
          >
            {i18n.t('plans.new')}
          </a>
        </p>
      )}
    </Card>
  );
}
