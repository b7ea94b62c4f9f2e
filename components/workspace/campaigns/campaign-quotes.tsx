import { i18n } from '../../ui/i18n.ts';
import type { CampaignReport } from '../../../utils/contract/campaign-report.ts';
import { Ago } from '../../ui/ago.tsx';
import { Card } from '../../ui/card.tsx';
import facts from '../../ui/facts.module.css';
import { format } from '../../ui/language.ts';
import { UserName, UserText } from '../../ui/user-text.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { PersonLink } from '../people/person-link.tsx';
import styles from './campaign-cards.module.css';

/** What sales says of a campaign and of what it plans, in its own words: praise beside blame, the latest first. */
export function CampaignQuotes({ verdicts, quotes }: Pick<CampaignReport, 'verdicts' | 'quotes'>) {
  const { number } = format();
  const { praise, suggestion, hold, askFirst } = verdicts;
  return (
    <Card title={i18n.t('campaigns.quotes.title')}>
      <p className={styles.sentence}>
        {i18n.t('campaigns.quotes.text', {
          praise: number(praise),
          suggestion: number(suggestion),
          hold: number(hold),
          ask: number(askFirst),
        })}
      </p>
      {quotes.length === 0 ? (
        <p className={styles.none}>{i18n.t('campaigns.quotes.none')}</p>
      ) : (
        <ul className={styles.quotes}>
          {quotes.map(({ id, verdict, comment, by, at, about, personName }) => (
            <li key={id} className={styles.quote} data-verdict={verdict} data-feedback-id={id}>
              <div className={styles.quoteHead}>
                <VerdictMark verdict={verdict} />
                {about.personId !== undefined && personName !== undefined && (
                  <PersonLink id={about.personId} name={personName} />
                )}
              </div>
              <blockquote>
                <UserText text={comment ?? ''} />
              </blockquote>
              <p className={facts.facts}>
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
    </Card>
  );
}
