import type { ExternalId } from '../../utils/contract/primitives.ts';

/** Somebody stored, as far as it matters for whether a row is about them. */
export interface Party {
  id: string;
  archived: boolean;
  records: ExternalId[];
  /** Whom a person has said they are not, by undoing a merge. */
  apartFrom: ReadonlySet<string>;
}

/** What an address or a record of a row leads to. */
export interface Link {
  party: Party;
  by: 'address' | 'record';
  /** Several people read this address: it says nothing of who somebody is. */
  shared: boolean;
}

export type RowLink =
  /** The row is about this person; null: about somebody new. */
  | { personId: string | null }
  /** It shows that two are one. */
  | { keptId: string; otherId: string }
  | { refused: string };

/**
 * Whom a row is about. Rather nobody than the wrong one: what is not certain is refused, for somebody to look at
 * (docs/decisions/0010-merging.md).
 */
export function linkRow(own: Party | null, links: readonly Link[], records: readonly ExternalId[]): RowLink {
  const foreign = links.filter(({ party }) => party.id !== own?.id);
  const [first] = foreign;
  if (!first) return { personId: own?.id ?? null };
  const refused = {
    refused: foreign.some(({ by }) => by === 'address')
      ? 'an address belongs to another person'
      : 'a record belongs to another person',
  };
  const others = [...new Map(foreign.map(({ party }) => [party.id, party])).values()];
  const parties = own ? [own, ...others] : others;
  if (
    foreign.some(({ shared }) => shared) ||
    parties.length > 2 ||
    parties.some(({ archived }) => archived)
  ) {
    return refused;
  }
  const [one, two] = parties;
  if (!one || !two) return contradict(first.party.records, records) ? refused : { personId: first.party.id };
  const isCertain =
    !contradict(one.records, two.records) &&
    !contradict(one.records, records) &&
    !contradict(two.records, records) &&
    !one.apartFrom.has(two.id) &&
    !two.apartFrom.has(one.id);
  if (!isCertain) return refused;
  // A record is the better key: who holds it stays.
  const holder = foreign.find(({ by }) => by === 'record')?.party ?? one;
  const kept = own ?? holder;
  return { keptId: kept.id, otherId: kept.id === one.id ? two.id : one.id };
}

/** Whether one system knows them as two. Where an installation is not said it may be the same. */
function contradict(some: readonly ExternalId[], others: readonly ExternalId[]): boolean {
  return some.some((one) =>
    others.some(
      (other) =>
        one.system === other.system &&
        one.type === other.type &&
        (one.tenant ?? other.tenant) === (other.tenant ?? one.tenant) &&
        one.id !== other.id,
    ),
  );
}
