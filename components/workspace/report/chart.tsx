import { useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { type ChartSpec, heightOf } from './chart-spec.ts';
import styles from './chart-card.module.css';
import type { drawChart } from './draw-chart.ts';

type Draw = typeof drawChart;

/** The picture of a chart, as wide as there is room for. What draws is big, and loaded when the first chart asks for it. */
export function Chart({ spec, name }: { spec: ChartSpec; name: string }) {
  const host = useRef<HTMLDivElement>(null);
  const width = useWidth(host);
  const draw = useDraw();
  // Made anew with every answer; drawn again only when it says something else.
  const key = JSON.stringify(spec);
  const drawn = useMemo(() => JSON.parse(key) as ChartSpec, [key]);
  useLayoutEffect(() => {
    if (!draw || width === 0 || !host.current) return;
    const picture = draw(drawn, width);
    picture.setAttribute('role', 'img');
    picture.setAttribute('aria-label', name);
    host.current.replaceChildren(picture);
  }, [draw, drawn, width, name]);
  return <div ref={host} className={styles.chart} style={{ height: heightOf(spec) }} />;
}

let loaded: Draw | undefined;

function useDraw(): Draw | null {
  const [draw, setDraw] = useState<Draw | null>(() => loaded ?? null);
  useEffect(() => {
    if (loaded) return;
    let gone = false;
    void import('./draw-chart.ts').then(({ drawChart: arrived }) => {
      loaded = arrived;
      if (!gone) setDraw(() => arrived);
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
