import { i18n } from '../../ui/i18n.ts';
import { Opinion, type Plan } from '../../../utils/contract/plan.ts';
import { opinionCounts } from '../../../utils/domain/plan-progress.ts';
import { Ago } from '../../ui/ago.tsx';
import facts from '../../ui/facts.module.css';
import { format, messageName } from '../../ui/language.ts';
import { UserName, UserText } from '../../ui/user-text.tsx';
import styles from './plan-item.module.css';

/** What sales thinks of a plan: counts, words, and how many have said nothing. */
export function PlanResult({ plan, isOpen }: { plan: Plan; isOpen: boolean }) {
  const counts = opinionCounts(plan);
  const { number } = format();
  const quotes = plan.opinions.filter(({ comment }) => comment !== undefined);
  return (
    <div className={styles.result}>
      {plan.opinions.length > 0 && (
        <div className={styles.bar} aria-hidden>
          {Opinion.options.map(
            (opinion) =>
              counts[opinion] > 0 && (
                <span
                  key={opinion}
                  className={styles.part}
                  data-opinion={opinion}
                  style={{ flex: counts[opinion] }}
                />
              ),
          )}
        </div>
      )}
      <p>
        {i18n.t('plans.result', {
          good: number(counts.good),
          doubts: number(counts.doubts),
          not: number(counts['please-not']),
        })}
      </p>
      {isOpen && (
        <p className={styles.silent}>
          {plan.silent === 0 ? i18n.t('plans.everybody') : i18n.t('plans.silent', plan.silent)}
        </p>
      )}
      {quotes.length > 0 && (
        <ul className={styles.quotes} aria-label={i18n.t('plans.quotes')}>
          {quotes.map(({ by, opinion, comment, at }) => (
            <li key={by.id} className={styles.quote} data-opinion={opinion}>
              <UserText text={comment ?? ''} />
              <p className={facts.facts}>
                <span>{i18n.t(`plans.opinion.${messageName(opinion)}`)}</span>
                <span>
                  <UserName text={by.name} />
                </span>
                <span>
                  <Ago at={at} />
                </span>
              </p>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
