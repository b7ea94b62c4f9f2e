import type { ReactNode } from 'react';
import type { Icon } from './icons.ts';
import styles from './screen.module.css';

/** A whole page or panel that has one thing to say. */
export function Screen({
  icon: Glyph,
  title,
  children,
  action,
}: {
  icon: Icon;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={styles.screen}>
      <span className={styles.icon}>
        <Glyph size={22} aria-hidden />
      </span>
      <h2 className={styles.title}>{title}</h2>
      <div className={styles.text}>{children}</div>
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
