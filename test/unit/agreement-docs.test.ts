import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { Criterion } from '../../utils/contract/criterion.ts';

it('the criterion that docs/agreement.md shows is one, and shows every type but not', () => {
  const page = readFileSync(new URL('../../docs/agreement.md', import.meta.url), 'utf8');
  const [, example] = /```yaml\n(.*?)```/su.exec(page) ?? [];
  const criterion = Criterion.parse(parse(example ?? ''));
  const types = new Set(JSON.stringify(criterion).match(/(?<="type":")[a-z-]+/gu));
  expect([...types].sort()).toEqual(['all', 'any', 'at-least', 'attribute', 'confirmation', 'touchpoint']);
});
