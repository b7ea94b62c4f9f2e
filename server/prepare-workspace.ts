import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { type Environment, EnvironmentError } from './environment.ts';
import { evaluatePeople } from './qualification/evaluate-people.ts';
import { generateSample } from './sample/generate-sample.ts';
import type { Database, WriteTransaction } from './store/database.ts';
import { loadSample } from './store/load-sample.ts';
import { createWorkspace, listWorkspaces } from './store/workspaces.ts';

type Settings = Pick<
  Environment,
  | 'TANDEM_ADMIN_EMAIL'
  | 'TANDEM_ADMIN_NAME'
  | 'TANDEM_COMPANY'
  | 'TANDEM_DOMAINS'
  | 'TANDEM_SAMPLE'
  | 'TANDEM_WORKSPACE'
>;

/**
 * Sees to it that there is a workspace, and returns the id of the one this hub serves. Several hubs may do so at once:
 * who comes later finds it made.
 *
 * @throws EnvironmentError when the settings name no workspace and there are several, or one that is not there.
 */
export async function prepareWorkspace(owner: Database, settings: Settings, now: Date): Promise<string> {
  const { id, isNew } = await owner.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('tandem.workspace'))`.execute(tx);
    const existing = choose(await listWorkspaces(tx), settings.TANDEM_WORKSPACE);
    return existing === null
      ? { id: await make(tx, settings, now), isNew: true }
      : { id: existing, isNew: false };
  });
  // PGlite does not look at its tables by itself, and plans badly for what it has not seen.
  if (isNew) await sql`analyze`.execute(owner);
  return id;
}

function choose(ids: readonly string[], wanted: string | undefined): string | null {
  if (wanted === undefined) {
    const [only] = ids;
    if (ids.length < 2) return only ?? null;
    throw new EnvironmentError(
      `TANDEM_WORKSPACE=: must name one of this database's workspaces: ${ids.join(', ')}.`,
    );
  }
  if (ids.includes(wanted)) return wanted;
  throw new EnvironmentError(`TANDEM_WORKSPACE=${wanted}: the database has no such workspace.`);
}

async function make(tx: WriteTransaction, settings: Settings, now: Date): Promise<string> {
  if (settings.TANDEM_SAMPLE === '1') {
    const sample = generateSample({ now });
    await loadSample(tx, sample, now);
    // All at once, because ranks are among all: whoever looked before would see wrong ones.
    const everybody = sample.people.map((person) => person.id);
    await evaluatePeople(tx, sample.workspace.id, everybody, now);
    return sample.workspace.id;
  }
  const workspace = { id: uuid(), name: settings.TANDEM_COMPANY, domains: settings.TANDEM_DOMAINS };
  const admin = {
    id: uuid(),
    name: settings.TANDEM_ADMIN_NAME,
    email: settings.TANDEM_ADMIN_EMAIL,
    role: 'admin' as const,
    team: 'sales' as const,
  };
  await createWorkspace(tx, workspace, [admin], now);
  return workspace.id;
}
