import { i18n } from '../ui/i18n.ts';
import type { Reason } from '../../utils/contract/agreement.ts';
import { Check } from '../ui/icons.ts';
import { localText } from '../ui/language.ts';
import { UserName } from '../ui/user-text.tsx';
import styles from './reason-chips.module.css';

interface Props {
  legend: string;
  reasons: readonly Reason[];
  chosen: readonly string[];
  onToggle: (id: string) => void;
  /** Buttons where one chip sends the verdict; checkboxes where chips refine it. */
  as: 'buttons' | 'checkboxes';
}

/** The agreed reasons, told apart by what becomes of the lead: nurtured again, or removed. */
export function ReasonChips({ legend, reasons, chosen, onToggle, as }: Props) {
  return (
    <fieldset className={styles.reasons}>
      <legend className={styles.legend}>{legend}</legend>
      {(['recycle', 'remove'] as const).map((outcome) => {
        const members = reasons.filter((reason) => reason.outcome === outcome);
        return (
          members.length > 0 && (
            <div
              key={outcome}
              className={styles.group}
              role="group"
              aria-label={i18n.t(`verdict.${outcome}`)}
            >
              <span className={styles.outcome} aria-hidden>
                {i18n.t(`verdict.${outcome}`)}
              </span>
              {members.map((reason) => (
                <Chip
                  key={reason.id}
                  text={localText(reason.label)}
                  on={chosen.includes(reason.id)}
                  onToggle={() => onToggle(reason.id)}
                  as={as}
                />
              ))}
            </div>
          )
        );
      })}
    </fieldset>
  );
}

function Chip({
  text,
  on,
  onToggle,
  as,
}: {
  text: string;
  on: boolean;
  onToggle: () => void;
  as: Props['as'];
}) {
  if (as === 'buttons') {
    return (
      <button type="button" className={styles.chip} onClick={onToggle}>
        <UserName text={text} />
      </button>
    );
  }
  return (
    <label className={styles.chip}>
      <input type="checkbox" className="visually-hidden" checked={on} onChange={onToggle} />
      {on && <Check size={12} strokeWidth={3} aria-hidden />}
      <UserName text={text} />
    </label>
  );
}
