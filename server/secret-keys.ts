import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EnvironmentError, type Environment } from './environment.ts';

const KEY_BYTES = 32;

/**
 * The keys that encrypt secrets at rest, the newest first: those of the environment. Without any, the embedded hub
 * makes itself one in a file beside its database, which only its user can read; others go without.
 *
 * @throws EnvironmentError when the file holds no key.
 */
export async function readSecretKeys({
  TANDEM_SECRET_KEYS: keys,
  DATABASE_URL: url,
  TANDEM_DATA: folder,
}: Pick<Environment, 'TANDEM_SECRET_KEYS' | 'DATABASE_URL' | 'TANDEM_DATA'>): Promise<Uint8Array[]> {
  if (keys) return keys;
  if (url !== undefined) return [];
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'secret.key');
  // Never overwrites: without the old key nothing that it sealed can be opened.
  await writeFile(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { flag: 'wx', mode: 0o600 }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    },
  );
  const key = Buffer.from((await readFile(file, 'utf8')).trim(), 'base64');
  if (key.length !== KEY_BYTES) {
    throw new EnvironmentError(
      `${file} holds no key of ${KEY_BYTES} bytes as base64. Restore it from a backup: the secrets in the database open with no other.`,
    );
  }
  return [key];
}
