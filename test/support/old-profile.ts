import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXTENSION_FOLDER, extensionPage, launch } from '../../demo/launch.ts';

/** What an earlier version had stored in a browser. */
export interface OldState {
  /** `chrome.storage.local`, with WXT's notes of each item's version. */
  local: Record<string, unknown>;
  database: number;
  stores: Record<string, OldStore>;
}
interface OldStore {
  keyPath?: string;
  indexes?: string[];
  /** With keys of their own where there is no `keyPath`. */
  rows?: [value: unknown, key?: string][];
}

/** Fills a browser's profile as an earlier version of the extension left it, by an extension of the same id. */
export async function leaveOldProfile(profile: string, state: OldState): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-old-'));
  const { key } = JSON.parse(await readFile(join(EXTENSION_FOLDER, 'manifest.json'), 'utf8')) as {
    key: string;
  };
  const manifest = {
    ...{ manifest_version: 3, name: 'Tandem', version: '0.0.1', key, permissions: ['storage'] },
    // By another name than ours: Chromium would go on running this one.
    background: { service_worker: 'old.js' },
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'old.js'), '');
  await writeFile(join(folder, 'old.html'), '<!doctype html><title>old</title>');
  // That version opened no page by itself.
  const browser = await launch({ profile, headless: true, extensionFolder: folder, welcome: true });
  const page = await browser.newPage();
  await page.goto(extensionPage('old.html'));
  await page.evaluate(async ({ local, database, stores }) => {
    await (
      globalThis as unknown as { chrome: { storage: { local: { set(items: object): Promise<void> } } } }
    ).chrome.storage.local.set(local);
    await new Promise<void>((done, failed) => {
      const opening = indexedDB.open('tandem', database);
      opening.onupgradeneeded = () => {
        for (const [name, { keyPath, indexes = [], rows = [] }] of Object.entries(stores)) {
          const store = opening.result.createObjectStore(name, keyPath === undefined ? {} : { keyPath });
          for (const index of indexes) store.createIndex(index, index);
          for (const [value, rowKey] of rows) store.put(value, rowKey);
        }
      };
      opening.onerror = () => failed(opening.error ?? new Error('no database'));
      opening.onsuccess = () => {
        opening.result.close();
        done();
      };
    });
  }, state);
  await browser.close();
  await rm(folder, { recursive: true });
}
