import { describe, expect, it } from 'vitest';
import { siteFor } from '../../../utils/sites/index.ts';
import { zoho } from '../../../utils/sites/zoho.ts';
import { documentOf, fixturesOf, readingOf } from '../../support/site-fixtures.ts';

const { html, url } = fixturesOf('zoho').find(({ name }) => name === 'lead-en')!;
const recordAt = (address: string) =>
  readingOf(zoho, documentOf(html), new URL(address, url))?.people[0]?.record;

describe('an address of Zoho', () => {
  it.each([
    ['org60012345', '/crm/org60012345/tab/Leads/5000000000000123'],
    ['org60012345', '/crm/org60012345/tab/Leads/5000000000000123/edit?layoutId=1'],
    ['crm.zoho.eu', 'https://crm.zoho.eu/crm/tab/Leads/5000000000000123'],
    ['org7', 'https://crmplus.zoho.in/nordwind/index.do/cxapp/crm/org7/tab/Leads/5000000000000123'],
    ['org7', 'https://one.zoho.com.au/zohoone/nordwind/home/cxapp/crm/org7/tab/Leads/5000000000000123'],
    ['org7', 'https://crm.zohocloud.ca/crm/org7/tab/Leads/5000000000000123'],
  ])('names the installation %s at %s', (tenant, address) => {
    expect(siteFor(new URL(address, url))?.id).toBe('zoho');
    expect(recordAt(address)).toEqual({ system: 'zoho', tenant, type: 'Leads', id: '5000000000000123' });
    expect(zoho.expectsPeople(new URL(address, url))).toBe(true);
  });

  it.each([
    '/crm/org60012345/tab/Home/begin',
    '/crm/org60012345/tab/Accounts/5000000000000123',
    '/crm/org1/settings',
  ])('names nobody at %s', (address) => {
    expect(recordAt(address)).toBeUndefined();
    expect(zoho.expectsPeople(new URL(address, url))).toBe(false);
  });
});
