import { createContext, use, useCallback, useState, type ReactNode } from 'react';

const Announce = createContext<(text: string) => void>(() => undefined);

/** Says to screen readers what a click did. */
export const useAnnounce = () => use(Announce);

/** Holds the one live region of a page. */
export function LiveRegion({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ text: '', count: 0 });
  const announce = useCallback((text: string) => setSaid(({ count }) => ({ text, count: count + 1 })), []);
  return (
    <Announce value={announce}>
      {children}
      <div role="status" className="visually-hidden">
        {/* A new element each time: the same words said twice are read twice. */}
        <span key={said.count}>{said.text}</span>
      </div>
    </Announce>
  );
}
