import { useState } from 'react';
import { i18n } from './i18n.ts';
import styles from './user-text.module.css';

/**
 * Text somebody else wrote: isolated, so that marks for writing direction in it do not turn its neighbours,
 * and cut after `lines` with "more" when it is longer than `limit` characters. By length, not by measuring,
 * so that nothing jumps.
 */
export function UserText({ text, lines = 4, limit = 240 }: { text: string; lines?: number; limit?: number }) {
  const [open, setOpen] = useState(false);
  const long = text.length > limit || text.split('\n', lines + 1).length > lines;
  if (!long) return <bdi className={styles.text}>{text}</bdi>;
  return (
    <>
      <bdi className={open ? styles.text : styles.cut} style={{ WebkitLineClamp: open ? undefined : lines }}>
        {text}
      </bdi>
      <button type="button" className={styles.more} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? i18n.t('action.less') : i18n.t('action.more')}
      </button>
    </>
  );
}

/** A name or another short text of somebody else on one line or two; all of it on hover. */
export function UserName({ text, lines = 1 }: { text: string; lines?: number }) {
  return (
    <bdi
      className={styles.name}
      style={{ WebkitLineClamp: lines }}
      title={text.length > 24 ? text.slice(0, 300) : undefined}
    >
      {text}
    </bdi>
  );
}
