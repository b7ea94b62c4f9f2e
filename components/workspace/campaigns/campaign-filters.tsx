import { useId } from 'react';
import { i18n } from '../../ui/i18n.ts';
import { campaignStates, type CampaignState } from '../../../utils/domain/campaign-state.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { type Address, setQuery } from '../address.ts';
import choices from '../choices.module.css';
import styles from './campaign-filters.module.css';
import { type Order, orders } from './order.ts';
import { periodNamed, periods, withFilter } from './period.ts';

interface Props {
  address: Address;
  /** Not in the address: somebody may look for a customer's name. */
  text: string;
  onText: (text: string) => void;
  state: CampaignState | 'all';
  order: Order;
}

/** What is listed, of which months, and in which order. */
export function CampaignFilters({ address, text, onText, state, order }: Props) {
  const name = useId();
  const { query } = address;
  const set = (key: string, value: string, usual: string) =>
    setQuery(address, withFilter(query, key, value, usual));
  return (
    <div role="search" className={styles.filters}>
      <TextField
        label={i18n.t('campaigns.search')}
        type="search"
        autoComplete="off"
        value={text}
        maxLength={200}
        onChange={({ target }) => onText(target.value)}
      />
      <SelectField
        label={i18n.t('campaigns.period')}
        value={periodNamed(query)}
        onChange={({ target }) => set('period', target.value, 'twelve')}
      >
        {periods.map((period) => (
          <option key={period} value={period}>
            {i18n.t(`campaigns.months.${period}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={i18n.t('campaigns.sort')}
        value={order}
        onChange={({ target }) => set('sort', target.value, 'latest')}
      >
        {orders.map((one) => (
          <option key={one} value={one}>
            {i18n.t(`campaigns.sorted.${one}`)}
          </option>
        ))}
      </SelectField>
      <fieldset className={styles.states}>
        <legend className="visually-hidden">{i18n.t('campaigns.stateLabel')}</legend>
        {(['all', ...campaignStates] as const).map((one) => (
          <label key={one} className={choices.choice}>
            <input
              type="radio"
              name={name}
              className="visually-hidden"
              checked={one === state}
              onChange={() => set('state', one, 'all')}
            />
            {i18n.t(`campaigns.state.${one}`)}
          </label>
        ))}
      </fieldset>
    </div>
  );
}
