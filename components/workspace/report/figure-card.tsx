import { i18n } from '../../ui/i18n.ts';
import type { Figure, FigureTarget, FiguresReport } from '../../../utils/contract/figures.ts';
import { periodBefore } from '../../../utils/domain/report-period.ts';
import { CircleAlert, CircleCheck, CircleHelp, TrendingDown, TrendingUp, type Icon } from '../../ui/icons.ts';
import { format } from '../../ui/language.ts';
import styles from './figure-card.module.css';
import { changeWords, shortPeriod } from './figure-contents.ts';
import { amount, figureMeaning, figureName, targetWords } from './report-words.ts';

/** One figure: what it is, how it stands against the target and the time before, and on how many cases. */
export function FigureCard({ figure, report }: { figure: Figure; report: FiguresReport }) {
  const { id, team, unit, value, targets } = figure;
  const isFew = unit !== 'count' && figure.cases < report.minimumCases;
  return (
    <li className={styles.card} data-figure={id} data-few={isFew}>
      <h3 className={styles.name}>{figureName(id)}</h3>
      <p className={styles.value}>{amount(value, unit)}</p>
      <div className={styles.facts}>
        {targets.length === 0 ? (
          <p className={styles.quiet}>{i18n.t('report.figures.noTarget')}</p>
        ) : (
          targets.map((target) => <TargetLine key={target.id} target={target} />)
        )}
        <ChangeLine figure={figure} report={report} />
        <p className={styles.quiet}>{casesLine(figure, report.minimumCases)}</p>
      </div>
      <details className={styles.details}>
        <summary>
          {i18n.t('report.figures.definition')}
          <span className="visually-hidden">: {figureName(id)}</span>
        </summary>
        <p>{figureMeaning(id)}</p>
      </details>
      <p className={styles.team}>
        {i18n.t('report.figures.owner', { team: i18n.t(`agreement.team.${team}`) })}
      </p>
    </li>
  );
}

const standings: Record<'kept' | 'missed' | 'undecided', Icon> = {
  kept: CircleCheck,
  missed: CircleAlert,
  undecided: CircleHelp,
};

function TargetLine({ target }: { target: FigureTarget }) {
  const standing = target.kept === null ? 'undecided' : target.kept ? 'kept' : 'missed';
  const Glyph = standings[standing];
  return (
    <p className={styles.target} data-target={standing}>
      <Glyph size={14} aria-hidden />
      {i18n.t(`report.figures.${standing}`, { target: targetWords(target) })}
    </p>
  );
}

function ChangeLine({ figure, report }: { figure: Figure; report: FiguresReport }) {
  const { value, previous } = figure;
  const words = changeWords(figure, shortPeriod(periodBefore(report)), report.minimumCases);
  if (words === '') return null;
  const isComparable = value !== null && previous.value !== null && value !== previous.value;
  const Glyph = isComparable && value > (previous.value ?? 0) ? TrendingUp : TrendingDown;
  return (
    <p className={styles.target}>
      {isComparable && <Glyph size={14} aria-hidden />}
      {words}
    </p>
  );
}

function casesLine({ unit, cases, open }: Figure, minimum: number): string {
  const parts = [];
  if (unit !== 'count') {
    if (cases === 0) parts.push(i18n.t('report.figures.noCase'));
    else {
      const few =
        cases < minimum ? `: ${i18n.t('report.figures.few', { minimum: format().number(minimum) })}` : '';
      parts.push(`${i18n.t('report.figures.cases', cases, [format().number(cases)])}${few}`);
    }
  }
  if (open > 0) parts.push(i18n.t('report.figures.open', open, [format().number(open)]));
  return parts.join('; ');
}
