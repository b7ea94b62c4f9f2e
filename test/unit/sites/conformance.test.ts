import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PageReading, type PersonOnPage } from '../../../utils/contract/page-reading.ts';
import { sites } from '../../../utils/sites/index.ts';
import { pageOf, type Site } from '../../../utils/sites/site.ts';
import { accident, happen, victims } from '../../support/accidents.ts';
import { documentOf, fixturesOf, readingOf } from '../../support/site-fixtures.ts';

/** Accidents to each site's pages, together; DESIGN asks for two thousand. */
const CASES = 2_100;
/**
 * What says whose mailbox a page shows. Without it nobody can know the user's own addresses, and the panel
 * stays dark anyway (mailbox-rule.ts).
 */
const MAILBOX: Partial<Record<string, string>> = {
  gmail: 'title, header, input[name=from], .bodycontainer > table:first-child',
  outlook: 'title, #headerContainer, [role=tree], #O365_MainLink_Me',
  roundcube: 'title, .username, select, script',
};

/** Parsed once for all sites: reading leaves a page as it was, which is tested apart. */
const parsed = new Map<string, { name: string; document: Document; url: URL }[]>();
function pagesOf(id: string) {
  const pages =
    parsed.get(id) ??
    fixturesOf(id).map(({ name, html, url }) => ({ name, document: documentOf(html), url }));
  parsed.set(id, pages);
  return pages;
}

const others = (site: Site) => sites.filter(({ id }) => id !== site.id);
const identity = ({ email, record }: Pick<PersonOnPage, 'email' | 'record'>) => [
  ...(email === undefined ? [] : [email.toLowerCase()]),
  ...(record === undefined ? [] : [`${record.system}/${record.tenant ?? ''}/${record.type}/${record.id}`]),
];

describe.each(sites.map((site) => ({ site, id: site.id })))('$id', ({ site }) => {
  const fixtures = fixturesOf(site.id);

  it('has a file of its name, whole origins, and at least two views in two languages', () => {
    expect(existsSync(`utils/sites/${site.id}.ts`)).toBe(true);
    expect(site.id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/u);
    for (const pattern of site.matches)
      expect(pattern).toMatch(/^https:\/\/(?:\*\.)?[a-z0-9.-]+\.[a-z]+\/\*$/u);
    if (site.core) expect(site.matches).not.toEqual([]);
    // A system at an address of its own must be recognised by something.
    if (site.matches.length === 0 && site.id !== 'generic') expect(site.signs).toBeDefined();
    const views = new Set(fixtures.flatMap(({ reading }) => reading?.view ?? []));
    expect([...views].length).toBeGreaterThanOrEqual(2);
    expect(new Set(fixtures.map(({ language }) => language)).size).toBeGreaterThanOrEqual(2);
  });

  it('has selectors that every browser can parse', () => {
    const { body } = documentOf('');
    for (const list of Object.values(site.selectors)) {
      expect(list.length).toBeGreaterThan(0);
      for (const selector of list) expect(() => body.querySelector(selector), selector).not.toThrow();
    }
  });

  it.each(fixtures)('reads $name, and leaves it as it was', ({ html, url, reading, never, rows }) => {
    const before = documentOf(html);
    const after = before.cloneNode(true) as Document;
    const found = readingOf(site, before, url);
    const listed = site.rows?.(pageOf(site, before, url)) ?? [];

    expect(found).toEqual(reading);
    expect(PageReading.nullable().safeParse(site.read(pageOf(site, before, url))).success).toBe(true);
    if (rows !== undefined) expect(listed.map(({ people }) => people.flatMap(identity))).toEqual(rows);
    else expect(listed).toEqual([]);
    for (const { anchor } of listed) expect(anchor.ownerDocument).toBe(before);
    expect(before.isEqualNode(after), 'reading must not change the page').toBe(true);
    const reported = JSON.stringify([found?.people ?? [], listed.map(({ people }) => people)]).toLowerCase();
    for (const trap of never) {
      expect(html).toContain(trap);
      expect(reported).not.toContain(trap.toLowerCase());
    }
  });

  it('finds nobody on the pages of any other site', { timeout: 60_000 }, () => {
    // The generic site reads what any page says of persons in standard words.
    if (site.id === 'generic') return;
    for (const { id } of others(site)) {
      for (const { name, document, url } of pagesOf(id)) {
        const page = pageOf(site, document, url);
        expect(site.read(page)?.people ?? [], `${id}/${name}`).toEqual([]);
        expect(site.rows?.(page) ?? [], `${id}/${name}`).toEqual([]);
      }
    }
  });

  it('reads a page that is still empty', () => {
    for (const { url } of fixtures) {
      const page = pageOf(site, documentOf(''), url);
      expect(site.read(page)?.people ?? []).toEqual([]);
      expect(site.rows?.(page) ?? []).toEqual([]);
      expect(typeof site.route(url)).toBe('string');
      expect(typeof site.expectsPeople(url)).toBe('boolean');
    }
  });

  describe('whatever happens to a page, nobody is named who is not on it', { timeout: 60_000 }, () => {
    it.each(fixtures)('$name', ({ html, url, reading, rows, doubted = [] }) => {
      const document = documentOf(html);
      const pool = victims(document, MAILBOX[site.id] ?? 'title, head');
      const named = (reading?.people ?? []).flatMap(identity);
      const known = new Set([...named, ...(rows ?? []).flat(), ...doubted]);
      // Together, too: an address must never come to stand beside another person's record.
      const pairs = new Set((reading?.people ?? []).map((person) => identity(person).join()));
      const strangers = () => {
        const page = pageOf(site, document, url);
        const people = site.read(page)?.people ?? [];
        const listed = (site.rows?.(page) ?? []).flatMap((row) => row.people);
        const unknown = [...people, ...listed].flatMap(identity).filter((one) => !known.has(one));
        const mixed = people
          .filter((person) => person.uncertain === undefined)
          .map((person) => identity(person))
          .filter((of) => of.length > 1 && reading?.view === 'record' && !pairs.has(of.join()))
          .map((of) => of.join());
        return [...unknown, ...mixed];
      };

      fc.assert(
        fc.property(fc.array(accident, { minLength: 2, maxLength: 8 }), (accidents) => {
          const undo = accidents.map((one) => happen(pool[one.kind], one));
          try {
            expect(strangers()).toEqual([]);
          } finally {
            for (const step of undo.reverse()) step();
          }
        }),
        { numRuns: Math.ceil(CASES / fixtures.length), seed: 20261122 },
      );
    });
  });
});
