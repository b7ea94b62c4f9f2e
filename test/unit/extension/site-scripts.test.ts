import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { listSites, sitesAt } from '../../../utils/extension/enabled-sites.ts';
import {
  injectCore,
  reconcile,
  reconcileAndInject,
  switchOff,
  switchOn,
} from '../../../utils/extension/site-scripts.ts';
import { enabledSitesItem, forgetItems, tabSessionItem } from '../../../utils/extension/storage.ts';
import { takeReading } from '../../../utils/extension/tab-session.ts';

interface Script {
  id: string;
  matches?: string[];
  js?: string[];
  allFrames?: boolean;
}

/** The browser's part: what it has granted, and which scripts it would start. */
let granted: Set<string>;
let registered: Script[];
const injected = vi.fn();
const sent = vi.fn();

const ODOO = 'https://crm.customer.example/*';
const odoo = () => switchOn('odoo', [ODOO]);
const statesOf = async (id: string) => (await listSites()).find((site) => site.id === id)?.on;

beforeEach(() => {
  forgetItems();
  granted = new Set();
  registered = [];
  injected.mockReset();
  sent.mockReset();
  const { permissions, scripting, tabs } = fakeBrowser;
  vi.spyOn(permissions, 'contains').mockImplementation((({ origins }: { origins: string[] }) =>
    Promise.resolve(origins.every((origin) => granted.has(origin)))) as never);
  vi.spyOn(permissions, 'remove').mockImplementation((({ origins }: { origins: string[] }) => {
    origins.forEach((origin) => granted.delete(origin));
    return Promise.resolve(true);
  }) as never);
  vi.spyOn(scripting, 'getRegisteredContentScripts').mockImplementation(() => Promise.resolve(registered));
  vi.spyOn(scripting, 'registerContentScripts').mockImplementation(((scripts: Script[]) => {
    registered.push(...scripts);
    return Promise.resolve();
  }) as never);
  vi.spyOn(scripting, 'unregisterContentScripts').mockImplementation((({ ids }: { ids: string[] }) => {
    registered = registered.filter(({ id }) => !ids.includes(id));
    return Promise.resolve();
  }) as never);
  vi.spyOn(scripting, 'executeScript').mockImplementation(({ target }: { target: unknown }) => {
    injected(target);
    return Promise.resolve([]);
  });
  vi.spyOn(tabs, 'query').mockImplementation(() => Promise.resolve([{ id: 5 }]));
  vi.spyOn(tabs, 'sendMessage').mockImplementation((tabId: number, notice: unknown) => {
    sent(tabId, notice);
    return Promise.resolve();
  });
});

it('says which core sites were taken back, and starts them in open tabs when they are allowed again', async () => {
  vi.spyOn(fakeBrowser.permissions, 'getAll').mockResolvedValue({ origins: [] } as never);
  const revoked = (await listSites()).filter((site) => site.revoked).map(({ id }) => id);
  expect(revoked).toEqual(['gmail', 'outlook']);

  // The script is there already.
  await injectCore(['https://mail.google.com/*']);
  expect(injected).not.toHaveBeenCalled();
  vi.spyOn(fakeBrowser.tabs, 'sendMessage').mockRejectedValue(new Error('Nobody is there.'));
  await injectCore(['https://mail.google.com/*']);
  expect(injected).toHaveBeenCalledExactlyOnceWith({ tabId: 5, allFrames: false });
});

describe('switching a site on', () => {
  it('is a wish until the browser has granted it', async () => {
    await odoo();
    expect(registered).toEqual([]);
    expect(injected).not.toHaveBeenCalled();
    expect(await statesOf('odoo')).toMatchObject([{ patterns: [ODOO], granted: false }]);
    expect(await sitesAt(new URL('https://crm.customer.example/odoo'))).toEqual([]);
  });

  it('comes true when it has, also in the tabs that are open there, once', async () => {
    await odoo();
    granted.add(ODOO);
    await Promise.all([reconcileAndInject(), reconcileAndInject()]);
    expect(registered).toMatchObject([
      { id: 'odoo:crm.customer.example', matches: [ODOO], js: ['/content-scripts/odoo.js'] },
    ]);
    expect(injected).toHaveBeenCalledTimes(1);
    expect(await sitesAt(new URL('https://crm.customer.example:8069/odoo'))).toEqual([
      { site: 'odoo', entry: 'odoo:crm.customer.example' },
    ]);
  });

  it('takes all of a site’s own origins together', async () => {
    const hubspot = (await listSites()).find(({ id }) => id === 'hubspot')!;
    hubspot.patterns.forEach((pattern) => granted.add(pattern));
    await switchOn('hubspot', hubspot.patterns);
    expect(registered).toMatchObject([{ id: 'hubspot', matches: hubspot.patterns }]);
  });

  it('reads in frames only where the site has some', async () => {
    granted.add(ODOO);
    const mail = 'https://mail.customer.example/*';
    granted.add(mail);
    await odoo();
    await switchOn('roundcube', [mail]);
    expect(registered.map(({ allFrames }) => allFrames)).toEqual([undefined, true]);
  });

  it('lets one address be one system', async () => {
    granted.add(ODOO);
    await odoo();
    await switchOn('espocrm', [ODOO]);
    expect(registered.map(({ id }) => id)).toEqual(['espocrm:crm.customer.example']);
  });

  it('does not know sites that are not there', async () => {
    await switchOn('no-such-site', [ODOO]);
    expect(await enabledSitesItem.get()).toEqual([]);
  });
});

describe('switching a site off', () => {
  const address = 'https://crm.customer.example/odoo';
  beforeEach(async () => {
    granted.add(ODOO);
    await odoo();
    await takeReading({ tabId: 5, frameId: 0, address }, 'odoo', null);
  });

  it('leaves its pages, gives its origin back and forgets it', async () => {
    await switchOff('odoo:crm.customer.example');
    expect(registered).toEqual([]);
    expect(granted.size).toBe(0);
    expect(await enabledSitesItem.get()).toEqual([]);
    expect(sent).toHaveBeenCalledWith(5, { notice: 'page.leave', site: 'odoo' });
    expect(await tabSessionItem(5).get()).toBeNull();
  });

  it('happens also when the browser takes its origin back, and is remembered as a wish', async () => {
    granted.clear();
    await reconcile();
    expect(registered).toEqual([]);
    expect(sent).toHaveBeenCalledWith(5, { notice: 'page.leave', site: 'odoo' });
    expect(await statesOf('odoo')).toMatchObject([{ granted: false }]);
  });

  it('keeps an origin that another entry needs', async () => {
    const both = [ODOO, 'https://second.customer.example/*'];
    granted.add(both[1]!);
    await enabledSitesItem.set([
      ...(await enabledSitesItem.get()),
      { id: 'both', site: 'espocrm', patterns: both, granted: true },
    ]);
    await switchOff('odoo:crm.customer.example');
    expect([...granted]).toEqual(both);
    expect(sent).toHaveBeenCalledWith(5, { notice: 'page.leave', site: 'odoo' });
  });

  it('touches nothing else', async () => {
    registered.push({ id: 'left-over' });
    await switchOff('no-such-entry');
    expect(registered.map(({ id }) => id)).toContain('odoo:crm.customer.example');
    await reconcile();
    expect(registered.map(({ id }) => id)).toEqual(['odoo:crm.customer.example']);
    expect(sent).not.toHaveBeenCalled();
  });
});
