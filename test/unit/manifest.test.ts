import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { redirectUris } from '../../server/sign-in/redirect-uris.ts';
import { sites } from '../../utils/sites/index.ts';
import config from '../../wxt.config.ts';

interface Manifest extends Record<string, unknown> {
  key?: string;
  browser_specific_settings?: {
    gecko: { id: string; data_collection_permissions: { required: string[] } };
  };
  permissions: string[];
  optional_permissions: string[];
  optional_host_permissions: string[];
  web_accessible_resources: { resources: string[]; use_dynamic_url?: boolean }[];
}
type MakeManifest = (env: { browser: string }) => Manifest;
const manifestFor = (browser: string) => (config.manifest as unknown as MakeManifest)({ browser });

/** The first column of the table of permissions, as far as it begins with these words. */
async function explained(before: string): Promise<string[]> {
  const privacy = await readFile('docs/privacy.md', 'utf8');
  const row = new RegExp(`^\\| ${before}\`([^\`]+)\` +\\| +\\S`, 'gmu');
  return [...privacy.matchAll(row)].map(([, name]) => name!);
}

describe.each(['chrome', 'firefox'])('in %s', (browser) => {
  const manifest = manifestFor(browser);

  it('asks for exactly what docs/privacy.md explains', async () => {
    const chromes = browser === 'chrome' ? await explained('Chrome’s ') : [];
    expect(manifest.permissions).toEqual([...(await explained('')), ...chromes]);
    expect([...manifest.optional_permissions, ...manifest.optional_host_permissions]).toEqual(
      await explained('optional '),
    );
    const others = Object.keys(manifest).filter((key) =>
      /permissions$|^content_scripts$|^externally/u.test(key),
    );
    expect(others).toEqual(['permissions', 'optional_permissions', 'optional_host_permissions']);
  });

  it('shows the web no page but the panel, and hides its address where the browser can', () => {
    expect(manifest.web_accessible_resources).toHaveLength(1);
    const [entry] = manifest.web_accessible_resources;
    expect(entry!.resources).toEqual(['panel.html']);
    expect(entry!.use_dynamic_url).toBe(browser === 'chrome' ? true : undefined);
  });
});

const core = sites.filter((site) => site.core);

it('declares to Firefox exactly what docs/privacy.md says is sent', async () => {
  const { gecko } = manifestFor('firefox').browser_specific_settings!;
  expect(gecko.data_collection_permissions).toEqual({ required: await explained('declared ') });
});

it('reads without being asked only on the sites that docs/privacy.md names', async () => {
  expect(core.flatMap(({ matches }) => matches).toSorted()).toEqual(await explained('content script on '));
});

it('names only whole origins of the sites it works on', () => {
  for (const pattern of sites.flatMap((site) => site.matches)) {
    expect(pattern).toMatch(/^https:\/\/(?:\*\.)?[a-z0-9.-]+\/\*$/u);
    expect(pattern).not.toContain('://*/');
  }
  for (const pattern of core.flatMap((site) => site.matches)) expect(pattern).not.toContain('*.');
});

it('is let in by the hub under the ids it has in the browsers', () => {
  const hash = createHash('sha256')
    .update(Buffer.from(manifestFor('chrome').key!, 'base64'))
    .digest('hex');
  const chromium = [...hash.slice(0, 32)]
    .map((digit) => 'abcdefghijklmnop'[Number.parseInt(digit, 16)])
    .join('');
  const firefox = createHash('sha1')
    .update(manifestFor('firefox').browser_specific_settings!.gecko.id)
    .digest('hex');
  expect(redirectUris(['chrome-extension://abc', 'moz-extension://def'])).toEqual([
    `https://${chromium}.chromiumapp.org/`,
    'https://abc.chromiumapp.org/',
    `https://${firefox}.extensions.allizom.org/`,
    `http://127.0.0.1/mozoauth2/${firefox}`,
  ]);
});
