import fc from 'fast-check';

/** One accident: an element goes, an attribute goes, or a text is garbled. `at` picks where, from 0 to 1. */
export const accident = fc.record({
  kind: fc.constantFrom('remove' as const, 'strip' as const, 'garble' as const),
  // Not `fc.double`: that is even over the doubles there are, nearly all of which lie next to 0.
  at: fc.noBias(fc.nat(9_999)).map((tenThousandth) => tenThousandth / 10_000),
  which: fc.noBias(fc.nat(9)),
  text: fc.string({ unit: 'binary', maxLength: 12 }),
});
type Accident = typeof accident extends fc.Arbitrary<infer T> ? T : never;

const textIn = (element: Element) => [...element.childNodes].find((child) => child.nodeType === 3);

/** The elements each kind of accident can happen to: all but those that match `spared`, and what holds them. */
export function victims(document: Document, spared: string): Record<Accident['kind'], Element[]> {
  const elements = [...document.body.querySelectorAll('*')].filter(
    (element) => !element.closest(spared) && !element.querySelector(spared),
  );
  return {
    remove: elements,
    strip: elements.filter((element) => element.attributes.length > 0),
    garble: elements.filter(textIn),
  };
}

/** Does the accident, and returns how to undo it. */
export function happen(elements: Element[], { kind, at, which, text }: Accident): () => void {
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
