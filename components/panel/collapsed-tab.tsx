import { i18n } from '#i18n';
import type { LeadOnPage } from '../../utils/extension/messages.ts';
import { PanelRightOpen } from '../ui/icons.ts';
import { Logo } from '../ui/logo.tsx';
import { stageIcons } from '../ui/stage-icons.ts';
import styles from './collapsed-tab.module.css';

/** The panel folded to a strip: still says at which stage the lead is, before any look-up. */
export function CollapsedTab({ lead, onExpand }: { lead: LeadOnPage | undefined; onExpand: () => void }) {
  const stage = lead?.stage;
  const StageIcon = stage && stageIcons[stage];
  return (
    <main className={styles.tab} data-state="collapsed">
      <h1 className="visually-hidden">{i18n.t('extension.name')}</h1>
      <button
        type="button"
        className={styles.button}
        aria-label={[i18n.t('panel.expand'), stage && i18n.t(`stage.short.${stage}`)]
          .filter(Boolean)
          .join(', ')}
        title={i18n.t('panel.expand')}
        aria-expanded={false}
        onClick={onExpand}
      >
        <Logo size={20} />
        {StageIcon && (
          <span className={styles.stage}>
            <StageIcon size={14} aria-hidden />
            <span className={styles.word}>{i18n.t(`stage.short.${stage}`)}</span>
          </span>
        )}
        <PanelRightOpen size={16} aria-hidden />
      </button>
    </main>
  );
}
