import type { PageReading } from '../contract/page-reading.ts';
import { gmail } from './gmail.ts';
import type { Site } from './site.ts';

/** Every site, and the only list of them: manifest, permissions and content script come from here. */
export const sites: readonly Site[] = [gmail];

/** The site an address belongs to, by its match patterns (`https://host/*` or `https://*.host/*`). */
export function siteFor(url: URL): Site | undefined {
  return sites.find((site) => site.matches.some((pattern) => matchesOrigin(pattern, url)));
}

/** Who is on this page; `null` for a page of no site or one that shows nobody. */
export function readPage(document: Document, url: URL): PageReading | null {
  return siteFor(url)?.read(document, url) ?? null;
}

function matchesOrigin(pattern: string, url: URL): boolean {
  const [, scheme, host] = /^(https?):\/\/([^/]+)\/\*$/u.exec(pattern) ?? [];
  if (`${scheme}:` !== url.protocol || host === undefined) return false;
  return host.startsWith('*.') ? url.hostname.endsWith(host.slice(1)) : url.hostname === host;
}
