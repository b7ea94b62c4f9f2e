import { browser } from 'wxt/browser';
import type { Lifetime } from '../../utils/extension/lifetime.ts';
import type { DockState } from '../../utils/extension/messages.ts';
import type { Site } from '../../utils/sites/site.ts';
import { type Box, COLLAPSED_WIDTH, type Place, placeDock } from './dock-place.ts';
import { obstacles } from './obstacles.ts';
import { createReservedRoom } from './reserved-room.ts';
import { words } from './words.ts';

/** A page that changes all the time is measured no more often than this. */
const MEASURE_MS = 250;

/**
 * The panel's place in the page: an iframe of the extension's own origin in a closed shadow root, so
 * that the page can neither read nor restyle it. It hangs on <html>, which no single-page app replaces,
 * and is never moved, which would reload the frame. Nothing is in the page before the first lead.
 */
export function createDock(life: Lifetime, { dock: insets }: Site) {
  const { avoid = [], reserve = [] } = insets;
  const room = createReservedRoom(reserve);
  let host: HTMLElement | undefined;
  let frame: HTMLIFrameElement | undefined;
  let state: DockState | undefined;
  let place: Place | undefined;
  /** The user wants the panel even where it covers something. */
  let insisted = false;
  let measured = -MEASURE_MS;
  let waiting = false;

  const mount = () => {
    host = document.createElement('tandem-dock');
    // Inline styles on our own element hold against any style sheet of the page.
    host.style.cssText = 'all:initial!important';
    frame = document.createElement('iframe');
    frame.src = browser.runtime.getURL('/panel.html');
    frame.title = words('dock.label');
    frame.allow = 'clipboard-write';
    host.attachShadow({ mode: 'closed' }).append(frame);
    document.documentElement.append(host);
    // Dialogs and sidebars of others are put there, outside of what a site's readers look at.
    const observer = new MutationObserver(adjust);
    for (const parent of [document.documentElement, document.body])
      observer.observe(parent, { childList: true });
    life.signal.addEventListener('abort', () => observer.disconnect());
    addEventListener('resize', adjust, { signal: life.signal });
  };
  const isShown = () => state?.open === true && (state.drawn === null || state.drawn === state.revision);
  const draw = () => {
    if (state === undefined || frame === undefined) return;
    const { side } = state;
    const { top, right, bottom, width } = place ?? { ...insets, width: widthOf(state) };
    frame.style.cssText = [
      'position:fixed',
      'z-index:2147483000',
      'border:0',
      'color-scheme:light dark',
      `display:${state.open ? 'block' : 'none'}`,
      // A panel that still shows the mail before stays out of sight; a new one has nothing to hide.
      `visibility:${isShown() ? 'visible' : 'hidden'}`,
      `top:${top}px`,
      `${side}:${right}px`,
      `width:min(${width}px, calc(100vw - ${right}px))`,
      `height:calc(100vh - ${top + bottom}px)`,
    ].join('!important;');
  };
  /** Asks for the layout, in a frame that is about to have one anyway. */
  const measure = () => {
    waiting = false;
    if (state?.open !== true || host === undefined) return;
    measured = performance.now();
    const view = { width: document.documentElement.clientWidth, height: innerHeight };
    const { side } = state;
    const found = insisted ? [] : obstacles(avoid, host, side);
    // The left is the right in a mirror; only what stands there already is another.
    place =
      side === 'right'
        ? placeDock(view, insets, widthOf(state), found)
        : placeDock(view, { ...insets, right: room.start() }, widthOf(state), mirrored(found, view.width));
    draw();
    const edge = place.right + place.width;
    if (place.floats) room.release();
    else room.take(side === 'right' ? view.width - edge : edge, side);
    rise();
  };
  /** Covered by something with the highest `z-index`: the top layer is above, and reloads no frame. */
  const rise = () => {
    if (host === undefined || frame === undefined || !isShown() || host.hasAttribute('popover')) return;
    const { left, top, width, height } = frame.getBoundingClientRect();
    const covering = document.elementFromPoint(left + width / 2, top + height / 2);
    // A modal dialog makes everything beside it inert: the panel has to wait as the page does.
    if (covering === null || covering === host || document.querySelector(':modal') !== null) return;
    host.popover = 'manual';
    host.showPopover();
  };
  const adjust = () => {
    if (waiting || state?.open !== true) return;
    waiting = true;
    const frame = () => requestAnimationFrame(measure);
    const wait = measured + MEASURE_MS - performance.now();
    if (wait > 0) life.setTimeout(frame, wait);
    else frame();
  };
  const close = () => {
    room.release();
    insisted = false;
  };

  const show = (next: DockState) => {
    if (!next.open && host === undefined) return;
    const before = state;
    state = next;
    if (host === undefined) mount();
    if (!next.open) close();
    if (before !== undefined && before.side !== next.side) {
      place = undefined;
      room.release();
    }
    // A width that was dragged must follow the pointer.
    if (place !== undefined && !place.folded) place = { ...place, width: widthOf(next) };
    draw();
    measured = -MEASURE_MS;
    adjust();
    if (before !== undefined && next.focusRequests > before.focusRequests) frame!.focus();
  };

  return {
    show,
    /** What the panel or a shortcut has changed; nothing, when somebody unfolds a panel that had no room. */
    change(next: DockState): void {
      const same = JSON.stringify(next) === JSON.stringify(state);
      const asked = state !== undefined && next.focusRequests > state.focusRequests;
      if (place?.folded && (same || asked)) insisted = true;
      show(next);
    },
    /** The words of the page are others now. */
    rename(): void {
      if (frame !== undefined) frame.title = words('dock.label');
    },
    /** The page may have put something where the dock stands. */
    adjust,
    /** Out of sight at once, without waiting for anybody's answer. */
    hide(): void {
      if (state !== undefined) state = { ...state, open: false };
      draw();
      close();
    },
    /** Takes everything out of the page; true when the panel was open. */
    remove(): boolean {
      const wasOpen = state?.open === true;
      state = undefined;
      close();
      host?.remove();
      host = frame = undefined;
      return wasOpen;
    },
  };
}

const widthOf = ({ collapsed, width }: DockState) => (collapsed ? COLLAPSED_WIDTH : width);

const mirrored = (boxes: readonly Box[], width: number): Box[] =>
  boxes.map(({ left, top, right, bottom }) => ({ left: width - right, top, right: width - left, bottom }));
