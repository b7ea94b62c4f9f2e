import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

/** Only what hangs is ended: a machine that is busy with others' work has taken six times as long. */
const PATIENCE = { testTimeout: 120_000, hookTimeout: 120_000 };

/** What differs from system to system never meets the database: once is enough, on the engine that is faster. */
const SYSTEMS = ['test/hub/connectors/!(conformance).test.ts'];

export default defineConfig({
  test: {
    // By itself it would leave one of two processors idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
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
        // The hub on its embedded database.
        test: { name: 'hub', include: ['test/hub/**/*.test.ts'], exclude: SYSTEMS, ...PATIENCE },
      },
      {
        // About what the stores get: `npm run test:store` builds it first.
        test: { name: 'store', include: ['test/store/**/*.test.ts'], ...PATIENCE },
      },
      {
        // The hub on PostgreSQL; those that start a hub or an engine by themselves need no second run.
        test: {
          name: 'hub-postgres',
          include: ['test/hub/**/*.test.ts'],
          exclude: ['test/hub/{load,pglite,process,shutdown,sql-rules}.test.ts'],
          globalSetup: ['test/hub/support/postgres-cluster.ts'],
          ...PATIENCE,
        },
      },
    ],
  },
});
