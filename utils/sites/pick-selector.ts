import { addressIn, all, fieldText, mailtoIn, visibility } from './dom.ts';

/** The address a place shows: in its link, in what it holds for machines, or as all of its text or value. */
export function shownAddress(element: Element): string | undefined {
  return (
    mailtoIn(element.getAttribute('href')) ??
    addressIn(element.getAttribute('content')) ??
    addressIn(fieldText(element))
  );
}

/** Deeper than this a path would break with the next change of the page. */
const MAX_STEPS = 8;
/** Attributes that name a field, the most lasting first; other `data-*` come after them. */
const NAMING = ['itemprop', 'name', 'data-testid', 'data-test-id', 'data-field', 'data-name', 'data-id'];
/** Needs no escaping in a selector. */
const PLAIN = /^[a-z][\w-]{0,60}$/iu;
/** Numbers of records, hashes of builds, ids that a framework counts up. */
const PASSING = /\d{3}|[0-9a-f]{8}|^(?:ember|radix|mui|headlessui|react|comp)\W?/iu;
/** Shorter words than this occur in names of fields, too. */
const MIN_WORD = 3;

/**
 * A short selector that matches this element and no other of its document, without any value of the person
 * the page shows, so that it also finds the next one's. Undefined where there is none.
 */
export function selectorFor(element: Element): string | undefined {
  const personal = wordsOf(element);
  const matches = (selector: string) => {
    const found = all(element.ownerDocument, selector);
    return found.length === 1 && found[0] === element;
  };
  let path = '';
  let at: Element | null = element;
  for (let steps = 0; at !== null && steps < MAX_STEPS; steps++, at = at.parentElement) {
    for (const own of namesOf(at, personal)) if (matches(own + path)) return own + path;
    path = ` > ${placeOf(at)}${path}`;
    if (at.localName === 'body') return path.slice(' > '.length);
  }
  return undefined;
}

/** Selectors for one element by what names it, the most trusted first. */
function namesOf(element: Element, personal: ReadonlySet<string>): string[] {
  const lasting = (value: string | null): value is string =>
    value !== null &&
    PLAIN.test(value) &&
    !PASSING.test(value) &&
    !wordsIn(value).some((word) => personal.has(word));
  const others = element.getAttributeNames().filter((name) => name.startsWith('data-') && PLAIN.test(name));
  const id = element.getAttribute('id');
  return [
    ...(lasting(id) ? [`#${id}`] : []),
    ...[...new Set([...NAMING, ...others])].flatMap((name) => {
      const value = element.getAttribute(name);
      return lasting(value) ? [`${element.localName}[${name}="${value}"]`] : [];
    }),
  ];
}

/** An element by its place among its siblings. Names of custom elements have no special characters either. */
function placeOf(element: Element): string {
  const { localName, parentElement } = element;
  const alike = [...(parentElement?.children ?? [])].filter((sibling) => sibling.localName === localName);
  return alike.length > 1 ? `${localName}:nth-of-type(${alike.indexOf(element) + 1})` : localName;
}

/** What the place says of somebody: no such word may come into a selector. */
function wordsOf(element: Element): ReadonlySet<string> {
  return new Set(wordsIn(`${shownAddress(element) ?? ''} ${fieldText(element)}`));
}

const wordsIn = (text: string) =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= MIN_WORD);

/** Longer texts are no names or addresses, and their element holds more than one thing. */
const MAX_SHOWN = 100;

/** What somebody may want to point at, in the order of the page: whatever shows a short text or value of its own. */
export function candidatesIn(root: Element): Element[] {
  const shown = visibility('script, style, noscript, template, option');
  return all(root, '*').filter((element) => {
    if (element.childElementCount > 0 && !element.matches('a[href]')) return false;
    const text = fieldText(element);
    return text !== '' && text.length <= MAX_SHOWN && shown(element);
  });
}
