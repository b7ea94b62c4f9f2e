import type { PageReading } from '../contract/page-reading.ts';
import { pageOf, type Site } from '../sites/site.ts';
import { onAddressChange } from './navigation.ts';
import { createReadingGate, SETTLE_MS } from './reading-gate.ts';

interface Context {
  signal: AbortSignal;
  setTimeout(callback: () => void, ms: number): number;
  requestIdleCallback(callback: () => void, options: { timeout: number }): number;
}

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
  reading(reading: PageReading | null): void;
  /** The site shows nobody where it should; called once per address. */
  unreadable(root: Element): void;
}

/** Reads the page whenever it may show somebody else, and reports a reading that differs from the last. */
export function watchPage(context: Context, site: Site, report: Reports): void {
  const gate = createReadingGate();
  let scheduled = false;
  let lastRead = -PAUSE_MS;
  let lastChange = 0;
  let lastAddress = -HURRY_MS;
  const route = () => site.route(new URL(location.href));
  let address = route();
  let reported: string | undefined;
  let root: Element | null = null;

  const tell = (reading: PageReading | null) => {
    const text = JSON.stringify(reading);
    if (text === reported) return;
    reported = text;
    report.reading(reading);
  };
  const read = () => {
    scheduled = false;
    if (document.hidden) return;
    follow();
    lastRead = performance.now();
    const reading = site.read(pageOf(site, document, new URL(location.href)));
    if (gate.judge(route(), reading, lastRead, lastChange) === 'pass') tell(reading);
    else context.setTimeout(schedule, SETTLE_MS);
  };
  const doubt = () => {
    const doubted = address;
    if (!site.expectsPeople(new URL(location.href))) return;
    context.setTimeout(() => {
      if (address === doubted && reported === 'null' && root !== null && !document.hidden)
        report.unreadable(root);
    }, UNREADABLE_MS);
  };
  const schedule = () => {
    if (scheduled || document.hidden) return;
    scheduled = true;
    // Somebody has just opened another view and waits for it; everything else can wait for them.
    const hurry = reported === 'null' && performance.now() - lastAddress < HURRY_MS;
    const wait = lastRead + (hurry ? HURRIED_PAUSE_MS : PAUSE_MS) - performance.now();
    const soon = () =>
      hurry ? queueMicrotask(read) : context.requestIdleCallback(read, { timeout: IDLE_MS });
    if (wait > 0) context.setTimeout(soon, wait);
    else soon();
  };

  const observer = new MutationObserver(() => {
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
  };

  onAddressChange(context, () => {
    if (route() !== address) {
      address = route();
      lastAddress = performance.now();
      // Whoever was shown belongs to the page that was left.
      tell(null);
      doubt();
    }
    schedule();
  });
  document.addEventListener('visibilitychange', schedule, { signal: context.signal });
  context.signal.addEventListener('abort', () => observer.disconnect());
  follow();
  schedule();
  doubt();
}
