import type { ReactNode } from 'react';
import { i18n } from '../../ui/i18n.ts';
import { CampaignKind } from '../../../utils/contract/campaign.ts';
import type { ImportField, ImportKind, ImportMapping } from '../../../utils/contract/import.ts';
import { Stage } from '../../../utils/contract/stage.ts';
import { TouchpointKind } from '../../../utils/contract/touchpoint.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './import-mapping-form.module.css';
import { fieldName } from './import-words.ts';

/** What can be said for a whole file: a list of all who came to a fair does not say so in each row. */
const FIELDS: Record<ImportKind, readonly ImportField[]> = {
  people: ['stage', 'owner'],
  touchpoints: ['kind', 'campaign'],
  campaigns: ['campaignKind'],
};

interface Props {
  kind: ImportKind;
  draft: ImportMapping;
  onChange: (part: Partial<ImportMapping>) => void;
}

/** What holds for every row that says nothing of its own. */
export function ImportConstants({ kind, draft: { constants }, onChange }: Props) {
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{i18n.t('import.mapping.constants')}</legend>
      <div className={styles.fields}>
        {FIELDS[kind].map((field) => {
          const label = fieldName(field);
          const value = constants[field] ?? '';
          const set = (text: string) => onChange({ constants: { ...constants, [field]: text } });
          const options = optionsOf(field);
          return options ? (
            <SelectField key={field} label={label} value={value} onChange={({ target }) => set(target.value)}>
              <option value="">{i18n.t('import.mapping.noConstant')}</option>
              {options}
            </SelectField>
          ) : (
            <TextField
              key={field}
              label={label}
              value={value}
              maxLength={1000}
              onChange={({ target }) => set(target.value)}
            />
          );
        })}
      </div>
    </fieldset>
  );
}

function optionsOf(field: ImportField): ReactNode {
  switch (field) {
    case 'stage':
      return Stage.options.map((stage) => option(stage, i18n.t(`stage.name.${stage}`)));
    case 'kind':
      return TouchpointKind.options.map((kind) => option(kind, i18n.t(`touchpoint.${kind}`)));
    case 'campaignKind':
      return CampaignKind.options.map((kind) => option(kind, i18n.t(`campaignKind.${kind}`)));
    default:
      return null;
  }
}

const option = (value: string, label: string) => (
  <option key={value} value={value}>
    {label}
  </option>
);
