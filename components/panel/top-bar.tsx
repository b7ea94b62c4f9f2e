import { i18n } from '../ui/i18n.ts';
import type { DockState } from '../../utils/extension/messages.ts';
import { IconButton } from '../ui/button.tsx';
import { PanelLeftClose, PanelRightClose, Settings } from '../ui/icons.ts';
import { Logo } from '../ui/logo.tsx';
import styles from './top-bar.module.css';

interface Props {
  /** Where the panel stands in the window. */
  side: DockState['side'];
  /** Absent where the panel cannot be collapsed (nothing docked). */
  onCollapse: (() => void) | null | undefined;
  onOpenOptions: () => void;
}

/** The panel's own controls. */
export function TopBar({ side, onCollapse, onOpenOptions }: Props) {
  return (
    <div className={styles.bar}>
      <p className={styles.name}>
        <Logo />
        {i18n.t('extension.name')}
      </p>
      <IconButton icon={Settings} label={i18n.t('action.settings')} onClick={onOpenOptions} />
      {onCollapse && (
        <IconButton
          icon={side === 'right' ? PanelRightClose : PanelLeftClose}
          label={i18n.t('panel.collapse')}
          onClick={onCollapse}
        />
      )}
    </div>
  );
}
