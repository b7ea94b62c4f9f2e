import { expect, type Page } from '@playwright/test';
import type { Odoo } from './odoo.ts';
import { odooClient } from './odoo-client.ts';
import { ODOO_PASSWORD, SELLER } from './odoo-data.ts';

/** Signs in and goes to an address of the client; waits for the client's own frame only. */
export async function openOdoo(page: Page, odoo: Odoo, path: string, as = SELLER): Promise<Page> {
  // On a busy machine the page's scripts have failed to load, and the form then stays out of sight.
  await expect(async () => {
    await page.goto(`${odoo.url}/web/login?redirect=${encodeURIComponent(path)}`);
    await page.locator('[name=login]').fill(as.email, { timeout: 30_000 });
  }).toPass();
  await page.locator('[name=password]').fill(ODOO_PASSWORD);
  await page.locator('[name=password]').press('Enter');
  await page.locator('.o_main_navbar').waitFor();
  return page;
}

export const leadOf = (odoo: Odoo, email: string) => idOf(odoo, 'crm.lead', 'email_from', email);

export async function idOf({ port }: Odoo, model: string, field: string, value: string): Promise<number> {
  const [id] = await odooClient(port)<number[]>(model, 'search', [[[field, '=', value]]]);
  if (id === undefined) throw new Error(`Odoo has no ${model} with the ${field} ${value}.`);
  return id;
}

/** Another lead, which nobody's pipeline shows: other tests count what is there. */
export const storeLead = (
  { port }: Odoo,
  name: string,
  email: string,
  more: Record<string, unknown> = {},
): Promise<number> =>
  odooClient(port)<number>('crm.lead', 'create', [
    {
      ...{ type: 'opportunity', name: `${name}: sensors`, contact_name: name, email_from: email },
      ...{ user_id: false, ...more },
    },
  ]);
