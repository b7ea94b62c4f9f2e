import { i18n } from '../../ui/i18n.ts';
import type { Agreement } from '../../../utils/contract/agreement.ts';
import type { Month } from '../../../utils/contract/closed-loop.ts';
import type { FigureId, FigureTarget, FigureUnit } from '../../../utils/contract/figures.ts';
import type { ReportPeriod } from '../../../utils/domain/report-period.ts';
import { format, locale, localText, messageName } from '../../ui/language.ts';

const MINUTE_MS = 60_000;
const monthFormat = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale(), { ...options, timeZone: 'UTC' });
/** Making them is slow, and the language stays while the page lives. */
let monthFormats: Record<'short' | 'long' | 'bare', Intl.DateTimeFormat> | undefined;
const months = () =>
  (monthFormats ??= {
    short: monthFormat({ month: 'short', year: 'numeric' }),
    long: monthFormat({ month: 'long', year: 'numeric' }),
    bare: monthFormat({ month: 'short' }),
  });
const dateOf = (month: Month) => new Date(`${month}-01T00:00:00.000Z`);

/** A month in a text: "November 2026". */
export const monthName = (month: Month): string => months().long.format(dateOf(month));
/** The same where there is little room: "Nov 2026". */
export const shortMonth = (month: Month): string => months().short.format(dateOf(month));
/** Where the year stands elsewhere: "Nov". */
export const bareMonth = (month: Month): string => months().bare.format(dateOf(month));
/** "Mar – Nov 2026". */
export const periodName = ({ from, to }: ReportPeriod): string =>
  months().short.formatRange(dateOf(from), dateOf(to));

/** A number with at most one decimal. */
export const rounded = (value: number): string => format().number(roundedNumber(value));
export const roundedNumber = (value: number): number => Math.round(value * 10) / 10;
export const percent = (value: number): string => `${rounded(value)} %`;
/** The share of a part in a whole; "–" of nothing. */
export const shareOf = (part: number, whole: number): string =>
  whole === 0 ? i18n.t('report.figures.none') : percent((100 * part) / whole);
export const minutes = (value: number): string => format().duration(value * MINUTE_MS);

/** A figure in its unit. */
export function amount(value: number | null, unit: FigureUnit): string {
  if (value === null) return i18n.t('report.figures.none');
  if (unit === 'count') return format().number(value);
  return unit === 'percent' ? percent(value) : minutes(value);
}

export const figureName = (id: FigureId): string => i18n.t(`report.figures.name.${messageName(id)}`);
export const figureMeaning = (id: FigureId): string => i18n.t(`report.figures.means.${messageName(id)}`);

/** "at least 70 %". */
export function targetWords({ comparison, value, unit }: FigureTarget): string {
  const what =
    unit === 'percent'
      ? percent(value)
      : i18n.t('agreement.targets.perMonth', { amount: format().number(value) });
  return comparison === 'at-least'
    ? i18n.t('agreement.targets.atLeast', { what })
    : i18n.t('agreement.targets.atMost', { what });
}

/** "12 cases". */
export const caseCount = (cases: number): string =>
  i18n.t('report.chart.cases', cases, [format().number(cases)]);

/** A word about a figure that stands on too few cases; '' where there are enough. */
export function fewWords(cases: number, minimum: number): string {
  if (cases === 0) return i18n.t('report.chart.noCase');
  if (cases >= minimum) return '';
  return i18n.t('report.chart.tooFew', { cases: caseCount(cases), minimum: format().number(minimum) });
}

/** Sentences one after the other, without those that are empty. */
export const sentences = (...all: readonly string[]): string => all.filter((text) => text !== '').join(' ');

export function reasonLabel(reason: string, agreement: Agreement | undefined): string {
  if (reason === '') return i18n.t('report.reasons.none');
  const agreed = agreement?.reasons.find(({ id }) => id === reason);
  return agreed ? localText(agreed.label) : reason;
}

export function ruleLabel(rule: string, agreement: Agreement | undefined): string {
  const agreed = agreement?.sla.rules.find(({ id }) => id === rule);
  return agreed ? localText(agreed.label) : rule;
}

const tierNames = ['zero', 'one', 'two', 'three'] as const;
/** How well somebody fits, 3 being best; null: not known. */
export const tierLabel = (tier: number | null): string =>
  tier === null
    ? i18n.t('report.fit.unknown')
    : i18n.t('report.fit.tierOf', {
        tier: format().number(tier),
        name: i18n.t(`axis.tier.${tierNames[tier] ?? 'zero'}`),
      });
