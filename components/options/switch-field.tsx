import { useId } from 'react';
import { i18n } from '../ui/i18n.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import styles from './switch-field.module.css';

interface Props {
  label: string;
  hint?: string;
  on: boolean;
  disabled?: boolean;
  onChange: (on: boolean) => Promise<unknown>;
}

/** Something that is either done or not. */
export function SwitchField({ label, hint, on, disabled, onChange }: Props) {
  const announce = useAnnounce();
  const hintId = useId();
  return (
    <div>
      <label className={styles.choice}>
        <input
          type="checkbox"
          className={styles.box}
          checked={on}
          disabled={disabled}
          aria-describedby={hint === undefined ? undefined : hintId}
          onChange={({ target }) =>
            void onChange(target.checked).catch(() => announce(i18n.t('options.notSaved')))
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
