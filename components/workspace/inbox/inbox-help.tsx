import { Popover } from '@base-ui/react/popover';
import { i18n } from '../../ui/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { Keyboard } from '../../ui/icons.ts';
import { inboxKeys } from '../../ui/inbox-keys.ts';
import { KeyList } from '../../ui/key-list.tsx';
import popup from '../../ui/popup.module.css';
import styles from './inbox-help.module.css';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Whether single keys do something on this page. */
  active: boolean;
  onActiveChange: (active: boolean) => void;
}

/** Which keys do what; they can be switched off, for whoever speaks to the computer. */
export function InboxHelp({ open, onOpenChange, active, onActiveChange }: Props) {
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Trigger render={<Button small look="quiet" icon={Keyboard} />}>
        {i18n.t('inbox.keys.title')}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} collisionPadding={12} className={popup.positioner}>
          <Popover.Popup className={popup.popup}>
            <Popover.Title className={popup.title}>{i18n.t('inbox.keys.title')}</Popover.Title>
            <KeyList keys={inboxKeys()} />
            <label className={styles.switch}>
              <input
                type="checkbox"
                checked={active}
                onChange={(event) => onActiveChange(event.target.checked)}
              />
              {i18n.t('inbox.keys.active')}
            </label>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
