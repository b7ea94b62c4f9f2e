import { startTransition, useId, useOptimistic } from 'react';
import { i18n } from '../ui/i18n.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import styles from './switch-field.module.css';

interface Props {
  label: string;
  hint?: string | undefined;
  name?: string;
  on: boolean;
  disabled?: boolean;
  onChange: (on: boolean) => Promise<unknown> | void;
}

/** Something that is either done or not. */
export function SwitchField({ label, hint, name, on, disabled, onChange }: Props) {
  const announce = useAnnounce();
  const hintId = useId();
  // What was chosen shows at once, also where it takes a moment to be so.
  const [shown, show] = useOptimistic(on);
  const change = (next: boolean) =>
    startTransition(async () => {
      show(next);
      try {
        await onChange(next);
      } catch {
        announce(i18n.t('options.notSaved'));
      }
    });
  return (
    <div>
      <label className={styles.choice}>
        <input
          type="checkbox"
          name={name}
          className={styles.box}
          checked={shown}
          disabled={disabled}
          aria-describedby={hint === undefined ? undefined : hintId}
          onChange={({ target }) => change(target.checked)}
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
