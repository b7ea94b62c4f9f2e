import { Popover } from '@base-ui/react/popover';
import { useId, useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { Agreement } from '../../utils/contract/agreement.ts';
import { Button } from '../ui/button.tsx';
import { Pause } from '../ui/icons.ts';
import { format, localText } from '../ui/language.ts';
import popup from '../ui/popup.module.css';
import { useNow } from '../ui/use-now.ts';
import { UserName } from '../ui/user-text.tsx';
import chips from './reason-chips.module.css';
import styles from './pause-popover.module.css';

const DAYS = [1, 3, 7];

interface Props {
  sla: Agreement['sla'];
  onPause: (reason: string, until: string) => void;
}

/** Stops the clock for a while: why, and until when; the day sends it. */
export function PausePopover({ sla: { pauseReasons, longestPauseDays }, onPause }: Props) {
  const name = useId();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState(pauseReasons[0]?.id);
  const now = useNow();
  if (reason === undefined) return null;
  const days = DAYS.filter((count) => count <= longestPauseDays);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger render={<Button small look="quiet" icon={Pause} />}>
        {i18n.t('clock.pauseShort')}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} collisionPadding={12} className={popup.positioner}>
          <Popover.Popup className={popup.popup}>
            <Popover.Title className={popup.title}>{i18n.t('clock.pause')}</Popover.Title>
            <fieldset className={chips.reasons}>
              <legend className={chips.legend}>{i18n.t('clock.pauseWhy')}</legend>
              <div className={chips.group}>
                {pauseReasons.map(({ id, label }) => (
                  <label key={id} className={chips.chip}>
                    <input
                      type="radio"
                      name={name}
                      className="visually-hidden"
                      checked={id === reason}
                      onChange={() => setReason(id)}
                    />
                    <UserName text={localText(label)} />
                  </label>
                ))}
              </div>
            </fieldset>
            <div role="group" aria-label={i18n.t('clock.pauseUntil')} className={styles.days}>
              <span className={chips.legend} aria-hidden>
                {i18n.t('clock.pauseUntil')}
              </span>
              {days.map((count) => {
                const until = morningIn(count, now);
                return (
                  <button
                    key={count}
                    type="button"
                    className={chips.chip}
                    onClick={() => {
                      setOpen(false);
                      onPause(reason, until);
                    }}
                  >
                    {count === 1 ? format().when(until, now) : format().day(until)}
                  </button>
                );
              })}
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Nine o'clock of a day from now, so that a pause ends when people are back at work. */
function morningIn(days: number, now: number): string {
  const at = new Date(now);
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + days, 9).toISOString();
}
