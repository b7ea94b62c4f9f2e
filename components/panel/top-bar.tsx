import { i18n } from '../ui/i18n.ts';
import { IconButton } from '../ui/button.tsx';
import { PanelRightClose, Settings } from '../ui/icons.ts';
import { Logo } from '../ui/logo.tsx';
import styles from './top-bar.module.css';

interface Props {
  /** Absent where the panel cannot be collapsed (nothing docked). */
  onCollapse: (() => void) | null | undefined;
  onOpenOptions: () => void;
}

/** The panel's own controls. */
export function TopBar({ onCollapse, onOpenOptions }: Props) {
  return (
    <div className={styles.bar}>
      <p className={styles.name}>
        <Logo />
        {i18n.t('extension.name')}
      </p>
      <IconButton icon={Settings} label={i18n.t('action.settings')} onClick={onOpenOptions} />
      {onCollapse && (
        <IconButton icon={PanelRightClose} label={i18n.t('panel.collapse')} onClick={onCollapse} />
      )}
    </div>
  );
}
