import { readFile, readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { sites } from '../../utils/sites/index.ts';

const IMAGES = 'docs/store/images';
const SCREENSHOTS = ['1-panel', '2-why', '3-inbox', '4-report', '5-agreement'];

const manifest = JSON.parse(await readFile('.output/store-chrome/manifest.json', 'utf8')) as {
  permissions: string[];
  optional_permissions?: string[];
  optional_host_permissions: string[];
};

describe.each(['en', 'de'])('the listing in %s', async (language) => {
  const text = await readFile(`docs/store/listing.${language}.md`, 'utf8');
  /** In the order of the stores' forms. */
  const [name, summary, description, purpose, reasons, data] = text
    .split(/^## .*$/mu)
    .slice(1)
    .map((part) => part.trim());

  it('has texts that fit into the forms of both stores', () => {
    // Name: Firefox 50, Chrome 75. Summary: Chrome 132, Firefox 250. Description: Chrome 16,000, Firefox 15,000.
    expect([...name!].length).toBeLessThanOrEqual(50);
    expect([...summary!].length).toBeLessThanOrEqual(132);
    expect([...description!].length).toBeLessThanOrEqual(15_000);
    expect([...description!].length).toBeGreaterThan(500);
    // What Chrome asks for: purpose, and a reason for each permission.
    for (const field of [purpose!, data!, ...reasons!.split('\n')]) {
      expect(field).not.toBe('');
      expect([...field].length, field).toBeLessThanOrEqual(1_000);
    }
  });

  it('says what the extension says of itself', async () => {
    const { extension } = parse(await readFile(`locales/${language}.yml`, 'utf8')) as {
      extension: { name: string; description: string };
    };
    expect([name, summary]).toEqual([extension.name, extension.description]);
  });

  it('gives a reason for every permission and for no other', () => {
    const named = [...reasons!.matchAll(/^- (?:optional )?`([^`]+)`: ./gmu)].map(
      ([, permission]) => permission!,
    );
    expect(named).toEqual([
      ...manifest.permissions,
      ...(manifest.optional_permissions ?? []),
      ...manifest.optional_host_permissions,
    ]);
  });

  it('names every system it works on', () => {
    // The generic reader is no system.
    const names = sites.filter(({ id }) => id !== 'generic').map(({ label }) => label);
    expect(names.filter((system) => !description!.includes(system))).toEqual([]);
  });
});

it('comes with a tile and five screenshots of the right size in each language', async () => {
  const wanted = ['en', 'de'].flatMap((language) => SCREENSHOTS.map((name) => `${language}-${name}.png`));
  expect((await readdir(IMAGES)).toSorted()).toEqual([...wanted, 'tile.png'].toSorted());
  const size = async (file: string) => {
    const png = await readFile(`${IMAGES}/${file}`);
    return [png.readUInt32BE(16), png.readUInt32BE(20)];
  };
  for (const file of wanted) expect(await size(file), file).toEqual([1280, 800]);
  expect(await size('tile.png')).toEqual([440, 280]);
});
