import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const pages = [...globSync('*.md'), ...globSync('docs/**/*.md')].toSorted();
const read = (path: string) => readFileSync(path, 'utf8');

/** What GitHub makes of a heading, so that a link can lead to it. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[`*_]|\[([^\]]*)\]\([^)]*\)/gu, '$1')
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
const anchorsOf = (path: string) =>
  [...read(path).matchAll(/^#+ (.+)$/gmu)].map(([, heading]) => anchor(heading!));

describe.each(pages)('%s', (page) => {
  const text = read(page);

  it('links only to files and headings that are there', () => {
    const links = [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]*))?\)/gu)];
    const broken = links.filter(([, path, heading]) => {
      const target = path === '' ? page : normalize(join(dirname(page), path!));
      return !existsSync(target) || (heading !== undefined && !anchorsOf(target).includes(heading));
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  });

  it('names only commands that are there', () => {
    const commands = [...text.matchAll(/\bnpm run ([a-z][\w:-]*)/gu)].map(([, name]) => name!);
    expect(commands.filter((name) => !(name in packageJson.scripts))).toEqual([]);
  });

  it('names only tests that are there', () => {
    const tests = [...text.matchAll(/`(test\/[\w./-]+\.(?:test|spec)\.tsx?)`/gu)].map(([, path]) => path!);
    expect(tests.filter((path) => !existsSync(path))).toEqual([]);
  });
});

it('every threat of docs/security.md names a test', () => {
  const [, table = ''] = /\n\| threat[^\n]+\n([\s\S]*?)\n\n/u.exec(read('docs/security.md')) ?? [];
  const [, ...rows] = table.split('\n');
  expect(rows.length).toBeGreaterThan(15);
  expect(
    rows.filter((row) => !/`test\/[\w./-]+\.(?:test|spec)\.ts`/u.test(row.split(' | ').at(-1)!)),
  ).toEqual([]);
});

it('every page of docs/ is reached from the README by links', () => {
  const reached = new Set(['README.md']);
  for (const page of reached) {
    for (const [, path] of read(page).matchAll(/\]\((?!https?:)([^)\s#]+\.md)/gu)) {
      const target = normalize(join(dirname(page), path!));
      if (existsSync(target)) reached.add(target);
    }
  }
  // Decisions are reached by their folder.
  expect(pages.filter((page) => !reached.has(page) && !page.startsWith('docs/decisions/'))).toEqual([]);
});

it('the changelog has a section for the version, and no other on top of it', () => {
  const versions = [...read('CHANGELOG.md').matchAll(/^## \[([^\]]+)\] – (.+)$/gmu)];
  expect(versions.length).toBeGreaterThan(0);
  expect(versions[0]?.[1]).toBe(packageJson.version);
  for (const [, , date] of versions) expect(date).toMatch(/^(?:unreleased|\d{4}-\d{2}-\d{2})$/u);
});

it('the two places that name the version agree', () => {
  const lock = JSON.parse(read('package-lock.json')) as { version: string };
  expect(lock.version).toBe(packageJson.version);
});
