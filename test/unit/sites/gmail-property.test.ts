import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { gmail } from '../../../utils/sites/gmail.ts';
import { gmailFixtures } from '../../support/gmail-fixtures.ts';

/** One accident: an element goes, an attribute goes, or a text is garbled. `at` picks where, from 0 to 1. */
const accident = fc.record({
  kind: fc.constantFrom('remove' as const, 'strip' as const, 'garble' as const),
  at: fc.noBias(fc.double({ min: 0, max: 0.999, noNaN: true })),
  which: fc.noBias(fc.nat(9)),
  text: fc.string({ unit: 'binary', maxLength: 12 }),
});
type Accident = typeof accident extends fc.Arbitrary<infer T> ? T : never;

/** What says whose mailbox this is. Without it nobody can know the user's own addresses. */
const MAILBOX = 'title, header, input[name=from]';

const textIn = (element: Element) => [...element.childNodes].find((child) => child.nodeType === 3);

/** The elements each kind of accident can happen to. */
function victims(document: Document): Record<Accident['kind'], Element[]> {
  const elements = [...document.body.querySelectorAll('*')].filter(
    (element) => !element.closest(MAILBOX) && !element.querySelector(MAILBOX),
  );
  return {
    remove: elements,
    strip: elements.filter((element) => element.attributes.length > 0),
    garble: elements.filter(textIn),
  };
}

/** Does the accident, and returns how to undo it. */
function happen(elements: Element[], { kind, at, which, text }: Accident): () => void {
  const element = elements[Math.floor(at * elements.length)];
  if (element === undefined) return () => undefined;
  if (kind === 'remove') {
    const { parentNode, nextSibling } = element;
    element.remove();
    return () => parentNode?.insertBefore(element, nextSibling);
  }
  const attribute = element.attributes[which % element.attributes.length];
  if (kind === 'strip' && attribute) {
    element.removeAttributeNode(attribute);
    return () => element.setAttributeNode(attribute);
  }
  const node = textIn(element);
  const before = node?.nodeValue ?? '';
  if (node) node.nodeValue = text + before.slice(which);
  return () => {
    if (node) node.nodeValue = before;
  };
}

describe('whatever happens to a page, the reader names nobody who is not on it', { timeout: 30_000 }, () => {
  it.each(gmailFixtures)('$name', ({ html, url, reading }) => {
    const { document } = new JSDOM(html).window;
    const pool = victims(document);
    const known = new Set(reading?.people.map(({ email }) => email?.toLowerCase()));
    const strangers = () =>
      (gmail.read(document, url)?.people ?? [])
        .map(({ email }) => email?.toLowerCase())
        .filter((email) => !known.has(email));

    fc.assert(
      fc.property(fc.array(accident, { minLength: 4, maxLength: 8 }), (accidents) => {
        const undo = accidents.map((one) => happen(pool[one.kind], one));
        try {
          expect(strangers()).toEqual([]);
        } finally {
          for (const step of undo.reverse()) step();
        }
      }),
      // At least 520 accidents a page.
      { numRuns: 130, seed: 20261122 },
    );
  });
});
