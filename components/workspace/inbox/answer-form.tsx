import { useEffect, useId, useRef, useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { CheckCheck, MessageCircleQuestion, MessageSquare, type Icon } from '../../ui/icons.ts';
import styles from './answer-form.module.css';

export const replyKinds = ['answer', 'question', 'acted'] as const;
export type Kind = (typeof replyKinds)[number];

/** What is being written to one piece of feedback; its id makes sending it again harmless. */
export interface Draft {
  id: string;
  kind: Kind;
  text: string;
}

const icons: Record<Kind, Icon> = {
  answer: MessageSquare,
  question: MessageCircleQuestion,
  acted: CheckCheck,
};

interface Props {
  /** Who gets the answer. */
  name: string;
  draft: Draft;
  onChange: (draft: Draft) => void;
  /** Resolves to whether it was sent. */
  onSend: (draft: Draft) => Promise<boolean>;
  /** Back to the list. */
  onLeave: () => void;
  /** Each new number takes the focus into the field; 0 leaves it where it is. */
  focus: number;
}

/** Marketing answers, asks back, or says what was done. Ctrl or Cmd with Enter sends, Escape leaves. */
export function AnswerForm({ name, draft, onChange, onSend, onLeave, focus }: Props) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [sending, setSending] = useState(false);
  useEffect(() => {
    if (focus > 0) field.current?.focus();
  }, [focus]);
  const isEmpty = draft.text.trim() === '';
  const send = async () => {
    if (isEmpty || sending) return;
    setSending(true);
    await onSend({ ...draft, text: draft.text.trim() });
    setSending(false);
  };
  const short = name.slice(0, 60);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <fieldset className={styles.kinds}>
        <legend className="visually-hidden">{i18n.t('inbox.kind.label')}</legend>
        {replyKinds.map((kind) => {
          const Glyph = icons[kind];
          return (
            <label key={kind} className={styles.kind}>
              <input
                type="radio"
                name={id}
                className="visually-hidden"
                checked={kind === draft.kind}
                onChange={() => onChange({ ...draft, kind })}
              />
              <Glyph size={14} aria-hidden />
              {i18n.t(`inbox.kind.${kind}`)}
            </label>
          );
        })}
      </fieldset>
      <label htmlFor={id} className="visually-hidden">
        {i18n.t(`inbox.${draft.kind}Label`, { name })}
      </label>
      <textarea
        id={id}
        ref={field}
        className={styles.field}
        rows={2}
        dir="auto"
        maxLength={20_000}
        placeholder={i18n.t(`inbox.${draft.kind}Placeholder`, { name: short })}
        value={draft.text}
        onChange={(event) => onChange({ ...draft, text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
          if (event.key === 'Escape') onLeave();
        }}
      />
      <div className={styles.buttons}>
        <Button type="submit" look="primary" disabled={isEmpty || sending}>
          {i18n.t(`inbox.send.${draft.kind}`)}
        </Button>
      </div>
    </form>
  );
}
