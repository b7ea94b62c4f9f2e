import type { AgendaItem } from '../contract/agenda.ts';

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
const FIELDS = ['text', 'notes', 'done', 'decisions'] as const;

/**
 * What two people have made of one agenda, in one: what only one of them changed is as they changed it. Where both
 * changed the same field ours stays, and theirs is returned beside it. What one removed and the other changed stays.
 *
 * @returns the items, and by id theirs of those that both have changed.
 */
export function mergeAgenda(
  base: readonly AgendaItem[],
  ours: readonly AgendaItem[],
  theirs: readonly AgendaItem[],
): { items: AgendaItem[]; conflicts: Map<string, AgendaItem> } {
  const before = byId(base);
  const other = byId(theirs);
  const own = byId(ours);
  const conflicts = new Map<string, AgendaItem>();

  const kept = (item: AgendaItem): AgendaItem | null => {
    const old = before.get(item.id);
    const [mine, their] = [own.get(item.id), other.get(item.id)];
    if (mine && their) {
      const { item: merged, clash } = mergeItem(old, mine, their);
      if (clash) conflicts.set(item.id, their);
      return merged;
    }
    // Only one of us has it: new, or removed by the other one.
    const left = mine ?? their;
    return left && (!old || !same(left, old)) ? left : null;
  };

  // The order of whoever has moved something; theirs where both have.
  const idsOf = (items: readonly AgendaItem[], among: ReadonlyMap<string, unknown>) =>
    items.map(({ id }) => id).filter((id) => among.has(id));
  const theyMoved = !same(idsOf(theirs, before), idsOf(base, other));
  const [first, second] = theyMoved ? [theirs, ours] : [ours, theirs];
  const listed = new Set(first.map(({ id }) => id));
  const all = [...first, ...second.filter(({ id }) => !listed.has(id))];
  return { items: all.flatMap((item) => kept(item) ?? []), conflicts };
}

function mergeItem(
  base: AgendaItem | undefined,
  mine: AgendaItem,
  their: AgendaItem,
): { item: AgendaItem; clash: boolean } {
  let clash = false;
  const item = { ...mine };
  for (const field of FIELDS) {
    if (same(mine[field], their[field])) continue;
    if (base && same(mine[field], base[field])) Object.assign(item, { [field]: their[field] });
    else if (!base || !same(their[field], base[field])) clash = true;
  }
  return { item, clash };
}

const byId = (items: readonly AgendaItem[]) => new Map(items.map((item) => [item.id, item]));
