import type { Reply } from '../../utils/contract/feedback.ts';
import { Ago } from './ago.tsx';
import styles from './replies.module.css';
import { UserName, UserText } from './user-text.tsx';

/** Marketing's answers, in the order they came. */
export function Replies({ replies, label }: { replies: readonly Reply[]; label: string }) {
  if (replies.length === 0) return null;
  return (
    <ol className={styles.replies} aria-label={label}>
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
  );
}
