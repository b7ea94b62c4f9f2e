/** CSS pixels from the window's left and top, as `getBoundingClientRect` gives them. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * Where the dock stands: distances from the window's edges, and its width. For a dock at the left, all of it is in a
 * mirror: `right` is the distance from the left edge.
 */
export interface Place {
  top: number;
  right: number;
  bottom: number;
  width: number;
  /** There is no room for the panel; what stands there is but a tab. */
  folded: boolean;
  /** It stands beside something that lies on the page, and so needs no room of the page itself. */
  floats: boolean;
}

/** Wide enough for the stage's mark and the arrow that unfolds the panel. */
export const COLLAPSED_WIDTH = 44;
/** Less than this is no panel any more. */
const MIN_HEIGHT = 320;
/** A panel further to the left would leave nothing of the page. */
const MIN_LEFT = 240;
/** High enough for stage and clock in words. */
const TAB_HEIGHT = 240;

/**
 * A place for the dock that covers none of the obstacles: at the right edge, above what stands at the bottom,
 * left of what stands in the way, else as a tab, which covers something only where nothing is free at all.
 */
export function placeDock(
  view: { width: number; height: number },
  insets: { top: number; right: number; bottom: number },
  wanted: number,
  obstacles: readonly Box[],
): Place {
  const { top } = insets;
  const width = Math.min(wanted, view.width - insets.right);
  const floor = view.height - insets.bottom;
  const bottoms = obstacles.filter((one) => one.bottom >= floor - 1).map((one) => view.height - one.top);
  const rights = (width: number, least: number) => [
    insets.right,
    ...obstacles
      .map((one) => view.width - one.left)
      .filter((right) => view.width - right - width >= least)
      .toSorted((a, b) => a - b),
  ];
  const free = (place: Omit<Place, 'folded' | 'floats'>) =>
    !obstacles.some(
      (one) =>
        one.left < view.width - place.right &&
        one.right > view.width - place.right - place.width &&
        one.top < view.height - place.bottom &&
        one.bottom > place.top,
    );
  const panel = rights(width, MIN_LEFT)
    .flatMap((right) => [insets.bottom, ...bottoms].map((bottom) => ({ top, right, bottom, width })))
    .find((place) => view.height - top - place.bottom >= MIN_HEIGHT && free(place));

  const tabs = [...rights(COLLAPSED_WIDTH, 0), 0].flatMap((right) =>
    [Math.max(0, view.height - top - TAB_HEIGHT), insets.bottom].map((bottom) => ({
      top: Math.max(0, view.height - bottom - TAB_HEIGHT),
      right,
      bottom,
      width: COLLAPSED_WIDTH,
    })),
  );
  const place = panel ?? tabs.find(free) ?? tabs[0]!;
  return { ...place, folded: !panel, floats: place.right > edge(view.width, insets.right, obstacles) };
}

/** How far rails and sidebars reach into the window, one beside the other from its right edge. */
function edge(width: number, right: number, obstacles: readonly Box[]): number {
  return obstacles
    .toSorted((a, b) => b.right - a.right)
    .reduce((edge, one) => (one.right >= width - edge - 1 ? Math.max(edge, width - one.left) : edge), right);
}
