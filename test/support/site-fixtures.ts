import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { JSDOM } from 'jsdom';
import type { PageReading } from '../../utils/contract/page-reading.ts';
import { type Page, pageOf, type Site } from '../../utils/sites/site.ts';

/** A page of a site and what a correct reader makes of it. */
export interface SiteFixture {
  name: string;
  html: string;
  url: URL;
  /** The language of the site's own interface. */
  language: string;
  /** Without `readers`, which are for diagnostics only. */
  reading: Omit<PageReading, 'readers'> | null;
  /** Addresses, names or ids that stand somewhere in the page and must not be reported as people. */
  never: string[];
  /** Those among them that a less trusted reader finds for somebody uncertain: they stand where that reader is left alone. */
  doubted?: string[];
  /** Who each row's badge is about, as addresses or record ids; absent where the page lists nobody. */
  rows?: string[][];
}

const folder = join(import.meta.dirname, '../fixtures');

/** Every page in test/fixtures/<site> with the expectations beside it. */
export function fixturesOf(siteId: string): SiteFixture[] {
  const pages = join(folder, siteId);
  if (!existsSync(pages)) return [];
  return readdirSync(pages)
    .filter((file) => file.endsWith('.html'))
    .map((file) => {
      const name = basename(file, '.html');
      const { url, language, ...expected } = JSON.parse(
        readFileSync(join(pages, `${name}.json`), 'utf8'),
      ) as Omit<SiteFixture, 'name' | 'html' | 'url' | 'language'> & { url: string; language?: string };
      return {
        ...expected,
        name,
        language: language ?? (name.endsWith('-de') ? 'de' : 'en'),
        html: readFileSync(join(pages, file), 'utf8'),
        url: new URL(url),
      };
    });
}

export const gmailFixtures = fixturesOf('gmail');

export const documentOf = (html: string): Document => new JSDOM(html).window.document;

/** What a site reads in a document, without the tally of its readers. */
export function readingOf(site: Site, document: Document, url: URL, page?: Partial<Page>) {
  const reading = site.read({ ...pageOf(site, document, url), ...page });
  if (reading === null) return null;
  const rest = { ...reading };
  delete rest.readers;
  return rest;
}
