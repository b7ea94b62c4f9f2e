import { defineConfig } from '@playwright/test';

/** What needs no hub, and so need not wait for the sample. */
const WITHOUT_HUB = ['**/gallery*.spec.ts', '**/fixtures.spec.ts', '**/script-size.spec.ts'];

export default defineConfig({
  testDir: 'test/e2e',
  globalSetup: './test/support/hub-template.ts',
  projects: [
    { name: 'sample', testMatch: '**/sample.setup.ts' },
    { name: 'without-hub', testMatch: WITHOUT_HUB },
    { name: 'with-hub', testMatch: '**/*.spec.ts', testIgnore: WITHOUT_HUB, dependencies: ['sample'] },
  ],
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  // Only what hangs is ended: a machine that is busy with others' work has taken six times as long.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    // Pictures of every step cost a sixth of the time; `--trace on` has them when a failure is looked into.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false, sources: false },
    screenshot: 'only-on-failure',
  },
});
