import styles from './skeleton.module.css';

/** A grey bar in the place of text that is on its way. */
export function Skeleton({ width = '100%', height = '0.75rem' }: { width?: string; height?: string }) {
  return <span className={styles.bar} style={{ width, height }} aria-hidden />;
}
