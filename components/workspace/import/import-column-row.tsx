import { useId } from 'react';
import { i18n } from '../../ui/i18n.ts';
import {
  type ColumnMapping,
  DateFormat,
  IMPORT_FIELDS,
  type ImportColumn,
  type ImportField,
  type ImportKind,
} from '../../../utils/contract/import.ts';
import { isDateField, type MappingIssue } from '../../../utils/domain/import-mapping.ts';
import { messageName } from '../../ui/language.ts';
import { UserName } from '../../ui/user-text.tsx';
import { mapColumn } from './import-draft.ts';
import styles from './import-mapping-form.module.css';
import { fieldName } from './import-words.ts';

/** So many different values show what a column holds. */
const EXAMPLES = 3;

interface Props {
  kind: ImportKind;
  column: ImportColumn;
  examples: readonly string[];
  mapping: ColumnMapping;
  issue: MappingIssue | undefined;
  onChange: (mapping: ColumnMapping) => void;
}

/** One column of the file: its name, some values, and what it is. */
export function ImportColumnRow({ kind, column, examples, mapping, issue, onChange }: Props) {
  const issueId = useId();
  const { field, attribute, dateFormat } = mapping;
  const described = issue ? { 'aria-describedby': issueId, 'aria-invalid': true } : {};
  const shown = [...new Set(examples)].filter((text) => text.trim() !== '').slice(0, EXAMPLES);
  const formats = column.dateFormats.length > 0 ? column.dateFormats : DateFormat.options;
  return (
    <tr data-left-out={field === null}>
      <th scope="row">
        <UserName text={column.name} lines={2} />
      </th>
      <td>
        <ul className={styles.examples}>
          {shown.map((text) => (
            <li key={text}>
              <UserName text={text} />
            </li>
          ))}
        </ul>
      </td>
      <td>
        <div className={styles.meaning}>
          <select
            className={styles.input}
            aria-label={i18n.t('import.mapping.fieldOf', { column: column.name })}
            value={field ?? ''}
            {...described}
            onChange={({ target }) =>
              onChange(mapColumn(column, (target.value || null) as ImportField | null))
            }
          >
            <option value="">{i18n.t('import.mapping.leftOut')}</option>
            {IMPORT_FIELDS[kind].map((option) => (
              <option key={option} value={option}>
                {fieldName(option)}
              </option>
            ))}
          </select>
          {field === 'attribute' && (
            <input
              className={styles.input}
              aria-label={i18n.t('import.mapping.attributeOf', { column: column.name })}
              maxLength={64}
              value={attribute ?? ''}
              {...described}
              onChange={({ target }) => onChange({ ...mapping, attribute: target.value })}
            />
          )}
          {isDateField(field) && (
            <select
              className={styles.input}
              aria-label={i18n.t('import.mapping.datesOf', { column: column.name })}
              value={dateFormat ?? ''}
              {...described}
              onChange={({ target }) =>
                onChange({ field, ...(target.value && { dateFormat: target.value as DateFormat }) })
              }
            >
              <option value="">{i18n.t('import.date.ask')}</option>
              {formats.map((option) => (
                <option key={option} value={option}>
                  {i18n.t(`import.date.${option}`)}
                </option>
              ))}
            </select>
          )}
          {issue && issue.reason !== 'missing' && (
            <p id={issueId} className={styles.issue}>
              {i18n.t(`import.issue.${messageName(issue.reason)}`)}
            </p>
          )}
        </div>
      </td>
    </tr>
  );
}
