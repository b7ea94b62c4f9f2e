import { describe, expect, it } from 'vitest';
import { hubspot } from '../../../utils/sites/hubspot.ts';
import { siteFor } from '../../../utils/sites/index.ts';
import { documentOf, fixturesOf, readingOf } from '../../support/site-fixtures.ts';

const { html, url } = fixturesOf('hubspot').find(({ name }) => name === 'contact-en')!;
const readAt = (path: string, page = html) => readingOf(hubspot, documentOf(page), new URL(path, url));

describe('a record of HubSpot', () => {
  it.each(['app', 'app-eu1', 'app-na2', 'app-na3', 'app-ap1'])('is read in the region %s', (name) => {
    expect(siteFor(new URL(`https://${name}.hubspot.com/contacts/1/record/0-1/2`))?.id).toBe('hubspot');
  });

  it.each([
    '/contacts/24681357/record/0-1/501234567',
    '/contacts/24681357/record/0-1/501234567/view/2?q=1',
    '/contacts/24681357/contact/501234567/',
  ])('is known at %s', (path) => {
    expect(readAt(path)?.people.map(({ record }) => record?.id)).toEqual(['501234567']);
    expect(hubspot.expectsPeople(new URL(path, url))).toBe(true);
  });

  it.each([
    // The next contact's address over the page of the one before.
    '/contacts/24681357/record/0-1/501234568',
    '/contacts/24681357/record/0-2/901',
    '/contacts/24681357/record/0-1/5012345678',
    '/contacts/24681357/objects/0-1/views/all/board',
    '/live-messages/24681357/inbox/99',
  ])('is not reported at %s', (path) => {
    expect(readAt(path)).toBeNull();
  });

  it('has the address that two places print, not one that only one does', () => {
    const printed = html.replace(/<a href="mailto:noor.haddad[^>]*>([^<]*)<\/a>/u, '<span>$1</span>');
    const once = printed.replace(/<textarea data-selenium-test="property-input-email".*?<\/textarea>/u, '');
    expect(readAt(url.pathname, printed)?.people[0]?.email).toBe('noor.haddad@solventlabs.example');
    expect(once).not.toBe(printed);
    expect(readAt(url.pathname, once)?.people[0]).not.toHaveProperty('email');
  });

  it('is not one of the user', () => {
    const company = fixturesOf('hubspot').find(({ name }) => name === 'company-en')!;
    const mine = company.html.replace('jonas.keller@nordwind.example', 'noor.haddad@solventlabs.example');
    expect(mine).not.toBe(company.html);
    const people = readingOf(hubspot, documentOf(mine), company.url)?.people;
    expect(people?.map(({ name }) => name)).toEqual(['Silas Brandt']);
  });
});
