import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { EXTENSION_FOLDER, extensionPage } from '../../demo/launch.ts';
import type { MessageName, RequestOf, ResponseOf } from '../../utils/extension/messages.ts';

/**
 * A copy of the build to which the browser has granted these origins and permissions from the start: nobody can click its
 * prompt in a test. Returns the folder, and what removes it.
 */
export async function grantedExtension(
  patterns: readonly string[],
  permissions: readonly string[] = [],
): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-extension-'));
  await cp(EXTENSION_FOLDER, folder, { recursive: true });
  const file = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { permissions: string[] };
  const granted = { host_permissions: patterns, permissions: [...manifest.permissions, ...permissions] };
  await writeFile(file, JSON.stringify({ ...manifest, ...granted }));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A page of the extension, from which `ask` can speak to the background. */
export async function extensionPageOf(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(extensionPage('options.html'));
  return page;
}

/** Asks the background as a page of the extension does; throws when it does not answer. */
export async function ask<K extends MessageName>(
  page: Page,
  name: K,
  ...[request]: undefined extends RequestOf<K> ? [request?: RequestOf<K>] : [request: RequestOf<K>]
): Promise<ResponseOf<K>> {
  const answer = await page.evaluate(
    (message) =>
      (
        globalThis as unknown as {
          chrome: { runtime: { sendMessage(message: unknown): Promise<{ value?: unknown } | undefined> } };
        }
      ).chrome.runtime.sendMessage(message),
    { name, request } as { name: string; request: unknown },
  );
  if (answer === undefined || !('value' in answer || Object.keys(answer).length === 0))
    throw new Error(`${name} was not answered: ${JSON.stringify(answer)}`);
  return answer.value as ResponseOf<K>;
}
