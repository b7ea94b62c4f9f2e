import type { PageReading, PersonOnPage } from '../contract/page-reading.ts';

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

/**
 * A site's selectors by name, the most trusted of each list first. Data and not code, so that the hub can
 * send others on the day a site changes.
 */
export type Selectors = Readonly<Record<string, readonly string[]>>;

/** What a reader looks at. */
export interface Page<S extends Selectors = Selectors> {
  readonly document: Document;
  readonly url: URL;
  /** The site's selectors, those of a selector pack in place of its own. */
  readonly select: S;
}

/** A row of a list that the page shows, for its badge. */
export interface Row {
  /** Where the badge goes: it is put first into this element, over its left padding, and takes no room. */
  anchor: Element;
  people: PersonOnPage[];
}

/** How an element makes room for the dock. */
export type Room = readonly [selector: string, property: 'max-width' | 'margin-right'];

/** One site the panel works on. Everything a site needs is in its file; see docs/adding-a-site.md. */
export interface Site<S extends Selectors = Selectors> {
  /** Kebab-case; the file's name. */
  id: string;
  /** The product's own name, the same in every language. */
  label: string;
  /** In a mail site the panel works only in mailboxes the user has named; in a CRM wherever it is switched on. */
  kind: 'mail' | 'crm';
  /**
   * Match patterns of whole origins: single-page apps change path without loading. Empty where every
   * company has its own, which the user names.
   */
  matches: readonly string[];
  /** Asked for at install; every other site is switched on by the user. */
  core?: true;
  /** What is in every page of such a system and in no other's: recognises one at an address of its own. */
  signs?: readonly string[];
  /** Also reads in frames within the page, and in windows that a page opens without an address. */
  frames?: true;
  dock: {
    /** Room the site needs for itself around the dock, in CSS pixels. */
    top: number;
    right: number;
    bottom: number;
    /** What gives way to the open dock, so that it covers nothing. */
    reserve?: readonly Room[];
    /** What must never be covered: where mail is written, the site's own right rail. */
    avoid?: readonly string[];
  };
  selectors: S;
  /**
   * Who is on the page now. Pure: no clicks, no writes, no network, no forced layout.
   * `null` when this page shows nobody (settings, an empty view) or cannot be read yet.
   */
  read(page: Page<S>): PageReading | null;
  /** The rows of the list on the page, alone or beside what is open; as pure as `read`. */
  rows?(page: Page<S>): Row[];
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

/** Infers the names of a site's selectors, so that a reader cannot ask for one that is not there. */
export const defineSite = <S extends Selectors>(site: Site<S>): Site<S> => site;

/** A page as a site's readers see it; a pack's selectors replace those of the same name. */
export function pageOf(site: Site, document: Document, url: URL, pack: Selectors = {}): Page {
  return { document, url, select: { ...site.selectors, ...pack } };
}

/** For what both `read` and `rows` need: works it out once for each look at a page, which is a page of its own. */
export function oncePerPage<S extends Selectors, T extends object>(
  workOut: (page: Page<S>) => T,
): (page: Page<S>) => T {
  const known = new WeakMap<Page<S>, T>();
  return (page) => {
    const result = known.get(page) ?? workOut(page);
    known.set(page, result);
    return result;
  };
}
