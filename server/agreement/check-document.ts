import type { AgreementDocument } from '../../utils/contract/agreement.ts';
import type { Criterion, LeafCriterion } from '../../utils/contract/criterion.ts';
import { checkPromises } from '../calendar/check-promises.ts';
import { checkCalendar, type Issue } from '../calendar/holidays.ts';

type Path = Issue['path'];

/** What the schema cannot see: what belongs together across the document. */
export function checkDocument(document: AgreementDocument, now: Date): Issue[] {
  const { glossary, profile, stages, reasons, calendars, sla, targets } = document;
  const issues = [
    ...repeatedIds(glossary, ['glossary']),
    ...repeatedIds(reasons, ['reasons']),
    ...repeatedIds(calendars, ['calendars']),
    ...repeatedIds(sla.rules, ['sla', 'rules']),
    ...repeatedIds(sla.pauseReasons, ['sla', 'pauseReasons']),
    ...repeatedIds(targets, ['targets']),
    ...checkCriteria(
      profile.criteria.map(({ criterion }, index) => ({
        criterion,
        path: ['profile', 'criteria', index, 'criterion'],
      })),
    ),
    ...stages.flatMap(({ criteria, movers }, index) => {
      const path: Path = ['stages', index, 'criteria'];
      if (criteria) return checkCriteria([{ criterion: criteria, path }]);
      return movers.includes('rule') ? [{ path, message: 'is needed for a rule to move by' }] : [];
    }),
    ...sla.rules.flatMap(({ when }, index) =>
      when ? checkCriteria([{ criterion: when, path: ['sla', 'rules', index, 'when'] }]) : [],
    ),
    ...unknownCalendars(document),
    ...calendars.flatMap((calendar, index) =>
      checkCalendar(calendar).map(({ path, message }) => ({ path: ['calendars', index, ...path], message })),
    ),
  ];
  if (Date.parse(document.validUntil) <= now.getTime()) {
    issues.push({ path: ['validUntil'], message: 'must be in the future' });
  }
  return [...issues, ...checkPromises(document, now)];
}

function repeatedIds(list: readonly { id: string }[], path: Path): Issue[] {
  const seen = new Set<string>();
  return list.flatMap(({ id }, index) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ path: [...path, index, 'id'], message: `is used twice: ${id}` }];
  });
}

function unknownCalendars({ calendars, sla }: AgreementDocument): Issue[] {
  const uses: { id: string; path: Path }[] = [
    ...sla.rules.map(({ calendar: id }, index) => ({ id, path: ['sla', 'rules', index, 'calendar'] })),
    { id: sla.answerCalendar, path: ['sla', 'answerCalendar'] },
  ];
  return uses
    .filter(({ id }) => !calendars.some((calendar) => calendar.id === id))
    .map(({ id, path }) => ({ path, message: `there is no calendar ${id}` }));
}

interface Placed<Kind> {
  criterion: Kind;
  path: Path;
}

/** Of criteria that are shown together: each leaf by an id of its own, and everything within reach. */
function checkCriteria(roots: readonly Placed<Criterion>[]): Issue[] {
  const parts = roots.flatMap(partsOf);
  const leaves = parts.flatMap(({ criterion, path }) => ('of' in criterion ? [] : [{ criterion, path }]));
  const seen = new Set<string>();
  return [
    ...parts.flatMap(({ criterion, path }) =>
      criterion.type === 'at-least' && criterion.count > criterion.of.length
        ? [{ path: [...path, 'count'], message: `is more than the ${criterion.of.length} parts there are` }]
        : [],
    ),
    ...leaves.flatMap(({ criterion, path }) => {
      const repeated = seen.has(criterion.id);
      seen.add(criterion.id);
      const issues = emptyRange({ criterion, path });
      return repeated
        ? [...issues, { path: [...path, 'id'], message: `is used twice: ${criterion.id}` }]
        : issues;
    }),
  ];
}

function emptyRange({ criterion, path }: Placed<LeafCriterion>): Issue[] {
  if (criterion.type !== 'attribute' || !('range' in criterion.test)) return [];
  const { min = -Infinity, max = Infinity } = criterion.test.range;
  return min <= max ? [] : [{ path: [...path, 'test', 'range'], message: 'must begin before it ends' }];
}

/** A criterion and everything in it. */
function partsOf({ criterion, path }: Placed<Criterion>): Placed<Criterion>[] {
  if (!('of' in criterion)) return [{ criterion, path }];
  const inner = Array.isArray(criterion.of)
    ? criterion.of.map((part, index) => ({ criterion: part, path: [...path, 'of', index] }))
    : [{ criterion: criterion.of, path: [...path, 'of'] }];
  return [{ criterion, path }, ...inner.flatMap(partsOf)];
}
