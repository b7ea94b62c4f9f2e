import { i18n } from '#i18n';
import { browser } from 'wxt/browser';
import type { DockState } from '../../utils/extension/messages.ts';
import type { Site } from '../../utils/sites/site.ts';

/** Wide enough for the stage's mark and the arrow that unfolds the panel. */
const COLLAPSED_WIDTH = 44;

/**
 * The panel's place in the page: an iframe of the extension's own origin in a closed shadow root, so
 * that the page can neither read nor restyle it. It hangs on <html>, which no single-page app replaces,
 * and is never moved, which would reload the frame. Nothing is in the page before the first lead.
 */
export function createDock({ dock: insets }: Site) {
  let host: HTMLElement | undefined;
  let frame: HTMLIFrameElement | undefined;
  let focusRequests: number | undefined;

  const mount = () => {
    host = document.createElement('tandem-dock');
    // Inline styles on our own element hold against any style sheet of the page.
    host.style.cssText = 'all:initial!important';
    frame = document.createElement('iframe');
    frame.src = browser.runtime.getURL('/panel.html');
    frame.title = i18n.t('dock.label');
    frame.allow = 'clipboard-write';
    host.attachShadow({ mode: 'closed' }).append(frame);
    document.documentElement.append(host);
  };

  return {
    show({ open, collapsed, width, focusRequests: requests, revision, drawn }: DockState): void {
      if (!open && host === undefined) return;
      if (host === undefined) mount();
      frame!.style.cssText = [
        'position:fixed',
        'z-index:2147483000',
        'border:0',
        'color-scheme:light dark',
        `display:${open ? 'block' : 'none'}`,
        // A panel that still shows the mail before stays out of sight; a new one has nothing to hide.
        `visibility:${drawn === null || drawn === revision ? 'visible' : 'hidden'}`,
        `top:${insets.top}px`,
        `right:${insets.right}px`,
        `width:min(${collapsed ? COLLAPSED_WIDTH : width}px, calc(100vw - ${insets.right}px))`,
        `height:calc(100vh - ${insets.top + insets.bottom}px)`,
      ].join('!important;');
      if (focusRequests !== undefined && requests > focusRequests) frame!.focus();
      focusRequests = requests;
    },
    /** Out of sight at once, without waiting for anybody's answer. */
    hide(): void {
      frame?.style.setProperty('display', 'none', 'important');
    },
    /** Takes everything out of the page; true when the panel was open. */
    remove(): boolean {
      const wasOpen = frame !== undefined && frame.style.display !== 'none';
      host?.remove();
      host = frame = undefined;
      return wasOpen;
    },
  };
}
