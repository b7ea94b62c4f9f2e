import { useId, useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { FeedbackItem } from '../../utils/domain/feedback-progress.ts';
import type { OutboxEntry } from '../../utils/extension/outbox-entry.ts';
import { Button } from '../ui/button.tsx';
import { MessageCircleQuestion } from '../ui/icons.ts';
import { ProgressMark } from '../ui/progress-mark.tsx';
import { UserText } from '../ui/user-text.tsx';
import styles from './question-form.module.css';

interface Props {
  item: FeedbackItem<OutboxEntry>;
  /** Whether the user gave this feedback. */
  isMine: boolean;
  onReply: (feedbackId: string, text: string) => Promise<boolean>;
}

/** Where sales answers what marketing has asked back. Ctrl or Cmd with Enter sends. */
export function QuestionForm({ item, isMine, onReply }: Props) {
  const id = useId();
  const [text, setText] = useState('');
  const asked = item.waitsFor === 'sales' && item.pendingReplies.length === 0;
  const send = async () => {
    if (text.trim() !== '' && (await onReply(item.id, text.trim()))) setText('');
  };
  return (
    <>
      {item.pendingReplies.map((reply, index) => (
        <div key={index} className={styles.pending}>
          <UserText text={reply} />
          <ProgressMark progress="saved" />
        </div>
      ))}
      {asked && (
        <form
          className={styles.form}
          data-asked
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          <label htmlFor={id} className={styles.label}>
            <MessageCircleQuestion size={14} aria-hidden />
            {i18n.t(isMine ? 'feedback.askedYou' : 'feedback.askedSales')}
          </label>
          <textarea
            id={id}
            className={styles.field}
            rows={1}
            dir="auto"
            maxLength={20_000}
            placeholder={i18n.t('feedback.replyPlaceholder')}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
              event.preventDefault();
              void send();
            }}
          />
          <Button type="submit" look="primary" small disabled={text.trim() === ''}>
            {i18n.t('feedback.reply')}
          </Button>
        </form>
      )}
    </>
  );
}
