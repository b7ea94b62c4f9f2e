import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const browser = ['wxt', 'wxt/**', 'webextension-polyfill', '#imports'];
const react = [
  'react',
  'react/**',
  'react-dom',
  'react-dom/**',
  '@tanstack/**',
  '@base-ui/**',
  'lucide-react',
];
const node = ['node:*'];
const parts = (...names) => names.map((name) => `**/${name}/**`);

/** Files below a folder may import none of these: the walls of docs/decisions/0001-walls.md. */
const wall = (folder, forbidden, message) => ({
  files: [`${folder}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: parts('entrypoints', 'demo', 'release', 'test'),
            message: 'The product imports no entrypoint, demo, release script or test.',
          },
          { group: forbidden.flat(), message },
        ],
      },
    ],
  },
});

export default tseslint.config(
  { ignores: ['.output', '.wxt', '.tandem', 'node_modules', 'test-results', 'playwright-report'] },
  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  reactHooks.configs.flat.recommended,
  jsxA11y.flatConfigs.strict,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      // Event handlers and listeners may be async: what they throw is a bug and belongs in the log.
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
    },
  },
  { files: ['demo/**', 'test/bench/**', 'test/load/run.ts'], rules: { 'no-console': 'off' } },
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
  {
    // A Playwright fixture's `use` is no React hook.
    files: ['test/**/*.ts', 'demo/**/*.ts'],
    rules: { 'react-hooks/rules-of-hooks': 'off' },
  },

  wall(
    'utils/contract',
    [parts('domain', 'sites', 'extension', 'queries', 'components', 'server'), browser, react, node],
    'contract imports zod only.',
  ),
  wall(
    'utils/domain',
    [parts('sites', 'extension', 'queries', 'components', 'server'), browser, react, node],
    'domain is pure: it imports contract.',
  ),
  wall(
    'utils/sites',
    [parts('domain', 'extension', 'queries', 'components', 'server'), browser, react, node],
    'sites are pure readers: they import contract.',
  ),
  wall(
    'utils/extension',
    [parts('components', 'queries', 'server'), react, node],
    "the extension's inside knows no UI and nothing of the hub's code.",
  ),
  wall(
    'utils/queries',
    [parts('components', 'sites', 'server'), browser, node],
    'queries import contract, domain and the message client.',
  ),
  wall(
    'components',
    [parts('sites', 'server'), ['**/utils/extension/storage*'], browser, node],
    'components import contract, domain, queries and ui; no browser API.',
  ),
  wall(
    'server',
    [parts('sites', 'extension', 'queries', 'components'), browser, react],
    'the hub imports contract and domain, nothing of the extension.',
  ),
  {
    files: ['entrypoints/overlay/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: [...parts('components', 'queries', 'server'), ...react, 'zod'],
              message: 'The content script reads and docks: sites and extension only, no React, no zod.',
            },
          ],
        },
      ],
    },
  },
);
