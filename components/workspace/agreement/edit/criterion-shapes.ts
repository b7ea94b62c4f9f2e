import type { Criterion, LeafCriterion } from '../../../../utils/contract/criterion.ts';

export const leafTypes = ['touchpoint', 'attribute', 'confirmation'] as const;
export const criterionTypes = ['all', 'any', 'at-least', 'not', ...leafTypes] as const;
export type CriterionType = Criterion['type'];

/** The same criterion as one of another type; what it holds is kept as far as that type can hold it. */
export function turnedInto(criterion: Criterion | null, type: CriterionType): Criterion {
  if (criterion?.type === type) return criterion;
  const parts = criterion === null ? [] : partsOf(criterion);
  switch (type) {
    case 'all':
    case 'any':
      return { type, of: parts.length > 0 ? parts : [newLeaf('touchpoint')] };
    case 'at-least':
      return { type, count: 1, of: parts.length > 0 ? parts : [newLeaf('touchpoint')] };
    case 'not':
      return { type, of: parts[0] ?? newLeaf('touchpoint') };
    default:
      return newLeaf(
        type,
        parts.find((part): part is LeafCriterion => !('of' in part)),
      );
  }
}

/** What a group holds; a leaf is one part of the group it becomes. */
function partsOf(criterion: Criterion): Criterion[] {
  if (!('of' in criterion)) return [criterion];
  return criterion.type === 'not' ? [criterion.of] : criterion.of;
}

/** A leaf of another type keeps its sentence. */
export function newLeaf(type: LeafCriterion['type'], from?: LeafCriterion): LeafCriterion {
  const { id = freshId(), label = { en: '', de: '' } } = from ?? {};
  switch (type) {
    case 'touchpoint':
      return { type, id, label, kinds: ['form.submitted'], count: 1 };
    case 'attribute':
      return { type, id, label, attribute: 'country', test: { in: [] } };
    case 'confirmation':
      return { type, id, label, subject: 'need' };
  }
}

/** Of a tree no other part of which needs to be known. */
const freshId = () => `criterion-${crypto.randomUUID().slice(0, 8)}`;
