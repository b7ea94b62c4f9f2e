import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { expect, test as base } from '@playwright/test';
import { type HubProcess, startHub } from '../../demo/hub-process.ts';
import { connect, extensionPage, launch } from '../../demo/launch.ts';
import { createOdooFake, type OdooFake } from '../peers/fakes/odoo.ts';

const PEOPLE = 300;

/** A hub that knows nobody yet, and an Odoo on this machine. */
const test = base.extend<{ hub: HubProcess; odoo: OdooFake & { url: string } }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from the pattern
  hub: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'tandem-hub-'));
    const hub = await startHub({ PORT: '0', TANDEM_DATA: folder });
    await use(hub);
    await hub.stop('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  odoo: async ({}, use) => {
    const fake = createOdooFake({ contacts: PEOPLE, now: () => new Date() });
    const server = serve({ fetch: fake.fetch, port: 0, hostname: '127.0.0.1' });
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await use(Object.assign(fake, { url: `http://127.0.0.1:${port}` }));
    server.close();
  },
});

test('an administrator connects a system, mends its key, and says what its statuses stand for', async ({
  hub,
  odoo,
}) => {
  const context = await launch({ profile: '', headless: true });
  await connect(context, hub.url, hub.signInCode);
  const page = await context.newPage();
  await page.goto(extensionPage('options.html'));
  const card = page.locator('#sources');
  const row = card.locator('[data-source="odoo"]');
  const key = String(odoo.settings['apiKey']);

  await test.step('a wrong key is said in words', async () => {
    await card.getByLabel('System').selectOption('Odoo');
    await card.locator('[name=url]').fill(odoo.url);
    await card.locator('[name=apiKey]').fill('no-such-key');
    await card.locator('[name=apiKey]').press('Enter');
    await expect(row.getByRole('img', { name: 'Missing:' })).toBeVisible();
    await expect(row).toHaveAttribute('data-source-state', 'failed');
  });

  await test.step('with the right one everything comes in', async () => {
    await row.locator('summary', { hasText: 'Settings' }).click();
    await expect(row.locator('[name=apiKey]')).toHaveValue('');
    await row.locator('[name=apiKey]').fill(key);
    await row.locator('[name=apiKey]').press('Enter');
    await expect(row.getByRole('img', { name: 'Works:' }).first()).toBeVisible();
    await expect(row.getByRole('img', { name: 'Missing:' })).toHaveCount(0);
    await expect(row).toHaveAttribute('data-source-state', 'ready');
    await expect(row).toContainText(`People: ${PEOPLE}`);
    await expect(row.locator('[name=apiKey]')).toHaveValue('');
    expect(await page.content()).not.toContain(key);
  });

  await test.step('a status moves those who have it, as the preview said', async () => {
    await row.locator('summary', { hasText: 'Statuses' }).click();
    const status = row.getByRole('row').nth(1);
    // Odoo's own stages are mapped to begin with.
    await expect(status).toHaveAttribute('data-unmapped', 'false');
    const people = await status.getByRole('cell').first().textContent();
    await status.getByRole('combobox').selectOption('mql');
    // From wherever they are now.
    const moves = row.getByRole('listitem').filter({ hasText: /^\d+ people:/u });
    await expect(moves.first()).toBeVisible();
    const moved = (await moves.allTextContents()).map((text) => Number.parseInt(text, 10));
    expect(moved.reduce((sum, each) => sum + each)).toBe(Number(people));
    await row.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(row.getByText(/^Saved\. Whoever/u)).toBeVisible();
  });

  await test.step('removed, it is offered again', async () => {
    await row.getByRole('button', { name: 'Remove Odoo' }).click();
    await row.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(row).toHaveCount(0);
    await expect(card.getByLabel('System').getByRole('option', { name: 'Odoo' })).toHaveCount(1);
  });
  await context.close();
});
