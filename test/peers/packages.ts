import { access } from 'node:fs/promises';
import { run } from './processes.ts';

const SILENT = { DEBIAN_FRONTEND: 'noninteractive' };
/** Waits for whoever else installs, but not for the disk: a machine that dies halfway is made anew. */
const FAST = ['--option=DPkg::Lock::Timeout=300', '--option=Dpkg::Options::=--force-unsafe-io'];

/** Throws with the reason where no peer can be had. */
export async function requireRootOnDebian(): Promise<void> {
  await access('/usr/bin/apt-get').catch(() => {
    throw new Error('It is made of Debian’s packages, and this is no Debian.');
  });
  if (process.getuid?.() !== 0) {
    throw new Error('Only root may install its packages, and start its servers as users of their own.');
  }
}

let last: Promise<void> = Promise.resolve();

/** Installs Debian packages that are missing, one caller's after the other's. */
export function installPackages(names: readonly string[]): Promise<void> {
  const mine = last.then(() => install(names));
  last = mine.catch(() => undefined);
  return mine;
}

async function install(names: readonly string[]): Promise<void> {
  const missing = await missingOf(names);
  if (missing.length === 0) return;
  await run('apt-get', ['update', '--quiet'], SILENT);
  await run(
    'apt-get',
    ['install', '--yes', '--quiet', '--no-install-recommends', ...FAST, ...missing],
    SILENT,
  );
}

async function missingOf(names: readonly string[]): Promise<string[]> {
  const known = await run('dpkg-query', ['--show', '--showformat', '${Package} ${db:Status-Status}\n']);
  const installed = new Set(
    known
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return names.filter((name) => !installed.has(name));
}
