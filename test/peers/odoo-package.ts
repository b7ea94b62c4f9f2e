import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from './cache.ts';
import { run } from './processes.ts';

/** Of Debian unstable, seen there on 2026-11-22; Debian 12 itself has none, but its Python runs this one. */
const PINNED = {
  version: '19.0.0+dfsg-1',
  sha256: '9d2f598b0555db17e291d48ed24df184c70823c053c4c5ed53c467ca7f629bbf',
};

/** Most of the package's files, and nothing the tests look at: countries' accounting and translations. */
const LEFT_OUT = ['*/addons/l10n_*', '*/i18n/*', '*/usr/share/doc/*'];

export interface OdooPackage {
  version: string;
  /** The folder of its Python packages. */
  python: string;
}

/**
 * Odoo 19 as Debian packages it, from the cache or the archive. The archive keeps no old versions: where the
 * pinned one is gone it is the newest 19.0, and `say` is told.
 */
export async function odooPackage(say: (line: string) => void): Promise<OdooPackage> {
  const folder = await cached(`odoo-${PINNED.version}`, async (draft) => {
    const { file, version } = await download(join(draft, 'apt'));
    const leftOut = LEFT_OUT.map((pattern) => `--exclude='${pattern}'`).join(' ');
    await run('sh', ['-c', `dpkg-deb --fsys-tarfile '${file}' | tar -x -C '${draft}' ${leftOut}`]);
    await rm(join(draft, 'apt'), { recursive: true });
    // Its JavaScript libraries are links to those of other packages, relative to where it would be installed.
    await symlink('/usr/share/javascript', join(draft, 'usr/share/javascript'));
    await writeFile(join(draft, 'version'), version);
  });
  const version = await readFile(join(folder, 'version'), 'utf8');
  if (version !== PINNED.version) {
    say(`NOT the pinned Odoo ${PINNED.version}, which the archive no longer has, but ${version}.`);
  }
  return { version, python: join(folder, 'usr/lib/python3/dist-packages') };
}

/** With apt, which checks the archive's signature, but by a configuration that leaves the system's alone. */
async function download(folder: string): Promise<{ file: string; version: string }> {
  await mkdir(join(folder, 'lists/partial'), { recursive: true });
  await mkdir(join(folder, 'cache/archives/partial'), { recursive: true });
  await writeFile(
    join(folder, 'sources.list'),
    'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] https://deb.debian.org/debian unstable main\n',
  );
  await writeFile(
    join(folder, 'apt.conf'),
    `Dir::Etc::sourcelist "${folder}/sources.list";
Dir::Etc::sourceparts "-";
Dir::State::lists "${folder}/lists";
Dir::Cache "${folder}/cache";
APT::Sandbox::User "root";
Acquire::Check-Valid-Until "false";
Acquire::Languages "none";
`,
  );
  const apt = (command: string) =>
    run('sh', ['-c', `cd '${folder}' && apt-get --quiet ${command}`], {
      APT_CONFIG: join(folder, 'apt.conf'),
    });
  await apt('update');
  const isPinned = await apt(`download odoo-19=${PINNED.version}`).then(
    () => true,
    () => false,
  );
  if (!isPinned) await apt('download odoo-19');
  const name = (await readdir(folder)).find((entry) => entry.endsWith('.deb'));
  if (name === undefined) throw new Error('The archive offers no Odoo 19.');
  const file = join(folder, name);
  if (isPinned) await check(file);
  return { file, version: (await run('dpkg-deb', ['--field', file, 'Version'])).trim() };
}

async function check(file: string): Promise<void> {
  const sha256 = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  if (sha256 !== PINNED.sha256) throw new Error(`Odoo's package is not the pinned one: sha256 ${sha256}.`);
}
