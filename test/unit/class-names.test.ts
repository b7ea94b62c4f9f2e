import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

/** A class that its file no longer has makes no error anywhere: what it dressed only looks wrong. */
test('every class a component asks for is in its style sheet', async () => {
  const missing: string[] = [];
  let seen = 0;
  const files = (await readdir('components', { recursive: true })).filter((file) => file.endsWith('.tsx'));
  for (const file of files) {
    const source = await readFile(join('components', file), 'utf8');
    for (const [, name, sheet] of source.matchAll(/import (\w+) from '([^']+\.module\.css)'/gu)) {
      const css = await readFile(join('components', dirname(file), sheet!), 'utf8');
      for (const [, asked] of source.matchAll(new RegExp(`className=\\{${name!}\\.(\\w+)\\}`, 'gu'))) {
        seen++;
        if (!new RegExp(`\\.${asked!}\\b`, 'u').test(css))
          missing.push(`${file}: ${sheet!} has no .${asked!}`);
      }
    }
  }
  expect(missing).toEqual([]);
  expect(seen).toBeGreaterThan(500);
});
