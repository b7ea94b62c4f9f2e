import { describe, expect, it } from 'vitest';
import { siteFor } from '../../../utils/sites/index.ts';
import { salesforce } from '../../../utils/sites/salesforce.ts';
import { documentOf, fixturesOf, readingOf } from '../../support/site-fixtures.ts';

const fixture = (name: string) => fixturesOf('salesforce').find((one) => one.name === name)!;
const lead = fixture('lead-en');
const at = (path: string) => new URL(path, lead.url);
const read = (html: string, url: URL) => readingOf(salesforce, documentOf(html), url);

describe('a navigation', () => {
  it('does not report the record before under the address of the next', () => {
    expect(read(lead.html, at('/lightning/r/Lead/00Q7Q00000NEXTLUAW/view'))).toBeNull();
    expect(read(lead.html, at('/lightning/r/Contact/0037Q00000NEXTCUAW/view'))).toBeNull();
  });

  it.each(['/lightning/r/00Q7Q00000MARALUAW/view', '/lightning/r/Lead/00Q7Q00000MARAL/edit'])(
    'knows the record at %s',
    (path) => expect(read(lead.html, at(path))?.people).toHaveLength(1),
  );

  it.each([
    '/one/one.app#eyJjb21wb25lbnREZWYi',
    '/lightning/page/home',
    '/lightning/setup/SetupOneHome/home',
  ])('names nobody at %s', (path) => expect(read(lead.html, at(path))).toBeNull());

  it('leaves the view without an id where nothing in the page names the record', () => {
    const html = lead.html.replaceAll('/related/', '/x/');
    expect(read(html, lead.url)).not.toHaveProperty('viewId');
    expect(read(html, lead.url)?.people).toHaveLength(1);
  });

  it('reads nothing while two views are in front', () => {
    const both = lead.html.replace('oneContent lafPageHost"', 'oneContent active lafPageHost"');
    expect(both).not.toBe(lead.html);
    expect(read(both, lead.url)).toBeNull();
  });
});

it('finds the fields in native shadow', () => {
  const document = documentOf(lead.html);
  const view = document.querySelector('.active.lafPageHost')!;
  for (const element of [...view.querySelectorAll('records-highlights2, records-record-layout-item')]) {
    const { innerHTML } = element;
    element.innerHTML = '';
    element.attachShadow({ mode: 'open' }).innerHTML = innerHTML;
  }
  expect(view.querySelector('a[href^="mailto:mara"]')).toBeNull();
  expect(readingOf(salesforce, document, lead.url)).toEqual(lead.reading);
});

it.each([
  ['nordwind', 'https://nordwind.lightning.force.com'],
  ['nordwind--uat', 'https://nordwind--uat.sandbox.lightning.force.com'],
  ['nordwind-dev-ed', 'https://nordwind-dev-ed.develop.lightning.force.com'],
])('is of the installation %s at %s', (tenant, origin) => {
  const url = new URL(lead.url.pathname, origin);
  expect(siteFor(url)?.id).toBe('salesforce');
  expect(read(lead.html, url)?.people[0]?.record?.tenant).toBe(tenant);
});
