import { i18n } from '../../ui/i18n.ts';
import type { Plan } from '../../../utils/contract/plan.ts';
import type { User } from '../../../utils/contract/session.ts';
import { answersFeedback } from '../../../utils/domain/answers-feedback.ts';
import { useConnection } from '../../../utils/queries/use-panel-data.ts';
import { useOpenPlans, useOverPlans } from '../../../utils/queries/use-plans.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ArrowLeft } from '../../ui/icons.ts';
import { writeAddress } from '../address.ts';
import { Answered } from '../answered.tsx';
import page from '../campaigns/campaign-page.module.css';
import { PlanItem } from './plan-item.tsx';
import styles from './plans.module.css';

/** Everything that marketing asks or has asked sales before it went out. */
export function PlansView() {
  const me = useConnection().data?.me.user;
  const open = useOpenPlans();
  const over = useOverPlans();
  const past = over.data?.pages.flatMap(({ plans }) => plans) ?? [];
  return (
    <>
      <a className={page.back} href={writeAddress({ part: 'campaigns' })}>
        <ArrowLeft size={15} aria-hidden />
        {i18n.t('campaigns.back')}
      </a>
      <Answered query={open} loading={i18n.t('campaigns.loading')}>
        {(plans) => (
          <>
            {me && answersFeedback(me) && (
              <p>
                <a
                  className={styles.button}
                  href={writeAddress({ part: 'campaigns', path: ['plans', 'new'] })}
                >
                  {i18n.t('plans.new')}
                </a>
              </p>
            )}
            <Card title={i18n.t('plans.open')}>
              <List plans={plans} me={me} empty={i18n.t('plans.none')} />
            </Card>
            <Card title={i18n.t('plans.over')}>
              <List plans={past} me={me} empty={i18n.t('plans.noneOver')} />
              {over.hasNextPage && (
                <div className={styles.more}>
                  <Button disabled={over.isFetchingNextPage} onClick={() => void over.fetchNextPage()}>
                    {i18n.t('campaigns.showMore')}
                  </Button>
                </div>
              )}
            </Card>
          </>
        )}
      </Answered>
    </>
  );
}

function List({ plans, me, empty }: { plans: readonly Plan[]; me: User | undefined; empty: string }) {
  if (plans.length === 0) return <p className={styles.none}>{empty}</p>;
  return (
    <ul className={styles.list}>
      {plans.map((plan) => (
        <PlanItem key={plan.id} plan={plan} me={me} />
      ))}
    </ul>
  );
}
