import { createHash } from 'node:crypto';
import type { ColumnMapping, ImportColumn, ImportKind, ImportMapping } from '../../utils/contract/import.ts';
import { isDateField, plainDateFormat } from '../../utils/domain/import-mapping.ts';
import { fieldNamed, plain } from './column-names.ts';

/** What the names of the columns say; each field once, the first column that holds anything. */
export function proposeMapping(kind: ImportKind, columns: readonly ImportColumn[]): ImportMapping {
  const taken = new Set<string>();
  const propose = (column: ImportColumn): ColumnMapping => {
    const field = column.filled > 0 ? fieldNamed(kind, column.name) : undefined;
    if (!field || field === 'attribute' || (taken.has(field) && field !== 'otherEmail'))
      return { field: null };
    taken.add(field);
    return withDateFormat({ field }, column);
  };
  return {
    columns: columns.map(propose),
    constants: {},
    source: 'csv',
    recordType: 'contact',
    emptyCells: 'keep',
    timeZone: 'UTC',
  };
}

/** A mapping of an earlier file with the same columns; the formats of dates are this file's where they are plain. */
export function adaptMapping(earlier: ImportMapping, columns: readonly ImportColumn[]): ImportMapping {
  return {
    ...earlier,
    columns: columns.map((column, index) =>
      withDateFormat(earlier.columns[index] ?? { field: null }, column),
    ),
  };
}

/** An earlier answer is used again only where this file's values allow it, too. */
function withDateFormat({ dateFormat, ...mapping }: ColumnMapping, column: ImportColumn): ColumnMapping {
  if (!isDateField(mapping.field)) return mapping;
  const known = plainDateFormat(column) ?? dateFormat;
  return known && (column.dateFormats.length === 0 || column.dateFormats.includes(known))
    ? { ...mapping, dateFormat: known }
    : mapping;
}

/** By which a mapping is remembered. */
export function signatureOf(columns: readonly ImportColumn[]): string {
  return createHash('sha256')
    .update(JSON.stringify(columns.map(({ name }) => plain(name))))
    .digest('hex');
}
