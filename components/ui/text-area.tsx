import { useId, type ComponentProps } from 'react';
import styles from './text-field.module.css';

interface Props extends Omit<ComponentProps<'textarea'>, 'id'> {
  label: string;
  hint?: string;
  /** What is wrong with the value; read out with the field. */
  error?: string | undefined;
}

/** A labelled field for more than a line. */
export function TextArea({ label, hint, error, rows = 2, ...textarea }: Props) {
  const id = useId();
  const notes = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <textarea
        dir="auto"
        {...textarea}
        id={id}
        rows={rows}
        className={`${styles.input} ${styles.area}`}
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
