import { useId, type ReactNode } from 'react';
import styles from './card.module.css';

interface Props {
  title: string;
  text?: string;
  /** What a link to this part ends in. */
  anchor?: string;
  /** Stands at the end of its heading. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A part of a wide page: what it is for, and its content. */
export function Card({ title, text, anchor, aside, children }: Props) {
  const id = useId();
  return (
    <section id={anchor} className={styles.card} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {aside}
      </div>
      {text !== undefined && <p className={styles.text}>{text}</p>}
      {children}
    </section>
  );
}
