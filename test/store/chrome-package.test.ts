import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const FOLDER = '.output/store-chrome';
const read = (file: string) => readFile(join(FOLDER, file), 'utf8');

interface Manifest extends Record<string, unknown> {
  icons: Record<string, string>;
  permissions: string[];
  content_scripts: { matches: string[]; js: string[] }[];
  background: { service_worker: string };
}
type Messages = Record<string, { message: string; placeholders?: Record<string, unknown> }>;

const manifest = JSON.parse(await read('manifest.json')) as Manifest;
const files = await readdir(FOLDER, { recursive: true });
const languages = await readdir(join(FOLDER, '_locales'));
const messages = Object.fromEntries(
  await Promise.all(
    languages.map(
      async (language) =>
        [language, JSON.parse(await read(`_locales/${language}/messages.json`)) as Messages] as const,
    ),
  ),
);

const FORBIDDEN_IN_PAGES: Record<string, RegExp> = {
  'a script from elsewhere': /<script[^>]+src="(?:[a-z]+:)?\/\//u,
  'a script within': /<script(?![^>]*\bsrc=)[^>]*>/u,
  'an attribute with code': /\son\w+="/u,
};
const FORBIDDEN_IN_SCRIPTS: Record<string, RegExp> = {
  'code from elsewhere': /\bimport\(\s*[`"']https?:|importScripts\(/u,
  eval: /(?<![\w$.])eval\(/u,
  'a function made of text': /(?<![\w$.])Function\(/u,
};

/** What the store says of packages, as of 2026-11 (docs/store/README.md has the addresses). */
describe('the Chrome package', () => {
  it('is of Manifest V3, with the version of the project and no key of its own', () => {
    expect(manifest['manifest_version']).toBe(3);
    expect(manifest['version']).toBe(packageJson.version);
    // One to four numbers up to 65535.
    expect(packageJson.version).toMatch(/^\d{1,5}(?:\.\d{1,5}){0,3}$/u);
    expect(manifest).not.toHaveProperty('key');
    expect(manifest).not.toHaveProperty('update_url');
    expect(Number(manifest['minimum_chrome_version'])).toBeGreaterThanOrEqual(120);
  });

  it('has a name of at most 75 and a description of at most 132 characters in every language', () => {
    expect(manifest['default_locale']).toBe('en');
    expect(languages.toSorted()).toEqual(['de', 'en']);
    for (const [key, most] of [
      ['name', 75],
      ['description', 132],
    ] as const) {
      const name = /^__MSG_(\w+)__$/u.exec(String(manifest[key]))?.[1];
      for (const language of languages) {
        const text = messages[language]?.[name ?? '']?.message ?? '';
        expect(text, `${key}, ${language}`).not.toBe('');
        expect([...text].length, `${key}, ${language}`).toBeLessThanOrEqual(most);
      }
    }
  });

  it('says everything in both languages, with the same gaps to fill', () => {
    const shape = (language: string) =>
      Object.entries(messages[language] ?? {})
        .map(([key, { message }]) => `${key} ${[...new Set(message.match(/\$\w+/gu))].toSorted().join(' ')}`)
        .toSorted();
    expect(shape('de')).toEqual(shape('en'));
  });

  it('has icons of the sizes it names', async () => {
    expect(Object.keys(manifest.icons)).toEqual(['16', '32', '48', '96', '128']);
    for (const [size, file] of Object.entries(manifest.icons)) {
      const png = await readFile(join(FOLDER, file));
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      // Width and height stand at bytes 16 and 20 of every PNG.
      expect([png.readUInt32BE(16), png.readUInt32BE(20)], file).toEqual([Number(size), Number(size)]);
    }
  });

  it('brings every file that its manifest and pages name', async () => {
    const pages = files.filter((file) => file.endsWith('.html'));
    const named = [
      manifest.background.service_worker,
      ...manifest.content_scripts.flatMap(({ js }) => js),
      ...Object.values(manifest.icons),
    ];
    for (const page of pages) {
      const html = await read(page);
      named.push(...[...html.matchAll(/(?:src|href)="\/?([^"]+)"/gu)].map(([, file]) => file!));
    }
    expect(pages.length).toBeGreaterThan(3);
    expect(named.filter((file) => !files.includes(file))).toEqual([]);
  });

  it('runs only what is in it: no code from elsewhere, none made of text, no looser policy', async () => {
    expect(manifest).not.toHaveProperty('content_security_policy');
    expect(manifest).not.toHaveProperty('sandbox');
    const broken: string[] = [];
    for (const file of files.filter((name) => /\.(?:js|html)$/u.test(name))) {
      // zod asks once whether it may, with an empty text, and goes on without: the policy says no.
      const code = (await read(file)).replaceAll('Function(``)', '');
      const rules = file.endsWith('.html') ? FORBIDDEN_IN_PAGES : FORBIDDEN_IN_SCRIPTS;
      broken.push(
        ...Object.keys(rules).flatMap((rule) => (rules[rule]!.test(code) ? `${file}: ${rule}` : [])),
      );
    }
    expect(broken).toEqual([]);
    expect(files.filter((file) => /\.(?:map|ts|tsx|wasm)$/u.test(file))).toEqual([]);
  });

  it('asks only for what its code uses', async () => {
    const code = (
      await Promise.all(files.filter((name) => name.endsWith('.js')).map((name) => read(name)))
    ).join('\n');
    // `activeTab` is no interface of its own: it lets `scripting` and `tabs` see the one tab.
    const used = manifest.permissions.filter(
      (permission) => permission === 'activeTab' || new RegExp(`\\.${permission}\\b`, 'u').test(code),
    );
    expect(used).toEqual(manifest.permissions);
    expect(manifest).not.toHaveProperty('host_permissions');
    for (const { matches } of manifest.content_scripts) {
      for (const match of matches) expect(match).toMatch(/^https:\/\/[a-z0-9.-]+\/\*$/u);
    }
  });
});
