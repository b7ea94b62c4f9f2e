import { i18n } from './i18n.ts';
import { Button } from './button.tsx';
import { Pause, Play } from './icons.ts';
import { useAnnounce } from './live-region.tsx';
import { useNow } from './use-now.ts';

const HOUR_MS = 3_600_000;

interface Props {
  pausedUntil: string | null;
  onChange: (pausedUntil: string | null) => Promise<unknown>;
}

/** Has Tandem keep still everywhere for an hour, or go on before. */
export function PauseButton({ pausedUntil, onChange }: Props) {
  const announce = useAnnounce();
  const now = useNow();
  const paused = pausedUntil !== null && Date.parse(pausedUntil) > now;
  const change = () =>
    onChange(paused ? null : new Date(Date.now() + HOUR_MS).toISOString()).catch(() =>
      announce(i18n.t('popup.failed')),
    );
  return (
    <Button small look="quiet" icon={paused ? Play : Pause} onClick={() => void change()}>
      {i18n.t(paused ? 'popup.resume' : 'popup.pause')}
    </Button>
  );
}
