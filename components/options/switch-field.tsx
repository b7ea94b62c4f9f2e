import { useId } from 'react';
import { i18n } from '../ui/i18n.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import styles from './switch-field.module.css';

interface Props {
  label: string;
  hint?: string | undefined;
  name?: string;
  on: boolean;
  disabled?: boolean;
  /** What it does at once fails by itself; what it only notes is no promise. */
  onChange: (on: boolean) => Promise<unknown> | void;
}

/** Something that is either done or not. */
export function SwitchField({ label, hint, name, on, disabled, onChange }: Props) {
  const announce = useAnnounce();
  const hintId = useId();
  return (
    <div>
      <label className={styles.choice}>
        <input
          type="checkbox"
          name={name}
          className={styles.box}
          checked={on}
          disabled={disabled}
          aria-describedby={hint === undefined ? undefined : hintId}
          onChange={({ target }) =>
            void onChange(target.checked)?.catch(() => announce(i18n.t('options.notSaved')))
          }
        />
        {label}
      </label>
      {hint !== undefined && (
        <p id={hintId} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
