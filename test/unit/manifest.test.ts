import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { sites } from '../../utils/sites/index.ts';
import config from '../../wxt.config.ts';

type Manifest = Record<string, unknown> & { permissions: string[] };
type MakeManifest = (env: { browser: string }) => Manifest;
const manifestFor = (browser: string) => (config.manifest as unknown as MakeManifest)({ browser });

it.each(['chrome', 'firefox'])('%s asks for exactly what docs/privacy.md explains', async (browser) => {
  const privacy = await readFile('docs/privacy.md', 'utf8');
  const explained = [...privacy.matchAll(/^\| `(\w+)` +\|/gmu)].map(([, name]) => name);
  const manifest = manifestFor(browser);
  expect(manifest.permissions).toEqual(explained);
  expect(Object.keys(manifest).filter((key) => /permissions$/u.test(key) && key !== 'permissions')).toEqual(
    [],
  );
  for (const pattern of sites.flatMap((site) => site.matches)) {
    expect(privacy).toContain(`content script on \`${pattern}\``);
  }
});

it('names only whole origins of the sites it works on', () => {
  for (const pattern of sites.flatMap((site) => site.matches)) {
    expect(pattern).toMatch(/^https:\/\/(?:\*\.)?[a-z0-9.-]+\/\*$/u);
    expect(pattern).not.toContain('://*/');
  }
});
