import { SourceError } from './source-error.ts';
import type { SourceRequestOptions } from './source-request.ts';

/**
 * Where a request goes: a path below the base address, or a whole address of the same origin, such as a next page's.
 *
 * @throws SourceError `not-found` where the base is no address, `unreadable` where the system led elsewhere.
 */
export function sourceAddress(
  baseUrl: string,
  path: string,
  query: SourceRequestOptions<unknown>['query'] = {},
): URL {
  const base = URL.parse(baseUrl);
  if (!base || !/^https?:$/.test(base.protocol) || base.username !== '' || base.password !== '')
    throw new SourceError('not-found', { detail: 'the address in the settings' });
  const url = URL.parse(path.startsWith('/') ? `${baseUrl}${path}` : path);
  if (url?.origin !== base.origin)
    throw new SourceError('unreadable', { detail: 'an address outside the system' });
  for (const [name, value] of Object.entries(query))
    for (const one of value === undefined ? [] : [value].flat()) url.searchParams.append(name, String(one));
  return url;
}

/** A path as it may be shown: without its query and without anybody's address. */
export function shownPath(url: URL): string {
  return url.pathname
    .split('/')
    .map((part) => (/@|%40/i.test(part) ? '…' : part))
    .join('/');
}
