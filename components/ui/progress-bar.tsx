import styles from './progress-bar.module.css';

/** How far something is, from 0 to 1; null: nobody knows. `labelledBy` is the id of what says what it is. */
export function ProgressBar({ labelledBy, share }: { labelledBy: string; share: number | null }) {
  return (
    <progress
      className={styles.bar}
      aria-labelledby={labelledBy}
      max={1}
      {...(share !== null && { value: share })}
    />
  );
}
