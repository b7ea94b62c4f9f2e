import { browser } from 'wxt/browser';
import { matchesOrigin, siteById, sites } from '../sites/index.ts';
import type { SiteState } from './site-state.ts';
import { type EnabledSite, enabledSitesItem, settingsItem } from './storage.ts';

/** Whether a site's script may speak from this address: the site is core, or switched on and granted there. */
export async function mayActAs(siteId: string, url: URL): Promise<boolean> {
  return (await sitesAt(url)).some(({ site }) => site === siteId);
}

/** The sites whose scripts run at this address, and by which entry those that were switched on. */
export async function sitesAt(url: URL): Promise<{ site: string; entry?: string }[]> {
  const at = (patterns: readonly string[]) => patterns.some((pattern) => matchesOrigin(pattern, url));
  const core = sites.filter((site) => site.core && at(site.matches));
  const enabled = (await enabledSitesItem.get()).filter((entry) => entry.granted && at(entry.patterns));
  return [...core.map(({ id }) => ({ site: id })), ...enabled.map(({ id, site }) => ({ site, entry: id }))];
}

/** Every site, and where it is switched on. */
export async function listSites(): Promise<SiteState[]> {
  const enabled = await enabledSitesItem.get();
  const { sitesOff } = await settingsItem.get();
  const revoked = await revokedSites();
  return sites.map(({ id, label, kind, core, matches }) => ({
    id,
    label,
    kind,
    core: core === true,
    off: sitesOff.includes(id),
    ...(revoked.includes(id) && { revoked: true as const }),
    patterns: [...matches],
    on: enabled
      .filter(({ site }) => site === id)
      .map(({ id: entryId, patterns, granted }) => ({ id: entryId, patterns, granted })),
  }));
}

/** The sites that came with the extension and on whose pages the browser's user does not let it run. */
export async function revokedSites(): Promise<string[]> {
  // Chrome names the pages of content scripts here, but denies them when asked for one (154).
  const { origins = [] } = await browser.permissions.getAll();
  const missing: string[] = [];
  for (const { id, core, matches } of sites) {
    if (!core || matches.every((pattern) => origins.includes(pattern))) continue;
    // Whoever has allowed all pages has allowed these.
    if (!(await browser.permissions.contains({ origins: [...matches] }))) missing.push(id);
  }
  return missing;
}

/**
 * Notes that a site should work at these origins. Its own go together; one that the user has named is an
 * entry of its own, and takes the place of another site's there: one address is one system.
 */
export async function addEnabled(siteId: string, patterns: readonly string[]): Promise<void> {
  const site = siteById(siteId);
  if (site === undefined) return;
  const entries = await enabledSitesItem.get();
  const isOwn = patterns.every((pattern) => site.matches.includes(pattern));
  const added = isOwn
    ? [newEntry(site.id, site.id, patterns)]
    : patterns.map((pattern) =>
        newEntry(site.id, `${site.id}:${new URL(pattern.replace('*.', '')).host}`, [pattern]),
      );
  const kept = entries.filter((entry) => entry.site === siteId || !isOneOf(patterns, entry.patterns));
  const byId = new Map(kept.map((entry) => [entry.id, entry]));
  for (const entry of added) {
    const before = byId.get(entry.id);
    // The same host by another protocol.
    const all = new Set([...(before?.patterns ?? []), ...entry.patterns]);
    byId.set(entry.id, { ...entry, ...before, patterns: [...all] });
  }
  await enabledSitesItem.set([...byId.values()]);
}

const isOneOf = (patterns: readonly string[], others: readonly string[]) =>
  others.length === 1 && patterns.includes(others[0]!);

const newEntry = (site: string, id: string, patterns: readonly string[]): EnabledSite => ({
  id,
  site,
  patterns: [...patterns],
  granted: false,
});

/** Keeps what the user has pointed at on the pages of this address. */
export async function keepPicked(siteId: string, url: URL, picked: EnabledSite['picked']): Promise<void> {
  const entries = await enabledSitesItem.get();
  await enabledSitesItem.set(
    entries.map((entry) =>
      entry.site === siteId && entry.patterns.some((pattern) => matchesOrigin(pattern, url))
        ? { ...entry, ...(picked && { picked }) }
        : entry,
    ),
  );
}

/** Asks the browser which of these origins it has granted, and notes it. Returns the entries as they are now. */
export async function checkGrants(): Promise<EnabledSite[]> {
  const before = await enabledSitesItem.get();
  const entries = await Promise.all(
    before.map(async (entry) => ({
      ...entry,
      granted: await browser.permissions.contains({ origins: entry.patterns }),
    })),
  );
  if (JSON.stringify(entries) !== JSON.stringify(before)) await enabledSitesItem.set(entries);
  return entries;
}
