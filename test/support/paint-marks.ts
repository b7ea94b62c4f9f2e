import type { BrowserContext, Frame, Page } from '@playwright/test';

interface Marks {
  shifts: { value: number; what: string[] }[];
  contentfulMs: number | null;
}

/** Has every document that is opened from now on write down its first paint and what moves without being asked to. */
export const markPaints = (context: BrowserContext) =>
  context.addInitScript(() => {
    const marks: Marks = { shifts: [], contentfulMs: null };
    (globalThis as unknown as { paintMarks: Marks }).paintMarks = marks;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (entry.name === 'first-contentful-paint') marks.contentfulMs = entry.startTime;
      }
    }).observe({ type: 'paint', buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as LayoutShift[]) {
        if (entry.hadRecentInput) continue;
        const what = entry.sources.map(({ node, previousRect: from, currentRect: to }) => {
          const element = node instanceof Element ? node : node?.parentElement;
          return `${element?.localName}.${element?.className} ${from.x},${from.y} to ${to.x},${to.y}`;
        });
        marks.shifts.push({ value: entry.value, what });
      }
    }).observe({ type: 'layout-shift', buffered: true });
    interface LayoutShift {
      value: number;
      hadRecentInput: boolean;
      sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
    }
  });

/** What a document has written down, once what it shows has been painted and reported. */
export const paintMarks = (document: Page | Frame): Promise<Marks> =>
  document.evaluate(async () => {
    // Entries are handed out after the frame they are about.
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    await new Promise((done) => requestIdleCallback(done));
    return (globalThis as unknown as { paintMarks: Marks }).paintMarks;
  });
