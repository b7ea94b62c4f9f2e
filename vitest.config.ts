import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

/** Only what hangs is ended: a machine that is busy with others' work has taken six times as long. */
const PATIENCE = { testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [WxtVitest()],
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          setupFiles: ['test/support/unit-setup.ts'],
          ...PATIENCE,
        },
      },
      {
        test: { name: 'hub', include: ['test/hub/**/*.test.ts'], ...PATIENCE },
      },
    ],
  },
});
