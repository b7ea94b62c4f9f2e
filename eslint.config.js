import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** `wall('utils/domain', ['**/server/**'], 'why')`: files of a folder may not import these. */
const wall = (folder, group, message) => ({
  files: [`${folder}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: [{ group: ['**/entrypoints/**'], message: 'Nothing imports entrypoints.' }, { group, message }] },
    ],
  },
});
const server = '**/server/**';
const browser = ['wxt', 'wxt/**', 'webextension-polyfill', '#imports'];
const react = ['react', 'react/**', 'react-dom', 'react-dom/**', '@tanstack/**', '@base-ui/**', 'lucide-react'];
const parts = (...names) => names.map((name) => `**/${name}/**`);

export default tseslint.config(
  { ignores: ['.output', '.wxt', '.tandem', 'node_modules', 'test-results', 'playwright-report'] },
  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  reactHooks.configs.flat.recommended,
  jsxA11y.flatConfigs.strict,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['*.js'] }, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: 'error',
    },
  },
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },

  // The walls of docs/decisions/0001-walls.md.
  wall('utils/contract', [...parts('domain', 'sites', 'extension', 'queries', 'components'), server, ...browser, ...react, 'node:*'], 'contract imports zod only.'),
  wall('utils/domain', [...parts('sites', 'extension', 'queries', 'components'), server, ...browser, ...react, 'node:*'], 'domain is pure: it imports contract.'),
  wall('utils/sites', [...parts('domain', 'extension', 'queries', 'components'), server, ...browser, ...react, 'node:*'], 'sites are pure readers: they import contract.'),
  wall('utils/extension', [...parts('components', 'queries'), server, ...react, 'node:*'], 'the extension\'s inside knows no UI and no hub code.'),
  wall('utils/queries', [...parts('components', 'sites'), server, ...browser, 'node:*'], 'queries import contract, domain and the message client.'),
  wall('components', [...parts('sites'), '**/utils/extension/storage*', server, ...browser, 'node:*'], 'components import contract, domain, queries and ui; no browser API.'),
  wall('entrypoints/overlay.content', [...parts('components', 'queries', 'domain'), server, ...react, 'zod'], 'the content script imports sites and extension; no React, no zod.'),
  wall('server', [...parts('sites', 'extension', 'queries', 'components'), ...browser, ...react], 'the hub imports contract and domain, nothing of the extension.'),
);
