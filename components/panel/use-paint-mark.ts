import { useEffect, useState } from 'react';

/** The performance mark that says a lead's context is on the screen; its detail names the person. */
const PAINTED = 'tandem:context-painted';

/**
 * Sets the mark once the frame after the commit has been painted, and returns whether that has happened: what
 * nobody sees on the first screen can wait until then. For a component that is keyed by its person.
 */
export function usePaintMark(personId: string): boolean {
  const [isPainted, setPainted] = useState(false);
  useEffect(() => {
    const painted = new MessageChannel();
    painted.port1.onmessage = () => {
      performance.mark(PAINTED, { detail: { personId } });
      setPainted(true);
    };
    // The task after a frame's callbacks runs when that frame has been drawn.
    const frame = requestAnimationFrame(() => painted.port2.postMessage(null));
    return () => {
      cancelAnimationFrame(frame);
      painted.port1.close();
    };
  }, [personId]);
  return isPainted;
}
