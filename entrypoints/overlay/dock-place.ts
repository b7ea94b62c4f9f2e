/** CSS pixels from the window's left and top, as `getBoundingClientRect` gives them. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Where the dock stands: distances from the window's edges, and its width. */
export interface Place {
  top: number;
  right: number;
  bottom: number;
  width: number;
  /** There is no room for the panel; what stands there is but a tab. */
  folded: boolean;
}

/** Wide enough for the stage's mark and the arrow that unfolds the panel. */
export const COLLAPSED_WIDTH = 44;
/** Less than this is no panel any more. */
const MIN_HEIGHT = 320;
const TAB_HEIGHT = 160;

/**
 * A place for the dock that covers none of the obstacles: left of what stands at the right edge, above what
 * stands at the bottom, else as a tab, which covers something only where nothing is free at all.
 */
export function placeDock(
  view: { width: number; height: number },
  insets: { top: number; right: number; bottom: number },
  wanted: number,
  obstacles: readonly Box[],
): Place {
  const { top } = insets;
  let { right, bottom } = insets;
  const width = Math.min(wanted, view.width - right);
  const covers = (place: Omit<Place, 'folded'>) => (obstacle: Box) =>
    obstacle.left < view.width - place.right &&
    obstacle.right > view.width - place.right - place.width &&
    obstacle.top < view.height - place.bottom &&
    obstacle.bottom > place.top;
  let fits = true;
  for (const obstacle of obstacles.toSorted((a, b) => b.right - a.right)) {
    if (!covers({ top, right, bottom, width })(obstacle)) continue;
    if (obstacle.bottom >= view.height - insets.bottom - 1 && obstacle.top - top >= MIN_HEIGHT) {
      bottom = view.height - obstacle.top;
    } else if (obstacle.right >= view.width - right - 1 && obstacle.left >= 2 * width) {
      right = view.width - obstacle.left;
    } else {
      fits = false;
      break;
    }
  }
  if (fits) return { top, right, bottom, width, folded: false };
  const tabs = [right, insets.right, 0].flatMap((right) =>
    [view.height - top - TAB_HEIGHT, insets.bottom].map((bottom) => ({
      top: view.height - bottom - TAB_HEIGHT,
      right,
      bottom,
      width: COLLAPSED_WIDTH,
    })),
  );
  return { ...(tabs.find((tab) => !obstacles.some(covers(tab))) ?? tabs[0]!), folded: true };
}
