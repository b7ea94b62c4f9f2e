import { useId } from 'react';
import { i18n } from './i18n.ts';
import type { Reply } from '../../utils/contract/feedback.ts';
import { Ago } from './ago.tsx';
import { CheckCheck, MessageCircleQuestion, MessageSquare } from './icons.ts';
import styles from './replies.module.css';
import { UserName, UserText } from './user-text.tsx';

/** What was said to feedback, in the order it came: answers, questions, and what was done. */
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
          <li key={reply.id} className={styles.reply} data-reply-kind={reply.kind ?? 'answer'}>
            <p className={styles.head}>
              <strong className={styles.by}>
                <UserName text={reply.by.name} />
              </strong>
              <span className={styles.when}>
                <Ago at={reply.at} />
              </span>
            </p>
            {reply.kind !== undefined && (
              <p className={styles.kind}>
                {reply.kind === 'question' ? (
                  <MessageCircleQuestion size={13} aria-hidden />
                ) : (
                  <CheckCheck size={13} aria-hidden />
                )}
                {i18n.t(`replies.${reply.kind}`)}
              </p>
            )}
            <UserText text={reply.text} />
          </li>
        ))}
      </ol>
    </div>
  );
}
