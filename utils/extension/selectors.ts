import { matchesOrigin, siteById } from '../sites/index.ts';
import type { Result } from './failure.ts';
import type { SelectorTable } from './site-state.ts';
import { enabledSitesItem, selectorPacksItem } from './storage.ts';
import type { SelectorPack } from '../contract/selector-pack.ts';

/**
 * The selectors that replace a site's own at this address: those of its pack, and before them what the user
 * has pointed at. Whether they are selectors at all is for the page to see: here is no document to try.
 */
export async function selectorsFor(siteId: string, url: URL): Promise<SelectorTable> {
  const entry = (await enabledSitesItem.get()).find(
    ({ site, patterns }) => site === siteId && patterns.some((pattern) => matchesOrigin(pattern, url)),
  );
  const pack = (await selectorPacksItem.get()).find(({ site }) => site === siteId);
  return { ...pack?.selectors, ...entry?.picked };
}

/** Fetches the hub's selector packs; true when they are others than before. */
export async function syncPacks(
  fetchPacks: () => Promise<Result<{ packs: SelectorPack[] }>>,
): Promise<boolean> {
  const answer = await fetchPacks();
  if (!answer.ok) return false;
  const packs = answer.value.packs.flatMap(({ site, version, selectors }) => {
    const own = siteById(site)?.selectors;
    if (own === undefined) return [];
    // A list that no reader of ours asks for is for another version of the extension.
    const known = Object.entries(selectors).filter(([name]) => Object.hasOwn(own, name));
    return [{ site, version, selectors: Object.fromEntries(known) }];
  });
  const before = await selectorPacksItem.get();
  if (JSON.stringify(packs) === JSON.stringify(before)) return false;
  await selectorPacksItem.set(packs);
  return true;
}
