import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Trash } from '../ui/icons.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import { TextField } from '../ui/text-field.tsx';
import { UserName } from '../ui/user-text.tsx';
import styles from './entry-list.module.css';

interface Props {
  title: string;
  label: string;
  placeholder: string;
  empty: string;
  entries: readonly string[];
  /** The entry as it is kept, or `null` when it is none. */
  parse: (text: string) => string | null;
  invalid: string;
  onChange: (entries: string[]) => Promise<unknown>;
}

/** A list of addresses the user keeps: add, remove. */
export function EntryList({ title, label, placeholder, empty, entries, parse, invalid, onChange }: Props) {
  const announce = useAnnounce();
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const change = (next: string[], done: string) =>
    onChange(next).then(
      () => announce(done),
      () => setError(i18n.t('verdict.notSaved')),
    );
  const add = async () => {
    const entry = parse(text);
    if (entry === null) return setError(invalid);
    if (entries.includes(entry)) return setError(i18n.t('options.list.known'));
    setError(undefined);
    setText('');
    await change([...entries, entry], i18n.t('options.list.added'));
  };
  return (
    <div className={styles.entries}>
      <h3 className={styles.title}>{title}</h3>
      {entries.length === 0 ? (
        <p className={styles.empty}>{empty}</p>
      ) : (
        <ul className={styles.list}>
          {entries.map((entry) => (
            <li key={entry} className={styles.entry}>
              <span className={styles.text}>
                <UserName text={entry} />
              </span>
              <IconButton
                icon={Trash}
                label={i18n.t('options.list.remove', { entry })}
                onClick={() =>
                  void change(
                    entries.filter((known) => known !== entry),
                    i18n.t('options.list.removed'),
                  )
                }
              />
            </li>
          ))}
        </ul>
      )}
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <TextField
          label={label}
          placeholder={placeholder}
          error={error}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit">{i18n.t('options.list.add')}</Button>
      </form>
    </div>
  );
}
