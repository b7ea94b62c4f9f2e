import { useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { AgreementVersion } from '../../../utils/contract/agreement.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { AgreementChanges } from './agreement-changes.tsx';
import entries from '../entries.module.css';
import styles from './edit/edit.module.css';

/** What differs between any two versions, once two are chosen. */
export function CompareVersions({ versions }: { versions: readonly AgreementVersion[] }) {
  const [latest, previous] = versions;
  const [chosen, setChosen] = useState<{ before?: number; after?: number }>({});
  if (!latest || !previous) return null;
  const before = chosen.before ?? previous.version;
  const after = chosen.after ?? latest.version;
  const field = (name: 'before' | 'after', value: number) => (
    <SelectField
      label={i18n.t(`agreement.compare.${name}`)}
      value={value}
      onChange={({ target }) => setChosen({ ...chosen, [name]: Number(target.value) })}
    >
      {versions.map(({ version }) => (
        <option key={version} value={version}>
          {i18n.t('agreement.version', { version })}
        </option>
      ))}
    </SelectField>
  );
  return (
    <details className={styles.fold}>
      <summary>{i18n.t('agreement.compare.title')}</summary>
      <div className={`${styles.form} ${entries.entry}`} data-compare={`${before}-${after}`}>
        <div className={styles.row}>
          {field('before', before)}
          {field('after', after)}
        </div>
        {before !== after && <AgreementChanges before={before} after={after} />}
      </div>
    </details>
  );
}
