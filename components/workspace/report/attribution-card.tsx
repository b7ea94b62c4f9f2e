import { i18n } from '../../ui/i18n.ts';
import type { AttributionReport } from '../../../utils/contract/figures.ts';
import { attributionModels } from '../../../utils/domain/attribution.ts';
import { localText } from '../../ui/language.ts';
import { SelectField } from '../../ui/select-field.tsx';
import styles from './attribution-card.module.css';
import { attribution } from './campaign-contents.ts';
import { ChartCard, type Imprint } from './chart-card.tsx';

interface Props {
  report: AttributionReport;
  imprint: Imprint;
  isFiltered: boolean;
  onModel: (model: string) => void;
}

/** Which campaigns the wins are owed to, and the rule by which that was shared out, in words. */
export function AttributionCard({ report, imprint, isFiltered, onModel }: Props) {
  const model = attributionModels.find(({ id }) => id === report.model);
  return (
    <ChartCard content={attribution(report)} imprint={imprint}>
      <div className={styles.model}>
        <SelectField
          label={i18n.t('report.attribution.model')}
          value={report.model}
          onChange={({ target }) => onModel(target.value)}
        >
          {attributionModels.map(({ id, label }) => (
            <option key={id} value={id}>
              {localText(label)}
            </option>
          ))}
        </SelectField>
      </div>
      {model && (
        <div className={styles.rule} data-model={model.id}>
          <p>{localText(model.definition)}</p>
          <p>{i18n.t('report.attribution.rule', { rule: localText(model.shortPaths) })}</p>
          <p className={styles.sources}>
            {i18n.t('report.attribution.sources', { sources: model.sources.join('; ') })}
          </p>
          {isFiltered && <p>{i18n.t('report.chart.notFiltered')}</p>}
        </div>
      )}
    </ChartCard>
  );
}
