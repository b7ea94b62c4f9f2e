import { i18n } from '../ui/i18n.ts';
import type { Here } from '../../utils/extension/site-state.ts';
import { siteCommands } from '../../utils/queries/site-commands.ts';
import { Button } from '../ui/button.tsx';
import { Power } from '../ui/icons.ts';
import { useAnnounce } from '../ui/live-region.tsx';

interface Props {
  here: Here;
  label: string;
  /** A site that came with the extension keeps its permission and is switched off by a setting. */
  onSwitchOffCore: () => Promise<unknown>;
}

/** Leaves the pages of the site the user is on. */
export function SwitchOffButton({ here, label, onSwitchOffCore }: Props) {
  const announce = useAnnounce();
  const switchOff = () =>
    (here.entry === undefined ? onSwitchOffCore() : siteCommands.switchOff(here.entry)).catch(() =>
      announce(i18n.t('popup.failed')),
    );
  return (
    <Button small look="quiet" icon={Power} onClick={() => void switchOff()}>
      {i18n.t('popup.switchOff', { site: label })}
    </Button>
  );
}
