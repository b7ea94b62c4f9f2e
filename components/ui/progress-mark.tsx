import { i18n } from './i18n.ts';
import type { Progress } from '../../utils/domain/feedback-progress.ts';
import {
  Check,
  CheckCheck,
  CircleAlert,
  Clock,
  Eye,
  MessageSquare,
  RefreshCw,
  Undo,
  type Icon,
} from './icons.ts';
import styles from './progress-mark.module.css';

const icons: Record<Progress, Icon> = {
  saved: Clock,
  delivered: Check,
  seen: Eye,
  answered: MessageSquare,
  acted: CheckCheck,
  withdrawn: Undo,
  refused: CircleAlert,
};

/** How far feedback has come; `changing`: something was added to it that is still on its way. */
export function ProgressMark({ progress, changing = false }: { progress: Progress; changing?: boolean }) {
  const Glyph = icons[progress];
  return (
    <span className={styles.marks}>
      <span
        className={styles.mark}
        data-progress={progress}
        title={progress === 'saved' ? i18n.t('progress.savedLong') : undefined}
      >
        <Glyph size={13} aria-hidden />
        {i18n.t(`progress.${progress}`)}
      </span>
      {changing && (
        <span className={styles.mark} data-progress="saved">
          <RefreshCw size={12} aria-hidden />
          {i18n.t('progress.changing')}
        </span>
      )}
    </span>
  );
}
