import { i18n } from '../../ui/i18n.ts';
import type { ImportKind, ImportMapping } from '../../../utils/contract/import.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './import-mapping-form.module.css';

interface Props {
  kind: ImportKind;
  draft: ImportMapping;
  /** Whether a column holds dates. */
  dated: boolean;
  onChange: (part: Partial<ImportMapping>) => void;
}

/** What concerns the whole file: whose times and ids these are, and what empty cells mean. */
export function ImportSettings({ kind, draft, dated, onChange }: Props) {
  const { timeZone, emptyCells, source, recordType, tenant = '' } = draft;
  const records = draft.columns.some(({ field }) => field === 'recordId');
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{i18n.t('import.settings.title')}</legend>
      <div className={styles.fields}>
        {dated && (
          <SelectField
            label={i18n.t('import.settings.timeZone')}
            value={timeZone}
            onChange={({ target }) => onChange({ timeZone: target.value })}
          >
            {zones(timeZone).map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll('_', ' ')}
              </option>
            ))}
          </SelectField>
        )}
        {kind === 'people' && (
          <SelectField
            label={i18n.t('import.settings.emptyCells')}
            value={emptyCells}
            onChange={({ target }) => onChange({ emptyCells: target.value === 'clear' ? 'clear' : 'keep' })}
          >
            <option value="keep">{i18n.t('import.settings.keep')}</option>
            <option value="clear">{i18n.t('import.settings.clear')}</option>
          </SelectField>
        )}
        <TextField
          label={i18n.t('import.settings.source')}
          hint={i18n.t('import.settings.sourceHint')}
          maxLength={64}
          value={source}
          onChange={({ target }) => onChange({ source: target.value })}
        />
        {records && (
          <>
            <TextField
              label={i18n.t('import.settings.recordType')}
              maxLength={64}
              value={recordType}
              onChange={({ target }) => onChange({ recordType: target.value })}
            />
            <TextField
              label={i18n.t('import.settings.tenant')}
              hint={i18n.t('import.settings.tenantHint')}
              maxLength={256}
              value={tenant}
              onChange={({ target }) => onChange({ tenant: target.value })}
            />
          </>
        )}
      </div>
    </fieldset>
  );
}

/** Browsers leave UTC out, and an old name may be what the mapping has. */
const zones = (chosen: string) => [...new Set([chosen, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
