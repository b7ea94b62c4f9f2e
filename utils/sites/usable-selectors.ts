import type { Selectors } from './site.ts';

/** Those lists of a pack whose selectors this browser understands; the site keeps its own in place of the others. */
export function usableSelectors(document: Document, pack: Selectors): Selectors {
  const empty = document.createDocumentFragment();
  return Object.fromEntries(
    Object.entries(pack).filter(([, selectors]) => {
      try {
        return selectors.every((selector) => empty.querySelector(selector) === null);
      } catch {
        return false;
      }
    }),
  );
}
