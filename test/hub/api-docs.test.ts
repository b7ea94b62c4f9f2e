import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { apiMarkdown, type OpenApiDocument } from '../../release/api-markdown.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();

test('docs/api.md says what the hub says of itself; `npm run docs:api` writes it anew', async () => {
  const { call } = await hubs.open();
  const document = (await call('GET', '/openapi.json')).json as OpenApiDocument;
  const page = await apiMarkdown(document);
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const method of Object.keys(methods)) {
      expect(page).toContain(`### \`${method.toUpperCase()} ${path}\``);
    }
  }
  // Equal or not: a difference of thousands of lines helps nobody.
  expect((await readFile('docs/api.md', 'utf8')) === page).toBe(true);
});
