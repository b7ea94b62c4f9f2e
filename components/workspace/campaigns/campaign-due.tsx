import { i18n } from '../../ui/i18n.ts';
import type { PlannedDay } from '../../../utils/contract/campaign-report.ts';
import { Card } from '../../ui/card.tsx';
import { format } from '../../ui/language.ts';
import { dayName } from '../words.ts';
import styles from './campaign-cards.module.css';

/** What people are due to receive from a campaign, day by day, and how much of it sales wants held. */
export function CampaignDue({ planned }: { planned: readonly PlannedDay[] }) {
  const { number } = format();
  const touches = planned.reduce((sum, day) => sum + day.touches, 0);
  const held = planned.reduce((sum, day) => sum + day.held, 0);
  return (
    <Card title={i18n.t('campaigns.due.title')}>
      {planned.length === 0 ? (
        <p className={styles.none}>{i18n.t('campaigns.due.none')}</p>
      ) : (
        <>
          <p className={styles.sentence}>
            {i18n.t('campaigns.due.text', {
              touches: number(touches),
              days: number(planned.length),
              held: number(held),
            })}
          </p>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{i18n.t('campaigns.due.day')}</th>
                <th scope="col" className={styles.number}>
                  {i18n.t('campaigns.due.touches')}
                </th>
                <th scope="col">{i18n.t('campaigns.due.held')}</th>
              </tr>
            </thead>
            <tbody>
              {planned.map((day) => (
                <tr key={day.day} data-planned-day={day.day}>
                  <th scope="row">{dayName(day.day)}</th>
                  <td className={styles.number}>{number(day.touches)}</td>
                  <td>{number(day.held)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Card>
  );
}
