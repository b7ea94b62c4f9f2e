import { i18n } from '../../ui/i18n.ts';
import type { Agreement } from '../../../utils/contract/agreement.ts';
import type { ClosedLoopReport } from '../../../utils/contract/closed-loop.ts';
import { type FigureSegments, MAX_MONTHS } from '../../../utils/contract/figures.ts';
import { monthAfter, presetPeriods, type PeriodPreset } from '../../../utils/domain/report-period.ts';
import type { Address } from '../address.ts';
import { Button } from '../../ui/button.tsx';
import { format } from '../../ui/language.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { choose, type FilterName, filtersOf, noFilters, type ReportChoice } from './report-choice.ts';
import styles from './report-filters.module.css';
import { ruleLabel, shortMonth } from './report-words.ts';

const presets: readonly PeriodPreset[] = ['thisQuarter', 'lastQuarter', 'lastYear'];

interface Props {
  address: Address;
  choice: ReportChoice;
  now: number;
  options: Record<FilterName, Option[]>;
}

/** The period and what else the figures are limited to; all of it stands in the address. */
export function ReportFilters({ address, choice, now, options }: Props) {
  const { from, to } = choice.query;
  const periods = presetPeriods(now);
  const preset = presets.find((name) => periods[name].from === from && periods[name].to === to);
  const months = monthsUpTo(now, [from, to]);
  const set = (changes: Record<string, string>) => choose(address, changes);
  return (
    <form className={styles.filters} aria-label={i18n.t('report.filter.label')}>
      <SelectField
        label={i18n.t('report.filter.period')}
        value={preset ?? ''}
        onChange={({ target }) => set({ ...periods[target.value as PeriodPreset] })}
      >
        {!preset && <option value="">{i18n.t('report.filter.own')}</option>}
        {presets.map((name) => (
          <option key={name} value={name}>
            {i18n.t(`report.filter.${name}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={i18n.t('report.filter.from')}
        value={from}
        onChange={({ target: { value } }) => set({ from: value, to: value > to ? value : to })}
      >
        <Months months={months} />
      </SelectField>
      <SelectField
        label={i18n.t('report.filter.to')}
        value={to}
        onChange={({ target: { value } }) => set({ to: value, from: value < from ? value : from })}
      >
        <Months months={months} />
      </SelectField>
      <Choice name="campaignId" {...{ choice, options, set }} />
      <Choice name="ownerId" {...{ choice, options, set }} />
      <Choice name="country" {...{ choice, options, set }} />
      <Choice name="rule" {...{ choice, options, set }} />
      {filtersOf(choice.query).length > 0 && (
        <Button look="quiet" className={styles.remove} onClick={() => set(noFilters)}>
          {i18n.t('report.filter.remove')}
        </Button>
      )}
    </form>
  );
}

function Months({ months }: { months: readonly string[] }) {
  return months.map((month) => (
    <option key={month} value={month}>
      {shortMonth(month)}
    </option>
  ));
}

/** The latest first; those of the address are among them, however far away they are. */
function monthsUpTo(now: number, chosen: readonly string[]): string[] {
  const last = new Date(now).toISOString().slice(0, 7);
  const months = Array.from({ length: MAX_MONTHS }, (_, index) => monthAfter(last, -index));
  return [...new Set([...months, ...chosen])].sort().reverse();
}

interface Option {
  value: string;
  label: string;
}

interface ChoiceProps extends Pick<Props, 'choice' | 'options'> {
  name: FilterName;
  set: (changes: Record<string, string>) => void;
}

const labels: Record<FilterName, () => string> = {
  campaignId: () => i18n.t('report.filter.campaign'),
  ownerId: () => i18n.t('report.filter.owner'),
  country: () => i18n.t('report.filter.country'),
  rule: () => i18n.t('report.filter.rule'),
};

function Choice({ name, choice, options, set }: ChoiceProps) {
  const chosen = choice.query[name] ?? '';
  const known = options[name];
  return (
    <SelectField
      label={labels[name]()}
      value={chosen}
      data-filter={name}
      onChange={({ target }) => set({ [name]: target.value })}
    >
      <option value="">{i18n.t('report.filter.all')}</option>
      {chosen !== '' && !known.some(({ value }) => value === chosen) && (
        <option value={chosen}>{i18n.t('report.filter.other')}</option>
      )}
      {known.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </SelectField>
  );
}

/** What there is to choose from. */
export function optionsOf(
  segments: FigureSegments | undefined,
  campaigns: ClosedLoopReport['campaigns'] | undefined,
  agreement: Agreement | undefined,
): Props['options'] {
  return {
    campaignId: byLabel(campaigns?.map(({ campaign: { id, name } }) => ({ value: id, label: name }))),
    ownerId: byLabel(segments?.owners.map(({ id, name }) => ({ value: id, label: name }))),
    country: byLabel(segments?.countries.map((code) => ({ value: code, label: format().country(code) }))),
    rule: byLabel(segments?.rules.map((rule) => ({ value: rule, label: ruleLabel(rule, agreement) }))),
  };
}

const byLabel = (options: readonly Option[] = []) =>
  options.toSorted((a, b) => a.label.localeCompare(b.label));

/** What the figures are limited to, in words. */
export const filterWords = ({ query }: ReportChoice, options: Props['options']): string =>
  filtersOf(query)
    .map((name) => {
      const option = options[name].find(({ value }) => value === query[name]);
      return `${labels[name]()}: ${option?.label ?? i18n.t('report.filter.other')}`;
    })
    .join('; ');
