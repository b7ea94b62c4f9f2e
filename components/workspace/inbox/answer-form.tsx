import { useId, useState, type ReactNode } from 'react';
import { i18n } from '#i18n';
import { newReplyId } from '../../../utils/queries/use-inbox.ts';
import { Button } from '../../ui/button.tsx';
import styles from './answer-form.module.css';

interface Props {
  /** Who gets the answer. */
  name: string;
  /** Resolves to whether it was sent; only then is the draft dropped. */
  onSend: (replyId: string, text: string) => Promise<boolean>;
  /** Other things to do, beside the button. */
  children: ReactNode;
}

/** An answer to the rep. Ctrl or Cmd with Enter sends. */
export function AnswerForm({ name, onSend, children }: Props) {
  const id = useId();
  const [draft, setDraft] = useState(() => ({ id: newReplyId(), text: '' }));
  const [sending, setSending] = useState(false);
  const text = draft.text.trim();
  const send = async () => {
    if (text === '' || sending) return;
    setSending(true);
    if (await onSend(draft.id, text)) setDraft({ id: newReplyId(), text: '' });
    setSending(false);
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label htmlFor={id} className="visually-hidden">
        {i18n.t('inbox.answerLabel', { name })}
      </label>
      <textarea
        id={id}
        className={styles.field}
        rows={2}
        dir="auto"
        maxLength={20_000}
        placeholder={i18n.t('inbox.answerPlaceholder', { name: name.slice(0, 60) })}
        value={draft.text}
        onChange={(event) => setDraft({ ...draft, text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
        }}
      />
      <div className={styles.buttons}>
        <Button type="submit" look="primary" disabled={text === '' || sending}>
          {i18n.t('inbox.answer')}
        </Button>
        {children}
      </div>
    </form>
  );
}
