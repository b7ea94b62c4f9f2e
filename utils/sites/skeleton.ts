const MAX_LENGTH = 15_000;
const MAX_DEPTH = 40;
/** Attributes whose values are structure, not content; of all others only the name is kept. */
const STRUCTURAL = /^(?:role|type|class|aria-hidden|hidden)$/u;

/**
 * An element's shape for diagnostics: names of elements and attributes, no text and no values but those
 * that are structure. What somebody wrote, an address or an id cannot be in it.
 */
export function skeleton(root: Element): string {
  let text = '';
  const visit = (element: Element, depth: number): void => {
    if (text.length > MAX_LENGTH || depth > MAX_DEPTH) return;
    const attributes = [...element.attributes].map(({ name, value }) =>
      STRUCTURAL.test(name) && /^[\w -]{0,80}$/u.test(value) ? `${name}=${value}` : name,
    );
    text += `${' '.repeat(depth)}${[element.localName, ...attributes].join(' ')}\n`;
    for (const child of element.children) visit(child, depth + 1);
  };
  visit(root, 0);
  return text.slice(0, MAX_LENGTH);
}
