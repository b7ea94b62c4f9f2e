import { i18n } from '../../ui/i18n.ts';
import type { ClosedLoopFigures } from '../../../utils/contract/closed-loop.ts';
import { useAgreement } from '../../../utils/queries/use-panel-data.ts';
import { Card } from '../../ui/card.tsx';
import { format, localText } from '../../ui/language.ts';
import { UserName } from '../../ui/user-text.tsx';
import { BarTable } from '../bar-table.tsx';
import styles from './campaign-cards.module.css';

/** Why sales sent leads of a campaign back, the commonest reason first. */
export function CampaignReturns({ figures }: { figures: ClosedLoopFigures }) {
  const agreement = useAgreement().data;
  const { number } = format();
  const nameOf = (id: string) => {
    const reason = agreement?.ok ? agreement.value.reasons.find((one) => one.id === id) : undefined;
    return reason ? localText(reason.label) : id || i18n.t('campaigns.returns.unknown');
  };
  const reasons = Object.entries(figures.returnedByReason).toSorted(([, one], [, other]) => other - one);
  const title = i18n.t('campaigns.returns.title');
  const [first] = reasons;
  return (
    <Card title={title}>
      {first === undefined ? (
        <p className={styles.none}>{i18n.t('campaigns.returns.none')}</p>
      ) : (
        <>
          <p className={styles.sentence}>
            {i18n.t('campaigns.returns.text', {
              returned: number(figures.returned),
              reason: nameOf(first[0]).slice(0, 80),
            })}
          </p>
          <BarTable
            caption={title}
            tone="warn"
            heads={[i18n.t('campaigns.returns.reason'), i18n.t('campaigns.column.returned')]}
            rows={reasons.map(([id, count]) => ({
              key: id,
              label: <UserName text={nameOf(id)} lines={2} />,
              value: count,
              text: number(count),
            }))}
          />
        </>
      )}
    </Card>
  );
}
