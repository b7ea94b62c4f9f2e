import type { ReactNode } from 'react';
import type { Icon } from './icons.ts';
import styles from './screen.module.css';

/** A whole page or panel that has one thing to say. */
export function Screen({
  icon: Glyph,
  title,
  children,
  action,
  heading: Heading = 'h1',
}: {
  icon: Icon;
  title: string;
  children: ReactNode;
  action?: ReactNode;
  /** `h2` below a page's own title. */
  heading?: 'h1' | 'h2';
}) {
  return (
    <div className={styles.screen}>
      <span className={styles.icon}>
        <Glyph size={22} aria-hidden />
      </span>
      <Heading className={styles.title}>{title}</Heading>
      <div className={styles.text}>{children}</div>
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
