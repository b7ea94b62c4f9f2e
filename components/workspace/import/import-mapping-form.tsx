import { useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { ColumnMapping, Import, ImportMapping } from '../../../utils/contract/import.ts';
import { isDateField, type MappingIssue, mappingIssues } from '../../../utils/domain/import-mapping.ts';
import { useImportActions } from '../../../utils/queries/use-imports.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CircleHelp, Play } from '../../ui/icons.ts';
import { ImportColumnRow } from './import-column-row.tsx';
import { ImportConstants } from './import-constants.tsx';
import { draftOf, tidyMapping } from './import-draft.ts';
import styles from './import-mapping-form.module.css';
import { ImportSettings } from './import-settings.tsx';
import entries from '../entries.module.css';
import { fieldName } from './import-words.ts';
import { ProblemBanner } from '../problem-banner.tsx';
import { either } from '../words.ts';

/** What the columns mean, with some of what stands in them; then the dry run and the import itself. */
export function ImportMappingForm({ import: one }: { import: Import }) {
  const { id, kind, columns, preview } = one;
  const { run } = useImportActions();
  const [draft, setDraft] = useState(() => draftOf(one)!);
  const change = (part: Partial<ImportMapping>) => setDraft((before) => ({ ...before, ...part }));
  const mapping = tidyMapping(draft);
  const issues = mappingIssues(kind, columns, mapping);
  const setColumn = (index: number, column: ColumnMapping) =>
    change({ columns: draft.columns.with(index, column) });
  const begin = (dry: boolean) => run.mutate({ id, mapping, dry });
  const blocked = issues.length > 0 || run.isPending;
  return (
    <Card title={i18n.t('import.mapping.title')} text={i18n.t('import.mapping.text')}>
      <table className={entries.table}>
        <thead>
          <tr>
            <th scope="col">{i18n.t('import.mapping.column')}</th>
            <th scope="col">{i18n.t('import.mapping.examples')}</th>
            <th scope="col">{i18n.t('import.mapping.field')}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column, index) => (
            <ImportColumnRow
              key={index}
              kind={kind}
              column={column}
              examples={preview.map(({ cells }) => cells[index] ?? '')}
              mapping={draft.columns[index] ?? { field: null }}
              issue={issues.find((issue) => issue.column === index)}
              onChange={(next) => setColumn(index, next)}
            />
          ))}
        </tbody>
      </table>
      <ImportConstants kind={kind} draft={draft} onChange={change} />
      <ImportSettings
        kind={kind}
        draft={draft}
        dated={draft.columns.some(({ field }) => isDateField(field))}
        onChange={change}
      />
      <div aria-live="polite">{issues.length > 0 && <Issues issues={issues} columns={columns} />}</div>
      {run.isError && <ProblemBanner error={run.error} />}
      <div className={styles.actions}>
        <Button icon={CircleHelp} disabled={blocked} onClick={() => begin(true)}>
          {i18n.t('import.mapping.check')}
        </Button>
        <Button look="primary" icon={Play} disabled={blocked} onClick={() => begin(false)}>
          {i18n.t('import.mapping.start')}
        </Button>
      </div>
    </Card>
  );
}

function Issues({ issues, columns }: { issues: readonly MappingIssue[]; columns: Import['columns'] }) {
  return (
    <Banner tone="warn" icon={CircleHelp}>
      <p>{i18n.t('import.issue.title')}</p>
      <ul>
        {issues.map(({ column, fields, reason }) => (
          <li key={`${reason} ${column} ${fields.join()}`}>
            {reason === 'missing' ? (
              i18n.t('import.issue.missing', { fields: either(fields.map(fieldName)) })
            ) : (
              <bdi>{i18n.t('import.issue.column', { column: columns[column ?? -1]?.name ?? '' })}</bdi>
            )}
          </li>
        ))}
      </ul>
    </Banner>
  );
}
