import { i18n } from '../../ui/i18n.ts';
import type { CampaignReport } from '../../../utils/contract/campaign-report.ts';
import { touchesByKind, touchesByWeek } from '../../../utils/domain/campaign-touches.ts';
import { Card } from '../../ui/card.tsx';
import { format } from '../../ui/language.ts';
import { BarTable } from '../bar-table.tsx';
import { dayName } from '../words.ts';
import styles from './campaign-cards.module.css';

/** How often a campaign touched somebody: week by week, and in which way. */
export function CampaignTouches({ touches }: { touches: CampaignReport['touches'] }) {
  const { number } = format();
  const title = i18n.t('campaigns.touches.title');
  const kinds = touchesByKind(touches);
  const [most] = kinds;
  if (most === undefined) {
    return (
      <Card title={title}>
        <p className={styles.none}>{i18n.t('campaigns.touches.none')}</p>
      </Card>
    );
  }
  const weeks = touchesByWeek(touches);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return (
    <Card title={title}>
      <p className={styles.sentence}>
        {i18n.t('campaigns.touches.text', {
          touches: number(sum(kinds.map((kind) => kind.touches))),
          weeks: number(weeks.filter((week) => week.touches > 0).length),
          kind: i18n.t(`touchpoint.${most.kind}`),
          machine: number(sum(kinds.map(({ machine }) => machine))),
        })}
      </p>
      <WeekChart weeks={weeks} />
      <details>
        <summary className={styles.summary}>{i18n.t('campaigns.touches.table')}</summary>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{i18n.t('campaigns.touches.week')}</th>
              <th scope="col" className={styles.number}>
                {i18n.t('campaigns.touches.machine')}
              </th>
              <th scope="col">{i18n.t('campaigns.touches.count')}</th>
            </tr>
          </thead>
          <tbody>
            {weeks.toReversed().map(({ week, touches: count, machine }) => (
              <tr key={week}>
                <th scope="row">{dayName(week)}</th>
                <td className={styles.number}>{number(machine)}</td>
                <td>{number(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      <BarTable
        caption={i18n.t('campaigns.touches.kind')}
        heads={[i18n.t('campaigns.touches.kind'), i18n.t('campaigns.touches.count')]}
        rows={kinds.map(({ kind, touches: count }) => ({
          key: kind,
          label: i18n.t(`touchpoint.${kind}`),
          value: count,
          text: number(count),
        }))}
      />
    </Card>
  );
}

const HEIGHT = 100;

/** One bar per week, what machines did at its foot; the table below it says the same in numbers. */
function WeekChart({ weeks }: { weeks: ReturnType<typeof touchesByWeek> }) {
  const most = Math.max(...weeks.map(({ touches }) => touches));
  // Few weeks make no wall of colour.
  const slots = Math.max(weeks.length, 12);
  const heightOf = (count: number) => (count / most) * HEIGHT;
  return (
    <div>
      <svg
        className={styles.chart}
        viewBox={`0 0 ${slots * 10} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={i18n.t('campaigns.touches.chart')}
      >
        {weeks.map(({ week, touches, machine }, index) => (
          <g key={week}>
            <title>{`${dayName(week)}: ${format().number(touches)}`}</title>
            <rect
              className={styles.chartBar}
              x={index * 10 + 1}
              width={8}
              y={HEIGHT - heightOf(touches)}
              height={heightOf(touches - machine)}
            />
            <rect
              className={styles.chartMachine}
              x={index * 10 + 1}
              width={8}
              y={HEIGHT - heightOf(machine)}
              height={heightOf(machine)}
            />
          </g>
        ))}
      </svg>
      <p className={styles.axis} aria-hidden>
        <span>{dayName(weeks[0]!.week)}</span>
        {weeks.length > 1 && <span>{dayName(weeks.at(-1)!.week)}</span>}
      </p>
    </div>
  );
}
