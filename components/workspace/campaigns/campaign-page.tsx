import { i18n } from '../../ui/i18n.ts';
import type { CampaignReport } from '../../../utils/contract/campaign-report.ts';
import { campaignState } from '../../../utils/domain/campaign-state.ts';
import { answersFeedback } from '../../../utils/domain/answers-feedback.ts';
import { useCampaign } from '../../../utils/queries/use-campaigns.ts';
import { useConnection } from '../../../utils/queries/use-panel-data.ts';
import { campaignIcons } from '../../panel/kind-icons.ts';
import facts from '../../ui/facts.module.css';
import { ArrowLeft } from '../../ui/icons.ts';
import { format } from '../../ui/language.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { UserName } from '../../ui/user-text.tsx';
import { useNow } from '../../ui/use-now.ts';
import { type Address, setQuery, writeAddress } from '../address.ts';
import { Answered } from '../answered.tsx';
import { dayName } from '../words.ts';
import { CampaignAims } from './campaign-aims.tsx';
import { CampaignDue } from './campaign-due.tsx';
import { CampaignOutcome } from './campaign-outcome.tsx';
import styles from './campaign-page.module.css';
import { CampaignPlans } from './campaign-plans.tsx';
import { CampaignQuotes } from './campaign-quotes.tsx';
import { CampaignReturns } from './campaign-returns.tsx';
import { CampaignStateMark } from './campaign-state-mark.tsx';
import { CampaignTouches } from './campaign-touches.tsx';
import { monthsOf, periodNamed, periods, withFilter } from './period.ts';

/** One campaign: what it is, what came of it, what sales says, and what is planned. */
export function CampaignPage({ id, address }: { id: string; address: Address }) {
  const now = useNow();
  const me = useConnection().data?.me.user;
  const report = useCampaign(id, monthsOf(periodNamed(address.query), now));
  return (
    <>
      <a
        className={styles.back}
        href={writeAddress({ part: 'campaigns', query: withoutState(address.query) })}
      >
        <ArrowLeft size={15} aria-hidden />
        {i18n.t('campaigns.back')}
      </a>
      <Answered query={report} loading={i18n.t('campaigns.loading')}>
        {(data) => (
          <>
            <Head report={data} address={address} now={now} />
            <CampaignAims
              campaign={data.campaign}
              figures={data.figures}
              mayEdit={!!me && answersFeedback(me)}
            />
            <div className={styles.columns}>
              <div className={styles.column}>
                <CampaignOutcome figures={data.figures} />
                <CampaignTouches touches={data.touches} />
                <CampaignDue planned={data.planned} />
              </div>
              <div className={styles.column}>
                <CampaignQuotes verdicts={data.verdicts} quotes={data.quotes} />
                <CampaignReturns figures={data.figures} />
                <CampaignPlans id={id} plans={data.plans} />
              </div>
            </div>
            <p className={styles.note}>
              {i18n.t('campaigns.asOf', { when: format().when(data.asOf, now) })}.{' '}
              {i18n.t('campaigns.countNote')}
            </p>
          </>
        )}
      </Answered>
    </>
  );
}

const withoutState = (query: URLSearchParams) =>
  withFilter(new URLSearchParams(), 'period', query.get('period') ?? 'twelve', 'twelve');

function Head({ report, address, now }: { report: CampaignReport; address: Address; now: number }) {
  const { campaign, activity } = report;
  const Glyph = campaignIcons[campaign.kind];
  const { date } = format();
  return (
    <header className={styles.head} data-campaign-id={campaign.id}>
      <span className={styles.icon}>
        <Glyph size={22} aria-hidden />
      </span>
      <div className={styles.names}>
        <h2 className={styles.name}>
          <UserName text={campaign.name} lines={3} />
        </h2>
        <p className={facts.facts}>
          <span>{i18n.t(`campaignKind.${campaign.kind}`)}</span>
          <span>
            <CampaignStateMark state={campaignState(campaign, activity, now)} />
          </span>
          {campaign.startsAt && <span>{i18n.t('campaigns.from', { date: date(campaign.startsAt) })}</span>}
          {campaign.endsAt && <span>{i18n.t('campaigns.to', { date: date(campaign.endsAt) })}</span>}
          {activity.lastWeek && (
            <span>{i18n.t('campaigns.lastWeek', { date: dayName(activity.lastWeek) })}</span>
          )}
          {activity.nextAt && <span>{i18n.t('campaigns.nextAt', { date: date(activity.nextAt) })}</span>}
        </p>
      </div>
      <div className={styles.period}>
        <SelectField
          label={i18n.t('campaigns.period')}
          value={periodNamed(address.query)}
          onChange={({ target }) =>
            setQuery(address, withFilter(address.query, 'period', target.value, 'twelve'))
          }
        >
          {periods.map((period) => (
            <option key={period} value={period}>
              {i18n.t(`campaigns.months.${period}`)}
            </option>
          ))}
        </SelectField>
      </div>
    </header>
  );
}
