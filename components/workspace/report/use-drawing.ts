import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { ChartSpec } from './chart-spec.ts';

type Draw = (typeof import('./draw-chart.ts'))['drawChart'];

/** Draws into an element, as wide as it is. What draws is big, and loaded when the first chart asks for it. */
export function useDrawing(spec: ChartSpec | null, name: string): RefObject<HTMLDivElement | null> {
  const host = useRef<HTMLDivElement>(null);
  const width = useWidth(host);
  const draw = useDraw();
  useLayoutEffect(() => {
    if (!draw || !spec || width === 0 || !host.current) return;
    const picture = draw(spec, width);
    picture.setAttribute('role', 'img');
    picture.setAttribute('aria-label', name);
    host.current.replaceChildren(picture);
  }, [draw, spec, width, name]);
  return host;
}

let loaded: Draw | undefined;

function useDraw(): Draw | null {
  const [draw, setDraw] = useState<Draw | null>(() => loaded ?? null);
  useEffect(() => {
    if (loaded) return;
    let gone = false;
    void import('./draw-chart.ts').then(({ drawChart }) => {
      loaded = drawChart;
      if (!gone) setDraw(() => drawChart);
    });
    return () => {
      gone = true;
    };
  }, []);
  return draw;
}

function useWidth(host: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!host.current) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(host.current);
    return () => observer.disconnect();
  }, [host]);
  return width;
}
