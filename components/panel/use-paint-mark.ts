import { useEffect } from 'react';

/** The performance mark that says a lead's context is on the screen; its detail names the person. */
export const PAINTED = 'tandem:context-painted';

/** Sets the mark once the frame after the commit has been painted. */
export function usePaintMark(personId: string): void {
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => performance.mark(PAINTED, { detail: { personId } }));
    });
    return () => cancelAnimationFrame(frame);
  }, [personId]);
}
