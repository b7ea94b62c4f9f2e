import type { PageReading } from '../contract/page-reading.ts';

/** One message that the user has told the page to send. */
export interface Sending {
  /** The mailbox it is sent from; absent when nothing says so. */
  account?: string;
  /** Addresses, lower case, each once. */
  recipients: string[];
  /** Whether this is part of where the message is written. */
  holds(target: Node): boolean;
  /** Whether it is still being written. Minimised it is; sent, saved or discarded it is gone from the page. */
  isOpen(): boolean;
}

/** How the user of a site sends mail. Pure like `read`; looks at neither subject nor text. */
export interface SendingReader {
  /** What a click or key begins to send, asked before the page acts on it; `null`: nothing. */
  begins(event: Event, url: URL): Sending | null;
  /** Whether the page offers to take something back now: then perhaps what was sent. */
  undoOffered(document: Document): boolean;
  /** Whether this click or key takes it back. */
  undoes(event: Event): boolean;
}

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
  /** Absent where mails that are sent cannot be noticed. */
  sending?: SendingReader;
}
