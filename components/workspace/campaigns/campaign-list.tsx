import { useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { CampaignList as List } from '../../../utils/contract/campaign-report.ts';
import { campaignState, campaignStates } from '../../../utils/domain/campaign-state.ts';
import { useCampaigns } from '../../../utils/queries/use-campaigns.ts';
import { Button } from '../../ui/button.tsx';
import { Megaphone } from '../../ui/icons.ts';
import { format } from '../../ui/language.ts';
import { Screen } from '../../ui/screen.tsx';
import { useNow } from '../../ui/use-now.ts';
import type { Address } from '../address.ts';
import { Answered } from '../answered.tsx';
import { PlansSummary } from '../plans/plans-summary.tsx';
import { CampaignFilters } from './campaign-filters.tsx';
import styles from './campaign-list.module.css';
import { CampaignTable } from './campaign-table.tsx';
import { inOrder, orderNamed } from './order.ts';
import { monthsOf, periodNamed } from './period.ts';

/** So many rows are drawn at first. */
const FIRST = 50;

/** All campaigns with their figures, and what sales is asked about now. */
export function CampaignList({ address }: { address: Address }) {
  const now = useNow();
  const campaigns = useCampaigns(monthsOf(periodNamed(address.query), now));
  return (
    <Answered query={campaigns} loading={i18n.t('campaigns.loading')}>
      {(list) => (
        <>
          <PlansSummary />
          {list.total === 0 ? (
            <Screen icon={Megaphone} title={i18n.t('campaigns.emptyTitle')} heading="h2">
              {i18n.t('campaigns.emptyText')}
            </Screen>
          ) : (
            <Listed list={list} address={address} now={now} />
          )}
        </>
      )}
    </Answered>
  );
}

function Listed({ list, address, now }: { list: List; address: Address; now: number }) {
  const [text, setText] = useState('');
  const [most, setMost] = useState(FIRST);
  const state = campaignStates.find((one) => one === address.query.get('state')) ?? 'all';
  const order = orderNamed(address.query);
  const wanted = text.trim().toLowerCase();
  const matching = list.campaigns.filter(
    ({ campaign, activity }) =>
      campaign.name.toLowerCase().includes(wanted) &&
      (state === 'all' || campaignState(campaign, activity, now) === state),
  );
  const shown = inOrder(matching, order).slice(0, most);
  const { number } = format();
  const isCut = list.total > list.campaigns.length;
  return (
    <>
      <CampaignFilters address={address} text={text} onText={setText} state={state} order={order} />
      <p className={styles.count} role="status">
        {i18n.t('campaigns.listed', { shown: number(matching.length), total: number(list.total) })}
        {isCut &&
          ` ${i18n.t('campaigns.cut', { shown: number(list.campaigns.length), total: number(list.total) })}`}
      </p>
      {shown.length === 0 ? (
        <p className={styles.none}>{i18n.t('campaigns.noMatch')}</p>
      ) : (
        <CampaignTable rows={shown} query={address.query} now={now} />
      )}
      {matching.length > most && (
        <div className={styles.more}>
          <Button onClick={() => setMost(most + 2 * FIRST)}>{i18n.t('campaigns.showMore')}</Button>
        </div>
      )}
      <p className={styles.note}>
        {i18n.t('campaigns.asOf', { when: format().when(list.asOf, now) })}. {i18n.t('campaigns.countNote')}
      </p>
    </>
  );
}
