import { defineConfig } from '@playwright/test';

/** Playwright runs the tests and brings the hub; the browser is driven by puppeteer, which speaks WebDriver BiDi. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/firefox',
  globalSetup: './setup.ts',
  testMatch: '**/*.spec.ts',
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
});
