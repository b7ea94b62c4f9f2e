import { browser, type Browser, type PublicPath } from 'wxt/browser';
import { siteById, sites } from '../sites/index.ts';
import { addEnabled, checkGrants, mayActAs } from './enabled-sites.ts';
import { askToLeave, isThere, notifyPages } from './notify.ts';
import { type EnabledSite, enabledSitesItem, tabSessionItem } from './storage.ts';
import { endSession } from './tab-session.ts';

type Script = Browser.scripting.RegisteredContentScript;
type ScriptFile = Extract<PublicPath, `${string}.js`>;
/** Made by the build out of the list of sites. */
const scriptFile = (path: string) => path as ScriptFile;

/** The wish to work at these origins; true at once where the browser has granted them already. */
export async function switchOn(site: string, patterns: readonly string[]): Promise<void> {
  await addEnabled(site, patterns);
  await reconcileAndInject();
}

/** Forgets a site's origins, gives them back to the browser, and leaves their pages. */
export async function switchOff(id: string): Promise<void> {
  const entries = await enabledSitesItem.get();
  const gone = entries.find((entry) => entry.id === id);
  if (gone === undefined) return;
  const left = entries.filter((entry) => entry !== gone);
  await enabledSitesItem.set(left);
  await reconcile();
  const used = new Set(left.flatMap(({ patterns }) => patterns));
  // A browser may refuse to take back what it never gave.
  const origins = gone.patterns.filter((pattern) => !used.has(pattern));
  if (origins.length > 0) await browser.permissions.remove({ origins }).catch(() => undefined);
}

/**
 * Registers the scripts of those sites that are switched on and granted, and no others; scripts that lost
 * their place leave their pages. Returns the entries whose scripts were not there before.
 */
export function reconcile(): Promise<EnabledSite[]> {
  return navigator.locks.request('site-scripts', async () => {
    const entries = (await checkGrants()).filter(({ granted }) => granted);
    const wanted = new Map(entries.map((entry) => [entry.id, scriptOf(entry)]));
    const registered = await browser.scripting.getRegisteredContentScripts();
    const stays = ({ id, matches }: Script) => sameSet(wanted.get(id)?.matches, matches);
    const gone = registered.filter((script) => !stays(script)).map(({ id }) => id);
    if (gone.length > 0) await browser.scripting.unregisterContentScripts({ ids: gone });
    const known = new Set(registered.filter(stays).map(({ id }) => id));
    const added = entries.filter(({ id }) => !known.has(id));
    if (added.length > 0)
      await browser.scripting.registerContentScripts(added.map(({ id }) => wanted.get(id)!));
    await leaveLostPages();
    notifyPages({ notice: 'sites.changed' });
    return added;
  });
}

/** The same; and what is new starts at once in the tabs that are open there. */
export async function reconcileAndInject(): Promise<void> {
  for (const entry of await reconcile()) {
    for (const { id } of await browser.tabs.query({ url: entry.patterns })) {
      if (id !== undefined) await inject(id, entry.site);
    }
  }
}

/** Sites that came with the extension and were just allowed again start at once in the tabs that are open there. */
export async function injectCore(origins: readonly string[] = []): Promise<void> {
  for (const site of sites) {
    if (!site.core || !site.matches.some((pattern) => origins.includes(pattern))) continue;
    for (const { id } of await browser.tabs.query({ url: [...site.matches] })) {
      if (id !== undefined && !(await isThere(id, 0))) await inject(id, site.id);
    }
  }
}

/** Starts a site's script in an open tab; false where the browser does not let it. */
function inject(tabId: number, siteId: string): Promise<boolean> {
  const target = { tabId, allFrames: siteById(siteId)?.frames === true };
  return browser.scripting.executeScript({ target, files: [fileOf(siteId)] }).then(
    () => true,
    () => false,
  );
}

/** Lets the user point at what a page shows people in. Works where the popup was opened, or a site is on. */
export async function injectPicker(tabId: number): Promise<void> {
  await browser.scripting.executeScript({ target: { tabId }, files: [scriptFile('/picker.js')] });
}

/** Whatever reported from an address where its site no longer may: its script leaves, its panel closes. */
async function leaveLostPages(): Promise<void> {
  for (const { id } of await browser.tabs.query({})) {
    const session = id === undefined ? null : await tabSessionItem(id).get();
    if (id === undefined || session === null) continue;
    for (const { site, address } of session.frames) {
      if (await mayActAs(site, new URL(address))) continue;
      await askToLeave(id, site);
      await endSession(id);
    }
  }
}

const sameSet = (wanted: string[] | undefined, present: string[] | undefined) =>
  wanted !== undefined && wanted.toSorted().join() === present?.toSorted().join();

const fileOf = (siteId: string) => scriptFile(`/content-scripts/${siteId}.js`);

function scriptOf({ id, site, patterns }: EnabledSite): Script {
  return {
    id,
    matches: patterns,
    js: [fileOf(site)],
    runAt: 'document_idle',
    persistAcrossSessions: true,
    ...(siteById(site)?.frames && { allFrames: true, matchOriginAsFallback: true }),
  };
}
