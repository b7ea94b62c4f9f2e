import { i18n } from '../ui/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Undo } from '../ui/icons.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import { useNow } from '../ui/use-now.ts';

/** Undo with the seconds that are left; its name stays "Undo", so that it is not read out every second. */
export function UndoButton({ until, onUndo }: { until: number; onUndo: () => void }) {
  const announce = useAnnounce();
  const seconds = Math.max(0, Math.ceil((until - useNow(1000)) / 1000));
  return (
    <Button
      small
      icon={Undo}
      aria-label={i18n.t('verdict.undo')}
      onClick={() => {
        if (Date.now() < until) onUndo();
        else announce(i18n.t('verdict.undoTooLate'));
      }}
    >
      {i18n.t('verdict.undoSeconds', { seconds })}
    </Button>
  );
}
