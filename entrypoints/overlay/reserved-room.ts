import type { Room } from '../../utils/sites/site.ts';

interface Held {
  element: HTMLElement;
  property: Room[1];
  ours: string;
  before: { value: string; priority: string; attribute: string | null };
}

/** Makes elements of the page give way to the dock, and leaves them exactly as they were. */
export function createReservedRoom(rooms: readonly Room[]) {
  let held: Held[] = [];
  let key = '';
  let elements: (HTMLElement | null)[] = [];

  const release = () => {
    for (const { element, property, ours, before } of held.toReversed()) {
      // What the page has set itself in the meantime is the page's.
      if (element.style.getPropertyValue(property) !== ours) continue;
      element.style.setProperty(property, before.value, before.priority);
      if (before.attribute === null && element.style.length === 0) element.removeAttribute('style');
    }
    held = [];
    key = '';
  };

  return {
    release,
    /** Keeps free what is right of `left`, in CSS pixels from the window's left edge. */
    take(left: number): void {
      const found = rooms.map(([selector]) => document.querySelector<HTMLElement>(selector));
      const wanted = `${left} ${innerWidth}`;
      if (wanted === key && found.every((element, index) => element === elements[index])) return;
      release();
      key = wanted;
      elements = found;
      rooms.forEach(([, property], index) => {
        const element = found[index];
        if (element == null) return;
        const { left: start, right: end } = element.getBoundingClientRect();
        if (end <= left) return;
        const { style } = element;
        const before = {
          value: style.getPropertyValue(property),
          priority: style.getPropertyPriority(property),
          attribute: element.getAttribute('style'),
        };
        const margin = parseFloat(getComputedStyle(element).marginRight) || 0;
        const pixels = property === 'max-width' ? left - start : margin + end - left;
        style.setProperty(property, `${pixels}px`, 'important');
        held.push({ element, property, ours: style.getPropertyValue(property), before });
      });
    },
  };
}
