import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { scopeCommand } from '../../server/store/scope.ts';
import { WORKSPACE } from './lead-data.ts';

const PLACES = [18, 17, 16, 15].map((version) => `/usr/lib/postgresql/${version}/bin/pgbench`);

/** Where PostgreSQL's own load generator is; undefined where it is not installed. */
export const pgbench = PLACES.find((place) => existsSync(place));

/**
 * How often per second so many connections run a query by prepared statements, in the role and with the walls that the
 * hub has. Its `:n` is a number from 0 to `choices` - 1.
 */
export async function runPgbench(
  url: string,
  {
    query,
    choices,
    connections,
    seconds,
  }: { query: string; choices: number; connections: number; seconds: number },
): Promise<number> {
  if (pgbench === undefined) throw new Error('There is no pgbench here.');
  const folder = await mkdtemp(join(tmpdir(), 'tandem-pgbench-'));
  const script = join(folder, 'script.sql');
  await writeFile(script, `\\set n random(0, ${choices - 1})\n${withoutVariables(query)};\n`);
  const [setting, role] = /'([0-9a-f-]{36})'.*'role', '(\w+)'/
    .exec(scopeCommand({ workspaceId: WORKSPACE }))!
    .slice(1);
  const { stdout } = await promisify(execFile)(
    pgbench,
    ['-n', '-M', 'prepared', '-c', String(connections), '-j', '2', '-T', String(seconds), '-f', script, url],
    { env: { ...process.env, PGOPTIONS: `-c tandem.workspace=${setting} -c role=${role}` } },
  );
  await rm(folder, { recursive: true, force: true });
  return Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
}

/** The same query, in which pgbench takes nothing within quotes for one of its variables, as it would `:MI`. */
const withoutVariables = (query: string) =>
  query
    // A string that goes on in the next line.
    .replaceAll(/'[^\S\n]*\n\s*'/g, '')
    .replaceAll(/'(?:[^']|'')*'/g, (quoted) =>
      /:\w/.test(quoted) ? `E${quoted.replaceAll('\\', '\\\\').replaceAll(':', '\\x3a')}` : quoted,
    );
