import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
    'vite:build:extendConfig': (entrypoints, config) => {
      // Only the background answers messages by a promise, which the polyfill is for: 10 kB less in every page.
      if (!entrypoints.some(({ type }) => type === 'background')) {
        config.resolve = { ...config.resolve, alias: { 'wxt/browser': 'wxt/browser' } };
      }
      if (entrypoints.some(({ type }) => type === 'content-script')) {
        config.resolve = {
          ...config.resolve,
          alias: {
            'wxt/browser': 'wxt/browser',
            'wxt/utils/content-script-context': fileURLToPath(
              new URL('utils/extension/script-context.ts', import.meta.url),
            ),
          },
        };
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
    // Asked for when the user wants to be told.
    optional_permissions: ['notifications'],
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
  zip: {
    // Named one by one: what else lies in somebody's folder (settings, people's data) is nobody's business.
    includeSources: [
      ...['components', 'entrypoints', 'locales', 'public', 'utils'].map((folder) => `${folder}/**`),
      ...['package.json', 'package-lock.json', 'tsconfig.json', 'wxt.config.ts', 'LICENSE'],
      ...['release/make-packages.ts', 'docs/store/README.md', 'docs/privacy.md'],
    ],
  },
});
