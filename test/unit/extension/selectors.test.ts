import { JSDOM } from 'jsdom';
import { beforeEach, expect, it } from 'vitest';
import type { SelectorPack } from '../../../utils/contract/selector-pack.ts';
import { keepPicked } from '../../../utils/extension/enabled-sites.ts';
import { selectorsFor, syncPacks } from '../../../utils/extension/selectors.ts';
import { listReports, noteReading } from '../../../utils/extension/site-reports.ts';
import { enabledSitesItem, forgetItems } from '../../../utils/extension/storage.ts';
import { siteById } from '../../../utils/sites/index.ts';
import { usableSelectors } from '../../../utils/sites/usable-selectors.ts';

const url = new URL('https://crm.customer.example/odoo/crm/42');
const [name, second] = Object.keys(siteById('odoo')!.selectors) as [string, string];
const pack = (site: string, selectors: SelectorPack['selectors'], version = 1): SelectorPack => ({
  site,
  selectors,
  version,
  at: '2026-11-22T10:00:00.000Z',
  by: { id: '01990000-0000-7000-8000-000000000001', name: 'Ada' },
});
const sync = (...packs: SelectorPack[]) =>
  syncPacks(() => Promise.resolve({ ok: true as const, value: { packs } }));

beforeEach(() => forgetItems());

it('keeps what readers of ours ask for, and tells whether anything is new', async () => {
  expect(
    await sync(pack('odoo', { [name]: ['.new'], unheardOf: ['.x'] }), pack('nobody', { a: ['.b'] })),
  ).toBe(true);
  expect(await selectorsFor('odoo', url)).toEqual({ [name]: ['.new'] });
  expect(await selectorsFor('gmail', url)).toEqual({});
  expect(await sync(pack('odoo', { [name]: ['.new'] }))).toBe(false);
  expect(await syncPacks(() => Promise.resolve({ ok: false, error: { kind: 'offline' } }))).toBe(false);
  expect(await sync()).toBe(true);
  expect(await selectorsFor('odoo', url)).toEqual({});
});

it('takes what the user has pointed at before the pack, on the pages of that address only', async () => {
  const entry = { id: 'odoo:x', site: 'odoo', patterns: ['https://crm.customer.example/*'], granted: true };
  await enabledSitesItem.set([entry]);
  await sync(pack('odoo', { [name]: ['.pack'], [second]: ['.second'] }));
  await keepPicked('odoo', url, { [name]: ['.picked'] });
  expect(await selectorsFor('odoo', url)).toEqual({ [name]: ['.picked'], [second]: ['.second'] });
  const elsewhere = new URL('https://other.customer.example/');
  expect(await selectorsFor('odoo', elsewhere)).toEqual({ [name]: ['.pack'], [second]: ['.second'] });
});

it('reports how reading went, without anybody’s data', async () => {
  await sync(pack('odoo', { [name]: ['.new'] }, 7));
  await noteReading('odoo', {
    site: 'odoo',
    view: 'record',
    account: 'alex@nordlicht.example',
    people: [{ key: 'a', role: 'record', email: 'lead@customer.example', name: 'Lena' }],
    readers: [{ role: 'record', won: [1], disagreed: 0 }],
  });
  const [report] = await listReports();
  expect(report).toMatchObject({ site: 'odoo', view: 'record', people: 1, packVersion: 7 });
  expect(JSON.stringify(report)).not.toMatch(/Lena|lead@|alex@/u);
  await noteReading('odoo', null);
  expect(await listReports()).toMatchObject([
    { view: null, people: 0, readers: [{ role: 'record', won: [1], disagreed: 0 }] },
  ]);
});

it('drops in the page what is no selector, and keeps the rest', () => {
  const { document } = new JSDOM('').window;
  const pack = { [name]: ['[data-id]', 'td:nth-child('], [second]: ['.second'], third: ['>>>'] };
  expect(usableSelectors(document, pack)).toEqual({ [second]: ['.second'] });
});
