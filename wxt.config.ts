import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defineConfig } from 'wxt';
import { sites } from './utils/sites/index.ts';
import type { Site } from './utils/sites/site.ts';

/**
 * Fixes the extension's id (ogfcplhhlhpfigliklhffgopgfjeejkd) for unpacked installs, so that the hub can
 * name the one origin it lets in. Only the public half of the key exists; stores sign with their own.
 */
const publicKey =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArxeWBFAG3fYuQpLBx07oJFAobCCSRuqJEl1WTcPlKJqQrFedh0ePdd1GrDusPfZt8h3nCJ3eKDc2Axj0wMoFeUdS0+jUoXVVOuVGmWSTyOYnk8M0ElKDoGY6W5RAbPGIHqgL10C4/QqV1kWx3NLBq0MeXgDIQxNL9J0kSFBrv+m3pTNo5fWV/DEbzSvcAEocYRBa6SJeYXzdMzQqkQ4hihc9QQHPLcJ39RXBVD59V8p+xMnFW9Vl/UWFtSEmrVEIk49bECB3885iKnMu1t9x0tVoh6xTP39QDorvlJsmO0+SOJfluDixTg6HIB9OOozsT4h6pqBcOdznVK7DDyjn6QIDAQAB';

/**
 * A content script for each site, so that a page loads the one reader it needs. Core sites stand in the
 * manifest; the others are registered once the user has switched them on (utils/extension/site-scripts.ts).
 */
const contentScript = ({
  id,
  core,
  matches,
  frames,
}: Site) => `import { defineContentScript } from 'wxt/utils/define-content-script';
import { startOverlay } from '../../entrypoints/overlay/start-overlay.ts';
import { ${camelCase(id)} } from '../../utils/sites/${id}.ts';
export default defineContentScript({
  ${core ? `matches: ${JSON.stringify(matches)},` : "registration: 'runtime',"}
  runAt: 'document_idle',
  ${frames ? 'allFrames: true, matchOriginAsFallback: true,' : ''}
  main: (context) => startOverlay(context, ${camelCase(id)}),
});
`;
const camelCase = (id: string) => id.replace(/-(\w)/gu, (_, letter: string) => letter.toUpperCase());

export default defineConfig({
  hooks: {
    'entrypoints:found': async ({ config }, found) => {
      const folder = join(config.wxtDir, 'sites');
      await mkdir(folder, { recursive: true });
      for (const site of sites) {
        const inputPath = join(folder, `${site.id}.content.ts`);
        await writeFile(inputPath, contentScript(site));
        found.push({ name: site.id, inputPath, type: 'content-script' });
      }
    },
    // The browsers we run in answer by promises anyway: 10 kB less in every page.
    'vite:build:extendConfig': (entrypoints, config) => {
      if (entrypoints.some(({ type }) => type === 'content-script')) {
        config.resolve = { ...config.resolve, alias: { 'wxt/browser': 'wxt/browser' } };
        // WXT's watcher of the address is in every script, and used by none of ours (utils/extension/navigation.ts).
        config.plugins?.push({
          name: 'without-location-watcher',
          load: (id) =>
            /location-watcher\.mjs$/u.test(id) ? 'export const createLocationWatcher = () => {};' : null,
        });
      }
    },
  },
  modules: ['@wxt-dev/module-react', '@wxt-dev/webextension-polyfill', '@wxt-dev/i18n/module'],
  imports: false,
  manifest: ({ browser }) => ({
    name: '__MSG_extension_name__',
    description: '__MSG_extension_description__',
    default_locale: 'en',
    ...(browser === 'chrome' ? { key: publicKey, minimum_chrome_version: '120' } : {}),
    permissions: [
      'storage',
      'alarms',
      'scripting',
      'activeTab',
      'identity',
      ...(browser === 'chrome' ? ['sidePanel'] : []),
    ],
    // Every company's CRM has an address of its own. Asked for one origin at a time, when the user names it.
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    action: { default_title: '__MSG_extension_name__' },
    commands: {
      'toggle-panel': {
        suggested_key: { default: 'Alt+Shift+T' },
        description: '__MSG_extension_togglePanel__',
      },
      // Gets the keys of the other where the user has chosen the sidebar (utils/extension/side-panel.ts).
      ...(browser === 'firefox'
        ? { _execute_sidebar_action: { description: '__MSG_extension_toggleSidebar__' } }
        : {}),
    },
    web_accessible_resources: [
      {
        resources: ['panel.html'],
        matches: ['https://*/*', 'http://*/*'],
        // A new address per session, so that no page can frame or probe the panel by a known one.
        ...(browser === 'chrome' ? { use_dynamic_url: true } : {}),
      },
    ],
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'tandem@tandem.example',
              // Shows the user at install what is sent, on every device (extensionworkshop.com, 2026-10).
              strict_min_version: '142.0',
              data_collection_permissions: {
                required: ['personallyIdentifyingInfo', 'authenticationInfo', 'websiteActivity'],
              },
            },
          },
        }
      : {}),
  }),
  zip: { excludeSources: ['server/**', 'test/**', 'demo/**'] },
});
