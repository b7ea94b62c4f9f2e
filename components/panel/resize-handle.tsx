import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { DockState } from '../../utils/extension/messages.ts';
import styles from './resize-handle.module.css';

const MIN = 320;
const MAX = 640;
const STEP = 16;

interface Props {
  /** Where the panel stands in the window. */
  side: DockState['side'];
  width: number;
  onResize: (width: number) => void;
}

/**
 * The panel's inner edge: drag it, or use the arrow keys. The outer edge stays where it is, so the new width
 * is the distance from the pointer to it.
 */
export function ResizeHandle({ side, width, onResize }: Props) {
  const frame = useRef(0);
  const resize = (wanted: number) => {
    const next = Math.round(Math.min(MAX, Math.max(MIN, wanted)));
    if (next !== width) onResize(next);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const wanted = side === 'right' ? window.innerWidth - event.clientX : event.clientX;
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => resize(wanted));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = side === 'right' ? STEP : -STEP;
    const wanted = { ArrowLeft: width + step, ArrowRight: width - step, Home: MIN, End: MAX }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    resize(wanted);
  };
  // A focusable separator is a widget (WAI-ARIA 1.2, "separator") and takes focus and keys.
  const widget = {
    role: 'separator',
    tabIndex: 0,
    onPointerDown: (event: PointerEvent) => event.currentTarget.setPointerCapture(event.pointerId),
    onPointerMove,
    onKeyDown,
  };
  return (
    <div
      {...widget}
      aria-orientation="vertical"
      aria-label={i18n.t('panel.resize')}
      aria-valuemin={MIN}
      aria-valuemax={MAX}
      aria-valuenow={width}
      data-side={side}
      className={styles.handle}
    />
  );
}
