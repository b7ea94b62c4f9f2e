import { type ReactNode, useState } from 'react';
import styles from './fold.module.css';

/** What is looked at now and then. Its content is there, and asks the hub, only while it is open. */
export function Fold({ summary, children }: { summary: ReactNode; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <details className={styles.fold} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={styles.summary}>{summary}</summary>
      {open && <div className={styles.content}>{children}</div>}
    </details>
  );
}
