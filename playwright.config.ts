import { defineConfig } from '@playwright/test';

/** These keep a processor busy all the time; the others wait for clocks and hubs, too. */
const BUSY = ['**/gallery*.spec.ts', '**/fixtures.spec.ts', '**/script-size.spec.ts'];

export default defineConfig({
  testDir: 'test/e2e',
  snapshotPathTemplate: 'test/pictures/{arg}{ext}',
  globalSetup: './test/support/hub-template.ts',
  projects: [
    { name: 'waiting', testMatch: '**/*.spec.ts', testIgnore: BUSY, workers: 2 },
    { name: 'busy', testMatch: BUSY, workers: 2 },
  ],
  workers: 3,
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
