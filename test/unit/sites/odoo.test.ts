import { describe, expect, it } from 'vitest';
import { odoo } from '../../../utils/sites/odoo.ts';
import { documentOf, fixturesOf, readingOf } from '../../support/site-fixtures.ts';

const page = (name: string) => documentOf(fixturesOf('odoo').find((one) => one.name === name)?.html ?? '');
const recordAt = (name: string, address: string) =>
  readingOf(odoo, page(name), new URL(address, 'https://nordwind.odoo.com'))?.people[0]?.record;

describe('the record an address of Odoo names', () => {
  it.each([
    ['/odoo/crm/25', 'crm.lead', '25'],
    ['/odoo/crm/25?debug=1', 'crm.lead', '25'],
    ['/odoo/contacts/20/crm/25', 'crm.lead', '25'],
    ['/odoo/crm.lead/25', 'crm.lead', '25'],
    ['/web#id=25&menu_id=112&model=crm.lead&view_type=form', 'crm.lead', '25'],
    // An action without a name of its own: the form says what it is of.
    ['/odoo/action-341/25', 'crm.lead', '25'],
    ['/odoo/crm.lead/25/action-341/26', 'crm.lead', '26'],
  ])('%s', (address, type, id) => {
    expect(recordAt('lead-edit-en', address)).toMatchObject({ type, id });
  });

  it.each([
    ['/odoo/contacts/20', 'res.partner', '20'],
    ['/odoo/action-341/20', 'res.partner', '20'],
  ])('%s, a contact', (address, type, id) => {
    expect(recordAt('contact-de', address)).toMatchObject({ type, id });
  });

  it.each(['/odoo/crm', '/odoo/crm/new', '/odoo/crm/25/action-341', '/web#model=crm.lead&view_type=form'])(
    'nobody at %s',
    (address) => {
      const url = new URL(address, 'https://nordwind.odoo.com');
      expect(readingOf(odoo, page('lead-edit-en'), url)).toBeNull();
      expect(odoo.expectsPeople(url)).toBe(false);
    },
  );

  it('is not the one whose picture still stands there', () => {
    expect(recordAt('contact-de', '/odoo/contacts/21')).toBeUndefined();
  });

  it('is not that of a list which still stands there', () => {
    expect(recordAt('list-en', '/odoo/crm/25')).toBeUndefined();
  });

  it('is the same view whatever else the address says', () => {
    const route = (address: string) => odoo.route(new URL(address, 'https://nordwind.odoo.com'));
    expect(route('/odoo/crm/25?debug=assets')).toBe(route('/odoo/crm/25'));
    expect(route('/web#id=7&model=crm.lead&cids=1')).toBe(route('/web?db=x#cids=2&model=crm.lead&id=7'));
    expect(route('/web#id=7&model=crm.lead')).not.toBe(route('/web#id=8&model=crm.lead'));
    expect(route('/odoo/crm?view_type=list')).not.toBe(route('/odoo/crm'));
  });
});
