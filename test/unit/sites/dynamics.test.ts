import { describe, expect, it } from 'vitest';
import { dynamics } from '../../../utils/sites/dynamics.ts';
import { siteFor } from '../../../utils/sites/index.ts';
import { documentOf, fixturesOf, readingOf } from '../../support/site-fixtures.ts';

const fixture = (name: string) => fixturesOf('dynamics').find((one) => one.name === name)!;
const { html, url } = fixture('lead-en');
const id = '7b3f0c11-aaaa-ee11-9999-000d3a4b5c6d';
const idAt = (query: string, page = html) =>
  readingOf(dynamics, documentOf(page), new URL(`/main.aspx?${query}`, url))?.people[0]?.record?.id;

describe('a lead of Dynamics', () => {
  it.each([
    `pagetype=entityrecord&etn=lead&id=${id}`,
    `etn=lead&pagetype=entityrecord&id=%7b${id.toUpperCase()}%7d&formid=1`,
    `etc=4&id={${id}}`,
  ])('is known at %s', (query) => {
    expect(idAt(query)).toBe(id);
  });

  it.each([
    // Not stored yet.
    'pagetype=entityrecord&etn=lead',
    `pagetype=entityrecord&etn=incident&id=${id}`,
    `pagetype=dashboard&id=${id}`,
    'pagetype=entitylist&etn=lead',
    '',
  ])('is not reported at %s', (query) => {
    expect(idAt(query)).toBeUndefined();
    expect(dynamics.expectsPeople(new URL(`/main.aspx?${query}`, url))).toBe(false);
  });

  it('is not read while two forms stand in the page', () => {
    const form = '<div data-id="editFormRoot"><h1 data-id="header_title">Otto Vergangen</h1></div>';
    expect(idAt(url.search, html.replace('<div data-id="editFormRoot"', `${form}$&`))).toBeUndefined();
  });

  it('is what a user types over', () => {
    const document = documentOf(html);
    const field = document.querySelector<HTMLInputElement>('[data-id^="emailaddress1.field"]')!;
    field.value = 'p.raman@coppertree.example';
    // The link beside it still writes to the address before.
    expect(readingOf(dynamics, document, url)?.people[0]).toMatchObject({ uncertain: true });
  });
});

it.each(['crm', 'crm2', 'crm4', 'crm9', 'crm21'])('works in the region %s', (region) => {
  expect(siteFor(new URL(`https://nordwind.${region}.dynamics.com/main.aspx`))?.id).toBe('dynamics');
});

it('does not ask for the other products at the same domain', () => {
  expect(siteFor(new URL('https://nordwind.operations.dynamics.com/'))).toBeUndefined();
});
