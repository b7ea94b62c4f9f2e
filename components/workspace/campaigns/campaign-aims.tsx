import { useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { CampaignDetails } from '../../../utils/contract/campaign-report.ts';
import type { ClosedLoopFigures } from '../../../utils/contract/closed-loop.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import facts from '../../ui/facts.module.css';
import { UserText } from '../../ui/user-text.tsx';
import { money } from '../words.ts';
import styles from './campaign-aims.module.css';
import { CampaignAimsForm } from './campaign-aims-form.tsx';

interface Props {
  campaign: CampaignDetails;
  figures: ClosedLoopFigures;
  mayEdit: boolean;
}

/** What a campaign aims at, what it costs, and what sales may say about it; marketing changes it in place. */
export function CampaignAims({ campaign, figures, mayEdit }: Props) {
  const [isEditing, setEditing] = useState(false);
  const { goal, talkingPoints } = campaign;
  return (
    <Card title={i18n.t('campaigns.editTitle')}>
      {isEditing ? (
        <CampaignAimsForm campaign={campaign} onDone={() => setEditing(false)} />
      ) : (
        <>
          <dl className={styles.aims}>
            <div className={styles.aim}>
              <dt>{i18n.t('campaigns.goal')}</dt>
              <dd>{goal ? <UserText text={goal} /> : <Nothing text={i18n.t('campaigns.noGoal')} />}</dd>
            </div>
            <div className={styles.aim}>
              <dt>{i18n.t('campaigns.cost')}</dt>
              <dd>
                <Cost campaign={campaign} figures={figures} />
              </dd>
            </div>
            {talkingPoints && (
              <div className={styles.aim}>
                <dt>{i18n.t('campaigns.talkingPoints')}</dt>
                <dd>
                  <UserText text={talkingPoints} />
                </dd>
              </div>
            )}
          </dl>
          {mayEdit && (
            <div>
              <Button small onClick={() => setEditing(true)}>
                {i18n.t('campaigns.edit')}
              </Button>
            </div>
          )}
        </>
      )}
    </Card>
  );
}

/** The cost, and what of it falls to each success of the period. */
function Cost({ campaign: { cost }, figures: { mql, won } }: Omit<Props, 'mayEdit'>) {
  if (!cost) return <Nothing text={i18n.t('campaigns.noCost')} />;
  const each = (count: number) => money({ ...cost, amount: cost.amount / count });
  return (
    <>
      <strong>{money(cost)}</strong>
      <p className={facts.facts}>
        {mql > 0 && <span>{i18n.t('campaigns.perMql', { amount: each(mql) })}</span>}
        {won > 0 && <span>{i18n.t('campaigns.perWon', { amount: each(won) })}</span>}
      </p>
    </>
  );
}

const Nothing = ({ text }: { text: string }) => <span className={styles.nothing}>{text}</span>;
