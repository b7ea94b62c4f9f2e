import type { Address } from '../address.ts';
import { PeopleSearch } from './people-search.tsx';
import { PersonPage } from './person-page.tsx';

/** Somebody's whole journey, or the search for them. */
export function PeopleView({ address }: { address: Address }) {
  const [id] = address.path;
  return id === undefined ? <PeopleSearch /> : <PersonPage key={id} id={id} address={address} />;
}
