import type { PageReading } from '../contract/page-reading.ts';

/** One site the panel works on. Everything a site needs is in its file; see docs/adding-a-site.md. */
export interface Site {
  /** Kebab-case; the file's name. */
  id: string;
  label: string;
  /** Match patterns of whole origins: single-page apps change path without loading. */
  matches: readonly string[];
  /** Room the site needs for itself around the dock, in CSS pixels. */
  dock: { top: number; right: number; bottom: number };
  /**
   * Who is on the page now. Pure: no clicks, no writes, no network, no forced layout.
   * `null` when this page shows nobody (settings, an empty view) or cannot be read yet.
   */
  read(document: Document, url: URL): PageReading | null;
  /** The smallest element whose changes can change a reading; `null` while the page is still building. */
  root(document: Document): Element | null;
  /** Whether this address is one at which people should be found: if none are, the site may have changed. */
  expectsPeople(url: URL): boolean;
  /** The part of the address that says which view is meant, without what opens beside it (a compose box). */
  route(url: URL): string;
  /** The attributes whose changes can change a reading: the `attributeFilter` of who watches `root`. */
  attributes: readonly string[];
}
