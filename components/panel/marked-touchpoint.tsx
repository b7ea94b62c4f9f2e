import { createContext, use, useCallback, useState, type ReactNode } from 'react';

interface Mark {
  /** The touchpoint that somebody asked to see, and how often anything was asked for. */
  marked: { id: string; count: number } | undefined;
  show: (touchpointId: string) => void;
}

const Marked = createContext<Mark>({ marked: undefined, show: () => undefined });

/** Ties evidence to the timeline: a link names a touchpoint, the timeline brings it into sight and marks it. */
export function MarkedTouchpoint({ children }: { children: ReactNode }) {
  const [marked, setMarked] = useState<Mark['marked']>();
  const show = useCallback((id: string) => setMarked((last) => ({ id, count: (last?.count ?? 0) + 1 })), []);
  return <Marked value={{ marked, show }}>{children}</Marked>;
}

export const useMarkedTouchpoint = () => use(Marked);
