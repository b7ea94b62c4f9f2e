import { matchesOrigin } from '../sites/index.ts';
import type { SelectorTable } from './site-state.ts';
import { enabledSitesItem } from './storage.ts';

/** The selectors that replace a site's own at this address: what the user has pointed at wins. */
export async function selectorsFor(siteId: string, url: URL): Promise<SelectorTable> {
  const entry = (await enabledSitesItem.get()).find(
    ({ site, patterns }) => site === siteId && patterns.some((pattern) => matchesOrigin(pattern, url)),
  );
  return { ...entry?.picked };
}
