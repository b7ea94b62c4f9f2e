import { useId, type ComponentProps } from 'react';
import styles from './text-field.module.css';

interface Props extends Omit<ComponentProps<'select'>, 'id'> {
  label: string;
  hint?: string;
  /** What is wrong with the choice; read out with the field. */
  error?: string | undefined;
}

/** A labelled choice of one out of several. */
export function SelectField({ label, hint, error, ...select }: Props) {
  const id = useId();
  const notes = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <select
        {...select}
        id={id}
        className={styles.input}
        aria-invalid={error ? true : undefined}
        aria-describedby={notes || undefined}
      />
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      )}
    </div>
  );
}
