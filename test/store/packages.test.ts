import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import extract from 'extract-zip';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const packages = ['chrome', 'firefox', 'sources'].map(
  (part) => `.output/tandem-${packageJson.version}-${part}.zip`,
);

const hashes = (root: string) =>
  Promise.all(
    packages.map(async (file) =>
      createHash('sha256')
        .update(await readFile(join(root, file)))
        .digest('hex'),
    ),
  );

test('whoever builds the sources that Firefox gets has the same packages, byte for byte', async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'tandem-sources-'));
  await extract(packages[2]!, { dir: elsewhere });
  await symlink(resolve('node_modules'), join(elsewhere, 'node_modules'));
  await promisify(execFile)(process.execPath, ['release/make-packages.ts'], { cwd: elsewhere });
  expect(await hashes(elsewhere)).toEqual(await hashes('.'));
  await rm(elsewhere, { recursive: true });
});

test('the sources hold what the extension is built of, and nothing else that lies in the folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-sources-'));
  await extract(packages[2]!, { dir: folder });
  expect((await readdir(folder)).toSorted()).toEqual(
    [
      ...['components', 'docs', 'entrypoints', 'locales', 'public', 'release', 'utils'],
      ...['LICENSE', 'package-lock.json', 'package.json', 'tsconfig.json', 'wxt.config.ts'],
    ].toSorted(),
  );
  await rm(folder, { recursive: true });
});
