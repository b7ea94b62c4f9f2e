import type { PageReading } from '../contract/page-reading.ts';
import { type Page, pageOf, type Selectors, type Site } from '../sites/site.ts';
import { usableSelectors } from '../sites/usable-selectors.ts';
import { watchFrameRoom } from './frame-room.ts';
import type { Lifetime } from './lifetime.ts';
import { onAddressChange, pageAddress } from './navigation.ts';
import { createReadingGate, SETTLE_MS } from './reading-gate.ts';

/** Reading waits for an idle moment, but not longer than this: a rep should not notice. */
const IDLE_MS = 20;
/** After a change of address the page is read as soon as it changes, for so long or until it shows somebody. */
const HURRY_MS = 300;
const HURRIED_PAUSE_MS = 10;
/** While the page changes all the time (somebody types), read at most this often: a reading costs about 1 ms. */
const PAUSE_MS = 60;

/** A page that should show people and still has none after this long has probably changed its shape. */
const UNREADABLE_MS = 10_000;

interface Reports {
  /** The page shows somebody else than before, or nobody. */
  reading(reading: PageReading | null): void;
  /** The page was looked at, whether or not it shows somebody else. */
  looked(page: Page, reading: PageReading | null): void;
  /** Whether a node that came or went is our own doing, and no change of the page. */
  isOwn: (node: Node) => boolean;
  /** The site shows nobody where it should; called once per address. */
  unreadable(root: Element): void;
}

export interface PageWatch {
  /** Reads soon, as after a change of the page. */
  look(): void;
  /** Starts over, with the selectors of a pack; while `on` is false nothing is read and nobody reported. */
  restart(settings: { on: boolean; selectors: Selectors }): void;
}

/** Reads the page whenever it may show somebody else, and reports a reading that differs from the last. */
export function watchPage(life: Lifetime, site: Site, report: Reports): PageWatch {
  const gate = createReadingGate();
  let on = true;
  let selectors: Selectors = {};
  /** The page is in the back/forward cache, or on its way out. */
  let away = false;
  let scheduled = false;
  let lastRead = -PAUSE_MS;
  let lastChange = 0;
  let lastAddress = -HURRY_MS;
  const route = () => site.route(pageAddress());
  let address = route();
  let reported: string | undefined;
  let root: Element | null = null;

  const resting = () => !on || away || document.hidden || life.signal.aborted;
  const tell = (reading: PageReading | null) => {
    const text = JSON.stringify(reading);
    if (text === reported) return;
    reported = text;
    report.reading(reading);
  };
  const read = () => {
    scheduled = false;
    if (resting()) return;
    follow();
    lastRead = performance.now();
    const page = pageOf(site, document, pageAddress(), selectors);
    const reading = hasRoom() ? site.read(page) : null;
    if (gate.judge(route(), reading, lastRead, lastChange) === 'pass') tell(reading);
    else life.setTimeout(schedule, SETTLE_MS);
    report.looked(page, reading);
  };
  const doubt = () => {
    const doubted = address;
    if (!site.expectsPeople(pageAddress())) return;
    life.setTimeout(() => {
      if (address === doubted && reported === 'null' && root !== null && on && !document.hidden)
        report.unreadable(root);
    }, UNREADABLE_MS);
  };
  const schedule = () => {
    if (scheduled || resting()) return;
    scheduled = true;
    // Somebody has just opened another view and waits for it; everything else can wait for them.
    const hurry = reported === 'null' && performance.now() - lastAddress < HURRY_MS;
    const wait = lastRead + (hurry ? HURRIED_PAUSE_MS : PAUSE_MS) - performance.now();
    const soon = () => (hurry ? queueMicrotask(read) : life.requestIdleCallback(read, { timeout: IDLE_MS }));
    if (wait > 0) life.setTimeout(soon, wait);
    else soon();
  };

  const isOwn = ({ type, addedNodes, removedNodes, target }: MutationRecord) =>
    type === 'attributes'
      ? report.isOwn(target)
      : [...addedNodes].every(report.isOwn) && [...removedNodes].every(report.isOwn);
  const observer = new MutationObserver((records) => {
    if (records.every(isOwn)) return;
    lastChange = performance.now();
    schedule();
  });
  /** The observed element can be replaced while a single-page app builds itself. */
  const follow = () => {
    const found = site.root(document) ?? document.documentElement;
    if (found === root) return;
    root = found;
    observer.disconnect();
    observer.observe(root, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: [...site.attributes],
    });
    // What holds it may be replaced as a whole, often well after the address has changed.
    for (let holder = root.parentElement; holder !== null; holder = holder.parentElement) {
      observer.observe(holder, { childList: true });
    }
  };

  const { signal } = life;
  addEventListener('pageshow', () => (away = false), { signal });
  addEventListener(
    'pagehide',
    () => {
      away = true;
      tell(null);
    },
    { signal },
  );
  onAddressChange(life, () => {
    if (route() !== address) {
      address = route();
      lastAddress = performance.now();
      // Whoever was shown belongs to the page that was left.
      tell(null);
      doubt();
    }
    schedule();
  });
  const hasRoom = watchFrameRoom(life, schedule);
  document.addEventListener('visibilitychange', schedule, { signal });
  signal.addEventListener('abort', () => observer.disconnect());
  follow();
  schedule();
  doubt();

  return {
    look: schedule,
    restart(settings) {
      ({ on } = settings);
      selectors = usableSelectors(document, settings.selectors);
      if (!on) return tell(null);
      reported = undefined;
      schedule();
    },
  };
}
