import { expect, it } from 'vitest';
import type { Plan } from '../../../utils/contract/plan.ts';
import { isAsked, isOpen, opinionCounts } from '../../../utils/domain/plan-progress.ts';

const now = Date.parse('2026-11-20T09:00:00.000Z');
const ria = { id: 'ria', name: 'Ria', team: 'sales' } as const;
const plan: Plan = {
  id: 'plan',
  title: 'Mailing',
  details: 'To everybody',
  goesOutAt: '2026-12-01T00:00:00.000Z',
  opinionsUntil: '2026-11-25T00:00:00.000Z',
  by: { id: 'mia', name: 'Mia' },
  at: '2026-11-19T00:00:00.000Z',
  opinions: [{ opinion: 'doubts', by: { id: 'ron', name: 'Ron' }, at: '2026-11-19T00:00:00.000Z' }],
  silent: 1,
};
const decision = { outcome: 'dropped', text: 'No.', by: plan.by, at: plan.at } as const;

it('asks whoever of sales has said nothing, while opinions count', () => {
  expect(isAsked(plan, ria, now)).toBe(true);
  expect(isAsked(plan, { ...ria, id: 'ron' }, now)).toBe(false);
  expect(isAsked(plan, { ...ria, team: 'marketing' }, now)).toBe(false);
  expect(isAsked({ ...plan, decision }, ria, now)).toBe(false);
  expect(isOpen(plan, Date.parse(plan.opinionsUntil))).toBe(false);
});

it('counts opinions', () => {
  expect(opinionCounts(plan)).toEqual({ good: 0, doubts: 1, 'please-not': 0 });
});
