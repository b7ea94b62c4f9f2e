import { useId, type ReactNode } from 'react';
import styles from './section.module.css';

/** A part of a page under its heading; `aside` stands at the heading's end. */
export function Section({
  title,
  part,
  aside,
  children,
}: {
  title: string;
  /** What it is called by whatever points at it. */
  part?: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={styles.section} data-part={part} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
