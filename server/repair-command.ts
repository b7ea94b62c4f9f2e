import type { Environment } from './environment.ts';
import { repairReports } from './reports/repair-reports.ts';
import { migrate } from './store/migrate.ts';
import { openStore } from './store/open-store.ts';
import { listWorkspaces } from './store/workspaces.ts';

/** `npm run hub -- repair-reports`: makes anew what reports read, and says what was wrong, a line for each workspace. */
export async function repairCommand(environment: Environment): Promise<void> {
  const store = await openStore(environment);
  try {
    await migrate(store.owner);
    for (const workspaceId of await listWorkspaces(store.owner)) {
      const wrong = await repairReports(store.in(workspaceId), workspaceId, () => new Date());
      process.stdout.write(`${JSON.stringify({ workspaceId, wrong })}\n`);
    }
  } finally {
    await store.close();
  }
}
