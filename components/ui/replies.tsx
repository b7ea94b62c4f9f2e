import { useId } from 'react';
import type { Reply } from '../../utils/contract/feedback.ts';
import { Ago } from './ago.tsx';
import { MessageSquare } from './icons.ts';
import styles from './replies.module.css';
import { UserName, UserText } from './user-text.tsx';

/** Marketing's answers, in the order they came. */
export function Replies({ replies, label }: { replies: readonly Reply[]; label: string }) {
  const id = useId();
  if (replies.length === 0) return null;
  return (
    <div className={styles.answers}>
      <p id={id} className={styles.label}>
        <MessageSquare size={12} aria-hidden />
        {label}
      </p>
      <ol className={styles.replies} aria-labelledby={id}>
        {replies.map((reply) => (
          <li key={reply.id} className={styles.reply}>
            <p className={styles.head}>
              <strong className={styles.by}>
                <UserName text={reply.by.name} />
              </strong>
              <span className={styles.when}>
                <Ago at={reply.at} />
              </span>
            </p>
            <UserText text={reply.text} />
          </li>
        ))}
      </ol>
    </div>
  );
}
