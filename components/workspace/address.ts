import { useSyncExternalStore } from 'react';

/** The parts of the workspace, as the address names them: `#campaigns/0192…?reason=budget`. */
export const parts = ['inbox', 'campaigns', 'report', 'agreement', 'agenda', 'people', 'import'] as const;
export type Part = (typeof parts)[number];

export interface Address {
  part: Part;
  /** What follows the part: which one of it is shown. */
  path: readonly string[];
  /** Filters, so that a list can be sent to somebody as it is. Nothing personal. */
  query: URLSearchParams;
}

/**
 * Where the hash of an address leads; whatever nobody knows leads to the inbox. Places within a page are named after its
 * part (`#agreement-reasons`), and the browser goes there by itself.
 */
export function parseAddress(hash: string): Address {
  const [place = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const [first = '', ...path] = place.split('/').filter((step) => step !== '');
  const part = parts.find((name) => name === first.split('-')[0]);
  return { part: part ?? 'inbox', path: part ? path : [], query: new URLSearchParams(query) };
}

export function writeAddress({
  part,
  path = [],
  query,
}: Pick<Address, 'part'> & Partial<Address>): `#${string}` {
  const filters = query?.toString();
  return `#${[part, ...path].join('/')}${filters ? `?${filters}` : ''}`;
}

const subscribe = (changed: () => void) => {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
};

export function useAddress(): Address {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return parseAddress(hash);
}

/** Goes there as a link does: the way back leads to where one was. */
export function goTo(address: Parameters<typeof writeAddress>[0]): void {
  location.hash = writeAddress(address);
}

/** Changes filters without a step of the way back for each. */
export function setQuery({ part, path }: Address, query: URLSearchParams): void {
  history.replaceState(null, '', writeAddress({ part, path, query }));
  dispatchEvent(new HashChangeEvent('hashchange'));
}
