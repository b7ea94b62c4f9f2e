import type {
  ColumnMapping,
  Import,
  ImportColumn,
  ImportField,
  ImportMapping,
} from '../../../utils/contract/import.ts';
import { isDateField, plainDateFormat } from '../../../utils/domain/import-mapping.ts';

/** The time zone this browser is in. */
const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The mapping to begin with: the hub's, with this browser's time zone while nobody has said another. */
export function draftOf({ state, mapping }: Import): ImportMapping | undefined {
  if (!mapping || state !== 'ready' || mapping.timeZone !== 'UTC') return mapping;
  return { ...mapping, timeZone: here() };
}

/** A column that is to hold something else; its dates' format only where there is no doubt. */
export function mapColumn(column: ImportColumn, field: ImportField | null): ColumnMapping {
  const dateFormat = isDateField(field) ? plainDateFormat(column) : null;
  // A name to begin with, as criteria have them; the user may change it.
  const attribute = field === 'attribute' ? column.name.slice(0, 64) : undefined;
  return { field, ...(attribute && { attribute }), ...(dateFormat && { dateFormat }) };
}

/** What is sent: without blanks around it, and without what was left empty. */
export function tidyMapping(draft: ImportMapping): ImportMapping {
  const { tenant, ...mapping } = draft;
  const place = tenant?.trim();
  return {
    ...mapping,
    columns: mapping.columns.map(({ attribute, ...column }) => {
      const name = attribute?.trim();
      return name ? { ...column, attribute: name } : column;
    }),
    constants: Object.fromEntries(
      Object.entries(mapping.constants).flatMap(([field, value]) =>
        value.trim() === '' ? [] : [[field, value.trim()]],
      ),
    ),
    source: mapping.source.trim() || 'csv',
    recordType: mapping.recordType.trim() || 'contact',
    ...(place && { tenant: place }),
  };
}
