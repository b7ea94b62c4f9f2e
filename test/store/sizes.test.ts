import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

/** Budgets of DESIGN §12, in bytes. */
const PANEL_GZIP = 150_000;
const CONTENT_SCRIPT = 30_000;
const PACKAGE_UNPACKED = 5_000_000;

describe.each(['chrome', 'firefox'])('in %s', (browser) => {
  const folder = `.output/store-${browser}`;

  it('the panel loads at most 150 kB of script, compressed', async () => {
    const html = await readFile(join(folder, 'panel.html'), 'utf8');
    const scripts = [...html.matchAll(/(?:src|href)="\/(chunks\/[^"]+\.js)"/gu)].map(([, file]) => file!);
    expect(scripts.length).toBeGreaterThan(1);
    const sizes = await Promise.all(
      scripts.map(async (file) => gzipSync(await readFile(join(folder, file))).length),
    );
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(PANEL_GZIP);
  });

  it('a content script is at most 30 kB', async () => {
    const scripts = await readdir(join(folder, 'content-scripts'));
    const sizes = await Promise.all(
      scripts.map(
        async (file) => [file, (await readFile(join(folder, 'content-scripts', file))).length] as const,
      ),
    );
    expect(sizes.length).toBeGreaterThan(10);
    expect(sizes.filter(([, size]) => size > CONTENT_SCRIPT)).toEqual([]);
  });

  it('is small as a whole', async () => {
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
      entry.isFile(),
    );
    const sizes = await Promise.all(
      files.map(async ({ parentPath, name }) => (await readFile(join(parentPath, name))).length),
    );
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(PACKAGE_UNPACKED);
  });
});
