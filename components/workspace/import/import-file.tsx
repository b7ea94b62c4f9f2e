import { useId } from 'react';
import styles from './import-file.module.css';

interface Props {
  label: string;
  hint: string;
  /** What is wrong with the file; read out with the field. */
  error?: string | undefined;
  onChoose: (file: File | undefined) => void;
}

/** A field for a file, large enough to drop one on: browsers let files be dropped on it by themselves. */
export function ImportFile({ label, hint, error, onChoose }: Props) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <input
        id={id}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
        className={styles.drop}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => onChoose(target.files?.[0])}
      />
      <p id={`${id}-hint`} className={error ? styles.error : styles.hint}>
        {error ?? hint}
      </p>
    </div>
  );
}
