import type { DockState } from '../../utils/extension/messages.ts';
import type { Box } from './dock-place.ts';

/** Sites keep their own layers below; sidebars of other extensions stand above everything. */
const FOREIGN_Z_INDEX = 1_000;

/**
 * What the dock must not cover: what the site has named, and sidebars that another extension has put at the
 * same edge. Asks for the page's layout, which readers must not.
 */
export function obstacles(avoid: readonly string[], own: Element, side: DockState['side']): Box[] {
  const named = avoid.flatMap((selector) => [...document.querySelectorAll(selector)]);
  return [
    ...named.filter((element) => element.checkVisibility({ visibilityProperty: true })),
    ...foreign(own, side),
  ]
    .map((element) => element.getBoundingClientRect())
    .filter(({ width, height }) => width > 0 && height > 0);
}

/** A sidebar of somebody else hangs directly in the page, or in one element or shadow tree that does. */
function foreign(own: Element, side: DockState['side']): Element[] {
  return [...document.documentElement.children, ...document.body.children]
    .filter((element) => element !== own && element !== document.body)
    .flatMap((element) => [element, ...element.children, ...(element.shadowRoot?.children ?? [])])
    .filter((element) => {
      const { width, height, left, right } = element.getBoundingClientRect();
      const away = side === 'right' ? innerWidth - right : left;
      if (away > 1 || height < innerHeight / 2 || width === 0 || width > innerWidth / 2) return false;
      const { position, zIndex, visibility } = getComputedStyle(element);
      return position === 'fixed' && Number(zIndex) >= FOREIGN_Z_INDEX && visibility === 'visible';
    });
}
