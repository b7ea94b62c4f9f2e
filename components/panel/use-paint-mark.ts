import { useEffect } from 'react';

/** The performance mark that says a lead's context is on the screen; its detail names the person. */
export const PAINTED = 'tandem:context-painted';

/** Sets the mark once the frame after the commit has been painted. */
export function usePaintMark(personId: string): void {
  useEffect(() => {
    const painted = new MessageChannel();
    painted.port1.onmessage = () => performance.mark(PAINTED, { detail: { personId } });
    // The task after a frame's callbacks runs when that frame has been drawn.
    const frame = requestAnimationFrame(() => painted.port2.postMessage(null));
    return () => {
      cancelAnimationFrame(frame);
      painted.port1.close();
    };
  }, [personId]);
}
