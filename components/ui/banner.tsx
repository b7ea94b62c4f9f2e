import type { ReactNode } from 'react';
import type { Icon } from './icons.ts';
import styles from './banner.module.css';

/** One message above the rest; the tone is in colour, icon and words. */
export function Banner({
  tone,
  icon: Glyph,
  children,
  action,
}: {
  tone: 'info' | 'good' | 'warn' | 'bad';
  icon: Icon;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={`${styles.banner} ${styles[tone]}`}>
      <Glyph size={16} aria-hidden className={styles.icon} />
      <div className={styles.text}>{children}</div>
      {action}
    </div>
  );
}
