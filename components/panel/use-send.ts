import { i18n } from '../ui/i18n.ts';
import { useAnnounce } from '../ui/live-region.tsx';

/** Waits for a write and says what came of it; returns whether it was saved. */
export function useSend() {
  const announce = useAnnounce();
  return (write: Promise<unknown>, done: string): Promise<boolean> =>
    write.then(
      () => {
        announce(done);
        return true;
      },
      () => {
        announce(i18n.t('verdict.notSaved'));
        return false;
      },
    );
}
