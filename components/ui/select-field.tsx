import { useId, type ComponentProps } from 'react';
import styles from './text-field.module.css';

interface Props extends Omit<ComponentProps<'select'>, 'id'> {
  label: string;
}

/** A labelled choice of one out of several. */
export function SelectField({ label, ...select }: Props) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <select {...select} id={id} className={styles.input} />
    </div>
  );
}
