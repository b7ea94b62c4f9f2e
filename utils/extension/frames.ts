import type { PageReading } from '../contract/page-reading.ts';
import type { FrameReading } from './storage.ts';

type Frame = Omit<FrameReading, 'reading' | 'site'>;
type Read = FrameReading & { reading: PageReading };

/**
 * The frames of a tab with the present reading of one of them. What stands in the others when the top frame
 * goes to another address belongs to the page that was left: they are `dropped`, until they report again.
 */
export function withFrame(
  frames: readonly FrameReading[],
  frame: FrameReading,
): { frames: FrameReading[]; dropped: FrameReading[] } {
  const before = frames.find(({ frameId }) => frameId === frame.frameId);
  const others = frames.filter((other) => other !== before);
  // A frame within the page that shows nobody need not be remembered; the page itself is known by it.
  const present = frame.frameId === 0 || frame.reading !== null ? [frame] : [];
  if (frame.frameId !== 0 || before === undefined) return { frames: [...others, ...present], dropped: [] };
  if (before.documentId !== frame.documentId) return { frames: present, dropped: [] };
  return before.address === frame.address
    ? { frames: [...others, ...present], dropped: [] }
    : { frames: present, dropped: others };
}

/** The frames without what another document than this one has shown in its place, or within the page it was. */
export function withoutOldDocument(
  frames: readonly FrameReading[],
  { frameId, documentId, address }: Frame,
): FrameReading[] {
  const before = frames.find((frame) => frame.frameId === frameId);
  // A browser that names no documents: a script that has started at the same address reports in any case.
  const same = documentId === undefined ? before?.address === address : before?.documentId === documentId;
  if (before === undefined || same) return [...frames];
  return frameId === 0 ? [] : frames.filter((frame) => frame !== before);
}

/**
 * What the tab shows: the most specific view, that of a frame within the page before the page's own, and the
 * latest of those. A frame that does not say whose mailbox it is of belongs to the page's.
 */
export function mostSpecific(frames: readonly FrameReading[]): Read | null {
  const top = frames.find(({ frameId }) => frameId === 0);
  const [best] = frames
    .filter((frame): frame is Read => frame.reading !== null)
    .toReversed()
    .toSorted((a, b) => rank(b) - rank(a));
  if (best === undefined) return null;
  const account = best.reading.account ?? top?.reading?.account;
  return account === undefined ? best : { ...best, reading: { ...best.reading, account } };
}

const rank = ({ frameId, reading }: Read) => (reading.view === 'list' ? 0 : 2) + (frameId === 0 ? 0 : 1);
