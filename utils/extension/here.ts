import { browser } from 'wxt/browser';
import { siteById, siteFor, sites } from '../sites/index.ts';
import { revokedSites, sitesAt } from './enabled-sites.ts';
import { currentRules, whyOff } from './mailbox-rule.ts';
import type { Here, Passer } from './site-state.ts';
import { type TabSession, tabSessionItem } from './storage.ts';

const nowhere: Here = {
  tabId: null,
  host: null,
  pattern: null,
  patterns: [],
  site: null,
  state: 'not-a-page',
  view: null,
  leads: [],
  others: 0,
  panel: null,
};

/** What is to be said of the tab the user looks at; only for the popup, whose click lets us see its address. */
export async function here(): Promise<Here> {
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  const url = URL.parse(tab?.url ?? '');
  const tabId = tab?.id ?? null;
  if (tabId === null || url === null || !/^https?:$/u.test(url.protocol)) return { ...nowhere, tabId };
  const pattern = `${url.protocol}//${url.hostname}/*`;
  const address: Here = { ...nowhere, tabId, host: url.host, pattern, patterns: [pattern] };
  const running = await sitesAt(url);
  const session = await sessionAt(tabId, url);
  const on = running.find(({ site }) => site === session?.site) ?? running[0];
  if (on === undefined) {
    const own = siteFor(url);
    if (own !== undefined) return { ...address, site: own.id, patterns: [...own.matches], state: 'not-on' };
    return { ...address, site: await recognise(tabId), state: 'not-on' };
  }
  const place = { ...address, ...on };
  if ((await revokedSites()).includes(on.site))
    return { ...place, patterns: [...siteById(on.site)!.matches], state: 'revoked' };
  const rules = await currentRules();
  const off = rules.domains === null ? 'signed-out' : whyOff({ id: on.site }, rules);
  if (off !== null) return { ...place, state: off };
  if (session === null) return { ...place, state: 'reload' };
  return { ...place, state: stateOf(session, url), ...shownIn(session) };
}

/** The people on a tab's page who are no leads. */
export async function othersOn(tabId: number): Promise<Passer[]> {
  const session = await tabSessionItem(tabId).get();
  return session === null ? [] : others(session);
}

/** The tab's session, unless its page has been left since for one where no script of ours runs. */
async function sessionAt(tabId: number, url: URL): Promise<TabSession | null> {
  const session = await tabSessionItem(tabId).get();
  const top = session?.frames.find(({ frameId }) => frameId === 0);
  return top !== undefined && new URL(top.address).origin === url.origin ? session : null;
}

function stateOf(session: TabSession, url: URL): Here['state'] {
  if (session.dark !== null) return session.dark;
  const understood = session.view !== null || siteById(session.site)?.expectsPeople(url) !== true;
  return understood ? 'works' : 'not-understood';
}

function shownIn(session: TabSession): Pick<Here, 'account' | 'view' | 'leads' | 'others' | 'panel'> {
  const account = session.frames.find(({ reading }) => reading?.account !== undefined)?.reading?.account;
  const { collapsed, open } = session.dock;
  return {
    ...(account !== undefined && { account }),
    view: session.view,
    leads: session.leads.map(({ key, name, email, stage }) => ({ key, name: name ?? email ?? '', stage })),
    others: others(session).length,
    panel: open ? (collapsed ? 'folded' : 'open') : null,
  };
}

function others({ frames, leads }: TabSession): Passer[] {
  const known = new Set(leads.map(({ key }) => key));
  const people = frames.flatMap(({ reading }) => reading?.people ?? []);
  return people
    .filter(({ key }) => !known.has(key))
    .map(({ email, name, role }) => ({ ...(email && { email }), ...(name && { name }), role }));
}

/** The system whose signs the page bears, though it is at an address of its own; null where we may not look. */
async function recognise(tabId: number): Promise<string | null> {
  const signs = sites.flatMap((site) => (site.signs ? [[site.id, [...site.signs]] as const] : []));
  const look = (known: typeof signs) =>
    known.find(([, selectors]) => selectors.some((selector) => document.querySelector(selector)))?.[0] ??
    null;
  try {
    const [answer] = await browser.scripting.executeScript({ target: { tabId }, func: look, args: [signs] });
    return answer?.result ?? null;
  } catch {
    return null;
  }
}
