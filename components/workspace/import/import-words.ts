import { i18n } from '../../ui/i18n.ts';
import type { ImportField, ImportProblem, ImportSummary } from '../../../utils/contract/import.ts';
import { format, locale, messageName } from '../../ui/language.ts';

/** What a column can hold, by name. */
export const fieldName = (field: ImportField): string => i18n.t(`import.field.${field}`);

/** Why a row is bad. */
export function problemText({ reason, otherRow, detail }: ImportProblem): string {
  const why = i18n.t(`import.reason.${messageName(reason)}`);
  if (otherRow !== undefined) return `${why} ${i18n.t('import.otherRow', { row: String(otherRow) })}`;
  return detail === undefined ? why : `${why} ${detail}`;
}

/** Why a file could not be read. */
export function failureText({ failure }: ImportSummary): string {
  const why = i18n.t(`import.failure.${messageName(failure?.reason ?? 'internal')}`);
  const { row } = failure ?? {};
  return row === undefined ? why : `${why} ${i18n.t('import.failedAt', { row: String(row) })}`;
}

/** "3.4 MB". */
export function fileSize(bytes: number): string {
  const [value, unit] = bytes < 1e6 ? [Math.ceil(bytes / 1e3), 'kilobyte'] : [bytes / 1e6, 'megabyte'];
  return inUnit(value, unit, 1);
}

/** How long something will take: seconds while it is short, whole minutes else. */
export const timeLeft = (ms: number): string =>
  ms < 60_000 ? inUnit(Math.ceil(ms / 1000), 'second', 0) : format().duration(ms);

const inUnit = (value: number, unit: string, maximumFractionDigits: number) =>
  new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits,
  }).format(value);
