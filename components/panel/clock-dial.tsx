import type { ClockState } from '../../utils/domain/clock-state.ts';
import { Check, Pause, TriangleAlert, type Icon } from '../ui/icons.ts';
import styles from './clock-dial.module.css';

const signs: Partial<Record<ClockState, Icon>> = { breached: TriangleAlert, met: Check, paused: Pause };
/** The circle's radius; its length is what the time left is a share of. */
const RADIUS = 12;
const LENGTH = 2 * Math.PI * RADIUS;

/** How much of the promised time is left, as the rest of a circle; the words beside it say the same. */
export function ClockDial({ state, share, size = 30 }: { state: ClockState; share: number; size?: number }) {
  const Sign = signs[state];
  return (
    <span className={styles.dial} data-clock={state} style={{ width: size, height: size }} aria-hidden>
      <svg viewBox="0 0 30 30" width={size} height={size} fill="none" strokeWidth="4">
        <circle className={styles.rest} cx="15" cy="15" r={RADIUS} />
        <circle
          className={styles.left}
          cx="15"
          cy="15"
          r={RADIUS}
          strokeDasharray={`${state === 'met' ? LENGTH : share * LENGTH} ${LENGTH}`}
          transform="rotate(-90 15 15)"
        />
      </svg>
      {Sign && <Sign className={styles.sign} size={size / 2.2} strokeWidth={2.75} />}
    </span>
  );
}
