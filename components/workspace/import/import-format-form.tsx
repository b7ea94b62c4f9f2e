import { useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import {
  type Import,
  ImportDelimiter,
  ImportEncoding,
  type ImportFormat,
} from '../../../utils/contract/import.ts';
import { useImportActions } from '../../../utils/queries/use-imports.ts';
import { Button } from '../../ui/button.tsx';
import { RefreshCw } from '../../ui/icons.ts';
import { SelectField } from '../../ui/select-field.tsx';
import styles from './import-mapping-form.module.css';
import { ProblemBanner } from '../problem-banner.tsx';

const DELIMITERS = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

/** How the file was read; when letters or columns look wrong, it is read once more. */
export function ImportFormatForm({ import: { id, format, state } }: { import: Import }) {
  const { reread } = useImportActions();
  const [draft, setDraft] = useState<ImportFormat>(format!);
  const change = (part: Partial<ImportFormat>) => setDraft((before) => ({ ...before, ...part }));
  return (
    <details className={styles.format} open={state === 'failed'}>
      <summary className={styles.summary}>{i18n.t('import.format.title')}</summary>
      <div className={styles.fields}>
        <SelectField
          label={i18n.t('import.format.encoding')}
          value={draft.encoding}
          onChange={({ target }) => change({ encoding: target.value as ImportFormat['encoding'] })}
        >
          {ImportEncoding.options.map((encoding) => (
            <option key={encoding}>{encoding}</option>
          ))}
        </SelectField>
        <SelectField
          label={i18n.t('import.format.delimiter')}
          value={draft.delimiter}
          onChange={({ target }) => change({ delimiter: target.value as ImportFormat['delimiter'] })}
        >
          {ImportDelimiter.options.map((delimiter) => (
            <option key={delimiter} value={delimiter}>
              {i18n.t(`import.format.${DELIMITERS[delimiter]}`)}
            </option>
          ))}
        </SelectField>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={draft.header}
            onChange={({ target }) => change({ header: target.checked })}
          />
          {i18n.t('import.format.header')}
        </label>
      </div>
      {reread.isError && <ProblemBanner error={reread.error} />}
      <div>
        <Button
          icon={RefreshCw}
          disabled={reread.isPending}
          onClick={() => reread.mutate({ id, format: draft })}
        >
          {i18n.t('import.format.again')}
        </Button>
      </div>
    </details>
  );
}
