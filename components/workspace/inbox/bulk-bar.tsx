import { useId, useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { CheckCheck, MessageSquare } from '../../ui/icons.ts';
import styles from './bulk-bar.module.css';

interface Props {
  count: number;
  /** Resolves to whether it was sent; only then is the draft dropped. */
  onSend: (text: string, kind: 'acted' | undefined) => Promise<boolean>;
  onClear: () => void;
}

/** The same words to everything that is selected. */
export function BulkBar({ count, onSend, onClear }: Props) {
  const id = useId();
  const [text, setText] = useState('');
  const [sending, setSending] = useState(false);
  const disabled = text.trim() === '' || sending;
  const send = async (kind: 'acted' | undefined) => {
    if (disabled) return;
    setSending(true);
    if (await onSend(text.trim(), kind)) setText('');
    setSending(false);
  };
  return (
    <form
      className={styles.bar}
      aria-labelledby={`${id}-count`}
      onSubmit={(event) => {
        event.preventDefault();
        void send(undefined);
      }}
    >
      <div className={styles.head}>
        <strong id={`${id}-count`}>{i18n.t('inbox.bulk.selected', count)}</strong>
        <Button small look="quiet" onClick={onClear}>
          {i18n.t('inbox.bulk.clear')}
        </Button>
      </div>
      <label htmlFor={id} className="visually-hidden">
        {i18n.t('inbox.bulk.label')}
      </label>
      <textarea
        id={id}
        className={styles.field}
        rows={1}
        dir="auto"
        maxLength={20_000}
        placeholder={i18n.t('inbox.bulk.placeholder')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send(undefined);
        }}
      />
      <div className={styles.buttons}>
        <Button type="submit" look="primary" icon={MessageSquare} disabled={disabled}>
          {i18n.t('inbox.bulk.answer')}
        </Button>
        <Button icon={CheckCheck} disabled={disabled} onClick={() => void send('acted')}>
          {i18n.t('inbox.bulk.acted')}
        </Button>
      </div>
    </form>
  );
}
