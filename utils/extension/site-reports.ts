import type { PageReading } from '../contract/page-reading.ts';
import type { SiteReport } from './site-state.ts';
import { selectorPacksItem, siteReportsItem } from './storage.ts';

/** Notes how reading a site went, without anybody's data; a page that shows nobody takes nothing back. */
export async function noteReading(site: string, reading: PageReading | null): Promise<void> {
  const before = await siteReportsItem.get();
  const at = new Date().toISOString();
  const seen = reading ?? before[site];
  const report: SiteReport = {
    site,
    at,
    view: reading?.view ?? null,
    people: reading?.people.length ?? 0,
    readers: seen?.readers ?? [],
  };
  await siteReportsItem.set({ ...before, [site]: report });
}

/** How reading each site went last, the latest first. */
export async function listReports(): Promise<SiteReport[]> {
  const packs = new Map((await selectorPacksItem.get()).map(({ site, version }) => [site, version]));
  return Object.values(await siteReportsItem.get())
    .toSorted((a, b) => b.at.localeCompare(a.at))
    .map((report) => {
      const packVersion = packs.get(report.site);
      return { ...report, ...(packVersion !== undefined && { packVersion }) };
    });
}
