import { useId, useState, type KeyboardEvent } from 'react';
import { i18n } from '../ui/i18n.ts';
import { Button } from '../ui/button.tsx';
import { focusOnMount } from '../ui/focus.ts';
import { MessageSquare } from '../ui/icons.ts';
import styles from './comment-form.module.css';

/** What the contract allows for a text. */
const MAX_LENGTH = 20_000;

interface Props {
  /** The comment the feedback has already. */
  sent: string | undefined;
  /** Resolves to whether it was saved; only then is the draft dropped. */
  onSend: (comment: string) => Promise<boolean>;
}

/** A line to marketing. Enter starts a new line, Ctrl or Cmd with Enter sends. */
export function CommentForm({ sent = '', onSend }: Props) {
  const id = useId();
  const [draft, setDraft] = useState<string>();
  const [open, setOpen] = useState(false);
  const text = draft ?? sent;
  const changed = text.trim() !== sent.trim();
  const send = async () => {
    if (changed && (await onSend(text.trim()))) setDraft(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void send();
    }
  };
  if (!open && sent === '') {
    return (
      <Button small look="quiet" icon={MessageSquare} className={styles.open} onClick={() => setOpen(true)}>
        {i18n.t('verdict.addComment')}
      </Button>
    );
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label htmlFor={id} className="visually-hidden">
        {i18n.t('verdict.comment')}
      </label>
      <textarea
        id={id}
        className={styles.field}
        ref={open ? focusOnMount : undefined}
        rows={1}
        dir="auto"
        maxLength={MAX_LENGTH}
        placeholder={i18n.t('verdict.commentPlaceholder')}
        value={text}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {changed && (
        <Button type="submit" look="primary" className={styles.send}>
          {i18n.t('action.send')}
        </Button>
      )}
    </form>
  );
}
