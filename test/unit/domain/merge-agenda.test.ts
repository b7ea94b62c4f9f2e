import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AgendaItem } from '../../../utils/contract/agenda.ts';
import { mergeAgenda } from '../../../utils/domain/merge-agenda.ts';

const item = (id: string, rest: Partial<AgendaItem> = {}): AgendaItem => ({
  id,
  section: 'other',
  text: '',
  notes: '',
  done: false,
  decisions: [],
  ...rest,
});
const agenda = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    section: fc.constant('other' as const),
    text: fc.constantFrom('', 'one', 'two'),
    notes: fc.constantFrom('', 'n', 'm'),
    done: fc.boolean(),
    decisions: fc.constant([] as AgendaItem['decisions']),
  }),
  { selector: ({ id }) => id },
);
const sorted = (items: readonly AgendaItem[]) =>
  items.toSorted((one, other) => one.id.localeCompare(other.id));

it('takes what only one side has changed, from either side', () => {
  const base = [item('a'), item('b'), item('c')];
  const ours = [item('a', { notes: 'ours' }), item('b'), item('c')];
  const theirs = [item('a', { done: true }), item('b', { text: 'theirs' }), item('d')];
  expect(mergeAgenda(base, ours, theirs)).toEqual({
    items: [item('a', { notes: 'ours', done: true }), item('b', { text: 'theirs' }), item('d')],
    conflicts: new Map(),
  });
});

it('keeps ours of what both have changed, and says what theirs was', () => {
  const theirs = item('a', { notes: 'theirs' });
  const { items, conflicts } = mergeAgenda([item('a')], [item('a', { notes: 'ours' })], [theirs]);
  expect(items).toEqual([item('a', { notes: 'ours' })]);
  expect(conflicts).toEqual(new Map([['a', theirs]]));
});

it('keeps what one side removed and the other changed', () => {
  const base = [item('a'), item('b')];
  expect(mergeAgenda(base, [item('b')], [item('a', { text: 'new' }), item('b')]).items).toHaveLength(2);
  expect(mergeAgenda(base, [item('a', { text: 'new' }), item('b')], [item('b')]).items).toHaveLength(2);
});

it('follows whoever has moved something', () => {
  const [a, b, c] = [item('a'), item('b'), item('c')];
  expect(mergeAgenda([a, b, c], [c, a, b], [a, b, c]).items).toEqual([c, a, b]);
  expect(mergeAgenda([a, b, c], [a, b, c], [b, a, c]).items).toEqual([b, a, c]);
});

it('changes nothing where only one side did, whatever they did', () => {
  fc.assert(
    fc.property(agenda, agenda, (base, changed) => {
      expect(mergeAgenda(base, changed, base)).toEqual({ items: changed, conflicts: new Map() });
      const { items, conflicts } = mergeAgenda(base, base, changed);
      expect(sorted(items)).toEqual(sorted(changed));
      expect(conflicts.size).toBe(0);
    }),
  );
});

it('loses no word of either side', () => {
  fc.assert(
    fc.property(agenda, agenda, agenda, (base, ours, theirs) => {
      const { items, conflicts } = mergeAgenda(base, ours, theirs);
      const all = JSON.stringify([items, [...conflicts.values()]]);
      for (const side of [ours, theirs]) {
        for (const one of side) {
          const old = base.find(({ id }) => id === one.id);
          for (const field of ['text', 'notes'] as const) {
            if (one[field] !== old?.[field]) expect(all).toContain(JSON.stringify(one[field]));
          }
        }
      }
    }),
  );
});
