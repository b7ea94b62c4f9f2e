import type { DockState } from '../../utils/extension/messages.ts';
import type { Room } from '../../utils/sites/site.ts';

interface Held {
  element: HTMLElement;
  property: string;
  ours: string;
  before: { value: string; priority: string; attribute: string | null };
  /** By how much the element begins further to the right. */
  shift: number;
}

type Side = DockState['side'];

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
      // Asked for the attribute, Chromium writes it down; one that was never written down it does not remove for good.
      if (before.attribute === null && element.getAttribute('style') === '') element.removeAttribute('style');
    }
    held = [];
    key = '';
  };

  const hold = (element: HTMLElement, property: string, pixels: number, shift = 0) => {
    const { style } = element;
    const before = {
      value: style.getPropertyValue(property),
      priority: style.getPropertyPriority(property),
      attribute: element.getAttribute('style'),
    };
    style.setProperty(property, `${pixels}px`, 'important');
    held.push({ element, property, ours: style.getPropertyValue(property), before, shift });
  };

  return {
    release,
    /**
     * Where what gives way begins, were it not for us: a dock at the left stands there, beside what the site has
     * at its own left.
     */
    start(): number {
      const lefts = rooms.flatMap(([selector]) => {
        const element = document.querySelector<HTMLElement>(selector);
        const ours = held.find((one) => one.element === element && one.property === 'margin-left');
        return element === null ? [] : element.getBoundingClientRect().left - (ours?.shift ?? 0);
      });
      return lefts.length === 0 ? 0 : Math.min(...lefts);
    },
    /** Keeps free what is beyond `edge` on the dock's side, in CSS pixels from the window's left edge. */
    take(edge: number, side: Side = 'right'): void {
      const found = rooms.map(([selector]) => document.querySelector<HTMLElement>(selector));
      const wanted = `${side} ${edge} ${innerWidth}`;
      if (wanted === key && found.every((element, index) => element === elements[index])) return;
      release();
      key = wanted;
      elements = found;
      rooms.forEach(([, property], index) => {
        const element = found[index];
        if (element == null) return;
        const { left: start, right: end } = element.getBoundingClientRect();
        if (side === 'right' ? end <= edge : start >= edge) return;
        const { marginLeft, marginRight } = getComputedStyle(element);
        const width = side === 'right' ? edge - start : end - edge;
        if (property === 'max-width') hold(element, property, width);
        else if (side === 'right') hold(element, property, (parseFloat(marginRight) || 0) + end - edge);
        if (side === 'left') {
          const shift = edge - start;
          hold(element, 'margin-left', (parseFloat(marginLeft) || 0) + shift, shift);
        }
      });
    },
  };
}
