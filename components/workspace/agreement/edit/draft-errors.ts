import { createContext, use } from 'react';
import type { z } from 'zod';
import { i18n } from '../../../ui/i18n.ts';
import { AgreementDocument } from '../../../../utils/contract/agreement.ts';
import { format } from '../../../ui/language.ts';

/** What is wrong, by the place it is wrong at. */
export type DraftErrors = ReadonlyMap<string, string>;

export const Errors = createContext<DraftErrors>(new Map());

/** What is wrong at this place, or in what belongs to it and is shown with it. */
export function useError(path: string): string | undefined {
  return use(Errors).get(path);
}

/** Everything the contract finds wrong in a draft. */
export function draftErrors(draft: AgreementDocument): Map<string, string> {
  const parsed = AgreementDocument.safeParse(draft);
  const found = parsed.success ? [] : parsed.error.issues.flatMap((issue) => nearest(issue));
  return new Map(found.map(({ path, issue }) => [pointer(path), words(issue)]));
}

const pointer = (path: readonly PropertyKey[]) => path.map((step) => `/${String(step)}`).join('');

interface Found {
  path: PropertyKey[];
  issue: z.core.$ZodIssue;
}

/** Where several shapes are possible, what is wrong is told of the one that comes nearest. */
function nearest(issue: z.core.$ZodIssue, before: readonly PropertyKey[] = []): Found[] {
  const path = [...before, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ path, issue }];
  const strange = (issues: readonly z.core.$ZodIssue[]) =>
    issues.length + issues.filter(({ code }) => code === 'unrecognized_keys').length;
  const [best = []] = issue.errors.toSorted((one, other) => strange(one) - strange(other));
  return best.flatMap((inner) => nearest(inner, path));
}

function words(issue: z.core.$ZodIssue): string {
  const { number } = format();
  if (issue.code === 'invalid_type') return i18n.t('agreement.edit.error.number');
  if (issue.code === 'too_small') {
    if (issue.origin === 'array') return i18n.t('agreement.edit.error.none');
    if (issue.origin === 'string') return i18n.t('agreement.edit.error.empty');
    const minimum = number(Number(issue.minimum));
    return issue.inclusive
      ? i18n.t('agreement.edit.error.atLeast', { minimum })
      : i18n.t('agreement.edit.error.moreThan', { minimum });
  }
  if (issue.code === 'too_big') {
    return i18n.t('agreement.edit.error.atMost', { maximum: number(Number(issue.maximum)) });
  }
  return known[issue.message]?.() ?? issue.message;
}

/** The contract's own sentences that somebody at a form may come upon. */
const known: Record<string, () => string> = {
  'must not be empty': () => i18n.t('agreement.edit.error.empty'),
  'must begin before it ends': () => i18n.t('agreement.edit.error.order'),
  'is no time zone such as Europe/Berlin': () => i18n.t('agreement.edit.error.timeZone'),
  'must hold some working time': () => i18n.t('agreement.edit.error.noHours'),
  'must be a country code such as DE': () => i18n.t('agreement.edit.error.country'),
  'must be a state code such as BY': () => i18n.t('agreement.edit.error.state'),
  'must fall, from 1 to 0': () => i18n.t('agreement.edit.error.falling'),
  'needs min, max or both': () => i18n.t('agreement.edit.error.range'),
};
