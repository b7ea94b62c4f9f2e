import { i18n } from '../../ui/i18n.ts';
import type { ClosedLoopFigures } from '../../../utils/contract/closed-loop.ts';
import { Card } from '../../ui/card.tsx';
import { format } from '../../ui/language.ts';
import { BarTable } from '../bar-table.tsx';
import { percent } from '../words.ts';
import { LEAST } from './few.ts';
import styles from './campaign-cards.module.css';

const steps = ['reached', 'engaged', 'mql', 'accepted', 'sql', 'opportunity', 'won'] as const;

/** How far the people got whom a campaign reached. */
export function CampaignOutcome({ figures }: { figures: ClosedLoopFigures }) {
  const { number } = format();
  const { reached } = figures;
  const counts = Object.fromEntries(steps.map((step) => [step, number(figures[step])]));
  const title = i18n.t('campaigns.outcome.title');
  if (reached === 0) {
    return (
      <Card title={title}>
        <p className={styles.none}>{i18n.t('campaigns.outcome.nobody')}</p>
      </Card>
    );
  }
  return (
    <Card title={title}>
      <p className={styles.sentence}>
        {i18n.t('campaigns.outcome.text', {
          reached: counts['reached'] ?? '',
          mql: counts['mql'] ?? '',
          accepted: counts['accepted'] ?? '',
          won: counts['won'] ?? '',
        })}
      </p>
      <BarTable
        caption={title}
        tone="accent"
        heads={[title, i18n.t('campaigns.column.reached'), i18n.t('campaigns.column.share')]}
        rows={steps.map((step) => ({
          key: step,
          label: i18n.t(`campaigns.column.${step}`),
          value: figures[step],
          text: number(figures[step]),
          more: reached < LEAST ? undefined : percent(figures[step], reached),
        }))}
      />
      {reached < LEAST && (
        <p className={styles.note}>{i18n.t('campaigns.outcome.few', { least: number(LEAST) })}</p>
      )}
    </Card>
  );
}
