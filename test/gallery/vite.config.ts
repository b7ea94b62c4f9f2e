import { generateChromeMessages, parseMessagesFile } from '@wxt-dev/i18n/build';
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const root = resolve(import.meta.dirname, '../..');
const texts = async (language: string) =>
  generateChromeMessages(await parseMessagesFile(resolve(root, `locales/${language}.yml`)));

const messages: Plugin = {
  name: 'gallery-messages',
  resolveId: (id) => (id === 'virtual:messages' ? '\0virtual:messages' : null),
  load: async (id) =>
    id === '\0virtual:messages'
      ? `export const messages = ${JSON.stringify({ en: await texts('en'), de: await texts('de') })}`
      : null,
};

/** The pages of the extension in an ordinary page, in every state; see gallery.spec.ts. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [messages],
  resolve: { alias: { '#i18n': resolve(root, '.wxt/i18n/index.ts') } },
  build: { outDir: resolve(root, '.output/gallery'), emptyOutDir: true, chunkSizeWarningLimit: 1000 },
  // Libraries' "use client" means nothing here, and each would be a warning.
  logLevel: 'error',
});
