import { fieldText } from '../../utils/sites/dom.ts';

interface Pointing {
  /** What this is, for screen readers. */
  label: string;
  /** What to do. */
  hint: string;
  /** What the keyboard goes through, in the order of the page. */
  candidates: readonly Element[];
  /** Why an element will not do; `null` when it will. */
  refuse: (element: Element) => string | null;
}

/** What the page must not hear while its user points: a click would follow the link under it. */
const SWALLOWED = [
  ...['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'dblclick', 'auxclick', 'contextmenu'],
  ...['touchstart', 'touchend', 'keydown', 'keyup', 'keypress'],
];
const NEXT = new Set(['Tab', 'ArrowDown', 'ArrowRight']);
const BEFORE = new Set(['ArrowUp', 'ArrowLeft']);

/** Ends a pointing that an earlier copy of the script has begun; its variables are out of reach. */
const ASKED_AGAIN = 'tandem-picker';

/** Lets the user choose one element of the page, by pointer or keyboard; `null` when they press Escape. */
export function pointAtOne({ label, hint, candidates, refuse }: Pointing): Promise<Element | null> {
  dispatchEvent(new Event(ASKED_AGAIN));
  const end = new AbortController();
  const { host, outline, say, tell } = draw(label, hint);

  return new Promise((resolve) => {
    let at: Element | null = null;
    const finish = (element: Element | null) => {
      end.abort();
      host.remove();
      resolve(element);
    };
    const look = (element: Element | null) => {
      at = element;
      outline(element?.getBoundingClientRect());
    };
    const choose = () => {
      if (at === null) return;
      const refusal = refuse(at);
      if (refusal === null) finish(at);
      else say(refusal);
    };
    const step = (by: 1 | -1) => {
      const from = at === null ? -1 : candidates.indexOf(at);
      const next = candidates.at(from < 0 ? (by > 0 ? 0 : -1) : (from + by) % candidates.length) ?? null;
      next?.scrollIntoView({ block: 'nearest' });
      look(next);
      // The outline alone says nothing to somebody who does not see it.
      if (next !== null) tell(fieldText(next));
    };

    const options = { capture: true, passive: false, signal: end.signal };
    for (const type of SWALLOWED) {
      addEventListener(
        type,
        (event) => {
          event.preventDefault();
          event.stopImmediatePropagation();
          // The page may not choose for its user.
          if (!event.isTrusted) return;
          if (event.type === 'click') {
            look(elementAt(event as MouseEvent) ?? at);
            choose();
          } else if (event.type === 'keydown') {
            const { key, shiftKey } = event as KeyboardEvent;
            if (key === 'Escape') finish(null);
            else if (key === 'Enter') choose();
            else if (BEFORE.has(key) || (key === 'Tab' && shiftKey)) step(-1);
            else if (NEXT.has(key)) step(1);
          }
        },
        options,
      );
    }
    addEventListener('pointermove', (event) => look(elementAt(event)), options);
    addEventListener(ASKED_AGAIN, () => finish(null), options);
    addEventListener('scroll', () => look(at), options);
  });
}

/** What is under the pointer, a link as a whole. Ours lets the pointer through. */
function elementAt({ clientX, clientY }: MouseEvent): Element | null {
  const element = document.elementFromPoint(clientX, clientY);
  return element?.closest('a[href]') ?? element;
}

/** The outline, and the words at the top; in a closed shadow root, so that the page cannot put words there. */
function draw(label: string, hint: string) {
  const host = document.createElement('tandem-picker');
  host.style.cssText = 'all:initial!important';
  const root = host.attachShadow({ mode: 'closed' });
  const box = document.createElement('div');
  box.style.cssText =
    'position:fixed;z-index:2147483646;pointer-events:none;display:none;border-radius:3px;' +
    'outline:2px solid #1f5eff;box-shadow:0 0 0 4px #fff,0 0 0 5px #1f2430';
  const bar = document.createElement('div');
  bar.setAttribute('role', 'status');
  bar.setAttribute('aria-label', label);
  bar.style.cssText =
    'position:fixed;z-index:2147483647;pointer-events:none;top:8px;left:50%;transform:translateX(-50%);' +
    'max-width:min(560px,90vw);padding:12px 16px;border-radius:8px;background:#1f2430;color:#fff;' +
    'font:14px/20px system-ui,sans-serif;box-shadow:0 4px 16px #0006';
  const heard = document.createElement('div');
  heard.setAttribute('role', 'status');
  heard.style.cssText = 'position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)';
  root.append(box, bar, heard);
  document.documentElement.append(host);
  // What changes in a region that is already there is read out.
  bar.textContent = hint;
  return {
    host,
    outline: (rect: DOMRect | undefined) => {
      box.style.display = rect ? 'block' : 'none';
      if (!rect) return;
      const { left, top, width, height } = rect;
      Object.assign(box.style, {
        left: `${left}px`,
        top: `${top}px`,
        width: `${width}px`,
        height: `${height}px`,
      });
    },
    say: (text: string) => (bar.textContent = text),
    tell: (text: string) => (heard.textContent = text),
  };
}
