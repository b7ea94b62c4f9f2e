import { flushSync } from 'react-dom';

/** A `ref` for what appears because the user asked for it; stable, so that it takes the focus only once. */
export const focusOnMount = (element: HTMLElement | null): void => element?.focus();

/**
 * Draws a change at once and takes the focus to what it made: a key pressed in between would be that of the button which
 * asked for it, and a space presses that again.
 */
export function drawAndFocus(change: () => void, find: () => HTMLElement | null | undefined): void {
  flushSync(change);
  find()?.focus();
}
