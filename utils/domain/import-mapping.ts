import type {
  ColumnMapping,
  DateFormat,
  ImportColumn,
  ImportField,
  ImportKind,
  ImportMapping,
} from '../contract/import.ts';
import type { Role } from '../contract/session.ts';

/** Sales has nothing to import. */
export const mayImport = (role: Role): boolean => role !== 'rep';

/** What keeps a mapping from being used: at a column of the file, or of a field that none gives. */
export interface MappingIssue {
  column?: number;
  fields: ImportField[];
  reason: 'missing' | 'twice' | 'date-format' | 'attribute-name' | 'no-such-column';
}

/** Of each group one field is needed, from a column or for all rows alike. */
const NEEDED: Record<ImportKind, readonly (readonly ImportField[])[]> = {
  people: [
    ['email', 'recordId'],
    ['name', 'firstName', 'lastName', 'email'],
  ],
  touchpoints: [['email', 'recordId'], ['kind'], ['occurredAt'], ['title', 'campaign']],
  campaigns: [['name']],
};

const DATES = new Set<ImportField>(['consentSince', 'occurredAt', 'startsAt', 'endsAt']);
const REPEATABLE = new Set<ImportField>(['otherEmail', 'attribute']);

export const isDateField = (field: ImportField | null): boolean => field !== null && DATES.has(field);

/** Everything that is wrong with a mapping for these columns; empty: the import can begin. */
export function mappingIssues(
  kind: ImportKind,
  columns: readonly ImportColumn[],
  { columns: mapped, constants }: ImportMapping,
): MappingIssue[] {
  const given = new Set<ImportField>(Object.keys(constants) as ImportField[]);
  for (const { field } of mapped) if (field) given.add(field);
  const missing = NEEDED[kind]
    .filter((fields) => !fields.some((field) => given.has(field)))
    .map((fields): MappingIssue => ({ fields: [...fields], reason: 'missing' }));
  const seen = new Set<string>();
  const wrong = mapped.flatMap((mapping, column): MappingIssue[] => {
    const { field } = mapping;
    if (!field) return [];
    const reason = columnIssue(mapping, columns[column], seen);
    seen.add(keyOf(mapping));
    return reason ? [{ column, fields: [field], reason }] : [];
  });
  return [...missing, ...wrong];
}

function columnIssue(
  mapping: ColumnMapping,
  column: ImportColumn | undefined,
  seen: ReadonlySet<string>,
): MappingIssue['reason'] | null {
  const { field, attribute, dateFormat } = mapping;
  if (!field || !column) return 'no-such-column';
  if (field === 'attribute' && !attribute) return 'attribute-name';
  if ((!REPEATABLE.has(field) || field === 'attribute') && seen.has(keyOf(mapping))) return 'twice';
  return isDateField(field) && dateFormat === undefined ? 'date-format' : null;
}

const keyOf = ({ field, attribute }: ColumnMapping) => `${field} ${attribute ?? ''}`;

/**
 * The format of a column's dates where there is no doubt; null where two are possible, or none fits every value:
 * then a person says which.
 */
export function plainDateFormat({ dateFormats }: ImportColumn): DateFormat | null {
  return dateFormats.length === 1 ? (dateFormats[0] ?? null) : null;
}
