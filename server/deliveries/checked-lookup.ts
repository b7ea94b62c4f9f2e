import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { mayConnectTo } from './target-addresses.ts';

/** Finds the addresses behind a name; replaced in tests. */
export type Resolve = (
  host: string,
  options: LookupAllOptions,
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

export const resolveBySystem: Resolve = (host, options, done) => lookup(host, options, done);

/** A name leads to an address that must not be connected to. */
export class RefusedTargetError extends Error {}

/** A number is connected to without asking for its address, so it is looked at before. */
export function isRefusedNumber({ hostname }: URL, allowPrivate: boolean): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) !== 0 && !mayConnectTo(host, allowPrivate);
}

/**
 * Resolves as usual, but refuses a name as soon as one of its addresses must not be connected to. What is checked is
 * what is connected to, so that a name cannot lead elsewhere a moment later.
 */
export function checkedLookup(allowPrivate: boolean, resolve: Resolve = resolveBySystem): LookupFunction {
  return (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const [first] = error ? [] : addresses;
      if (error || !first) return callback(error ?? new Error('no address'), '', 4);
      if (!addresses.every(({ address }) => mayConnectTo(address, allowPrivate))) {
        return callback(new RefusedTargetError('The address is not allowed.'), '', 4);
      }
      return options.all === true ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}
