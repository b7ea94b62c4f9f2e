import type {
  DateFormat,
  ImportColumn,
  ImportField,
  ImportMapping,
  ImportProblem,
} from '../../utils/contract/import.ts';
import { EmailAddress } from '../../utils/contract/primitives.ts';
import { normaliseEmail } from '../../utils/domain/email.ts';
import type { FileRow } from './parse-rows.ts';
import { readDate } from './read-date.ts';

/** Longer than this no text may be (the contract's `Text`). */
const MAX_TEXT = 20_000;

type Reason = ImportProblem['reason'];

/** The cells of one row by their meaning; collects what is wrong with them. */
export interface RowReader {
  readonly row: number;
  readonly problems: ImportProblem[];
  /** Trimmed; undefined where neither the row nor a constant says anything. */
  text(field: ImportField, max?: number): string | undefined;
  texts(field: ImportField): string[];
  attributes(): [name: string, value: string][];
  /** What `read` makes of the text; where that is null, `reason` is a problem. */
  value<T>(field: ImportField, read: (text: string) => T | null, reason: Reason): T | undefined;
  date(field: ImportField): string | undefined;
  /** Addresses that can be stored. */
  emails(field: ImportField): string[];
  /** Notes that something is wrong with a field, or with the row as a whole. */
  complain(reason: Reason, field?: ImportField): void;
}

/** Reads rows of a file by its mapping. */
export function createRowReader(
  columns: readonly ImportColumn[],
  mapping: ImportMapping,
): (row: FileRow) => RowReader {
  const places = new Map<ImportField, { at: number; dateFormat: DateFormat }[]>();
  mapping.columns.forEach(({ field, dateFormat = 'iso' }, at) => {
    if (field) places.set(field, [...(places.get(field) ?? []), { at, dateFormat }]);
  });
  const attributes = mapping.columns.flatMap(({ field, attribute }, at) =>
    field === 'attribute' && attribute ? [{ at, attribute }] : [],
  );
  const nameOf = (field: ImportField | undefined) => {
    const at = field && places.get(field)?.[0]?.at;
    return at === undefined ? undefined : columns[at]?.name;
  };

  return ({ row, cells }) => {
    const problems: ImportProblem[] = [];
    const complain = (reason: Reason, column: string | undefined) =>
      void problems.push({ row, reason, ...(column !== undefined && { column }) });
    const cell = (at: number, max = MAX_TEXT): string | undefined => {
      const text = cells[at]?.trim();
      if (text === undefined || text === '') return undefined;
      if (text.length > max) complain('too-long', columns[at]?.name);
      else if (!text.isWellFormed() || text.includes('\0'))
        complain('unusable-characters', columns[at]?.name);
      else return text;
      return undefined;
    };
    const given = (field: ImportField, max?: number) =>
      (places.get(field) ?? []).flatMap(({ at, dateFormat }) => {
        const text = cell(at, max);
        return text === undefined ? [] : [{ text, dateFormat, column: columns[at]?.name }];
      });
    /** What the row says, or what holds for every row. */
    const said = (field: ImportField, max?: number) => {
      const all = given(field, max);
      const constant = mapping.constants[field]?.trim();
      if (all.length > 0 || constant === undefined || constant === '') return all;
      return [{ text: constant, dateFormat: 'iso' as const, column: nameOf(field) }];
    };
    if (cells.slice(columns.length).some((extra) => extra.trim() !== ''))
      complain('too-many-cells', undefined);

    return {
      row,
      problems,
      text: (field, max) => said(field, max)[0]?.text,
      texts: (field) => said(field).map(({ text }) => text),
      attributes: () =>
        attributes.flatMap(({ at, attribute }) => {
          const text = cell(at);
          return text === undefined ? [] : [[attribute, text]];
        }),
      value(field, read, reason) {
        const [first] = said(field);
        if (!first) return undefined;
        const value = read(first.text);
        if (value === null) complain(reason, first.column);
        return value ?? undefined;
      },
      date(field) {
        const [first] = said(field);
        if (!first) return undefined;
        const date = readDate(first.text, first.dateFormat, mapping.timeZone);
        if (date === null) complain('bad-date', first.column);
        return date ?? undefined;
      },
      emails: (field) =>
        said(field).flatMap(({ text, column }) => {
          // Exports of further addresses put several into one cell.
          const parts =
            field === 'otherEmail' ? text.split(/[;,\s]+/u).filter((part) => part !== '') : [text];
          return parts.filter((part) => {
            const usable = EmailAddress.safeParse(part).success && normaliseEmail(part) !== null;
            if (!usable) complain('bad-email', column);
            return usable;
          });
        }),
      complain: (reason, field) => complain(reason, nameOf(field)),
    };
  };
}
