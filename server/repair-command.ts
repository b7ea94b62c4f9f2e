import type { Environment } from './environment.ts';
import { repairReports } from './reports/repair-reports.ts';
import { openDataFolder } from './store/data-folder.ts';
import { createDatabase } from './store/database.ts';
import { migrate } from './store/migrate.ts';
import { findWorkspace } from './store/workspaces.ts';

/** `npm run hub -- repair-reports`: makes anew what reports read, and says what was wrong. */
export async function repairCommand(environment: Environment): Promise<void> {
  const data = await openDataFolder(environment.TANDEM_DATA);
  const db = createDatabase(data.wire);
  try {
    await migrate(db);
    const workspaceId = await findWorkspace(db);
    const wrong =
      workspaceId === null
        ? { pairs: 0, counters: [] }
        : await repairReports(db, workspaceId, () => new Date());
    process.stdout.write(`${JSON.stringify({ wrong })}\n`);
  } finally {
    await data.close();
  }
}
