import { rmSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder that lasts as long as this process. Servers that drop their rights may pass through it, and see only
 * what they own.
 */
export async function workFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `tandem-${name}-`));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  await chmod(folder, 0o711);
  return folder;
}
