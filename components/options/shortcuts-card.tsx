import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Keyboard } from '../ui/icons.ts';
import { inboxKeys } from '../ui/inbox-keys.ts';
import { KeyList } from '../ui/key-list.tsx';
import { useAnnounce } from '../ui/live-region.tsx';
import styles from './diagnostics-card.module.css';

interface Props {
  /** By the names of the manifest's commands; empty: the user has given it none. */
  shortcuts: readonly { name: string; keys: string }[];
  /** Opens the browser's page for them; false where that cannot be done. */
  onOpen: () => Promise<boolean>;
}

/** Every key that does something, and where the browser's own ones are changed. */
export function ShortcutsCard({ shortcuts, onOpen }: Props) {
  const announce = useAnnounce();
  const [closed, setClosed] = useState(false);
  const open = async () => {
    const opened = await onOpen().catch(() => false);
    setClosed(!opened);
    if (!opened) announce(i18n.t('options.shortcuts.notOpened'));
  };
  const toggle = shortcuts.find(({ name }) => name === 'toggle-panel')?.keys;
  return (
    <Card
      anchor="shortcuts"
      title={i18n.t('options.shortcuts.title')}
      text={i18n.t('options.shortcuts.text')}
    >
      <h3 className={styles.title}>{i18n.t('options.shortcuts.everywhere')}</h3>
      <KeyList keys={[[toggle || i18n.t('options.shortcuts.none'), i18n.t('extension.togglePanel')]]} />
      <div className={styles.copy}>
        <Button icon={Keyboard} onClick={() => void open()}>
          {i18n.t('options.shortcuts.change')}
        </Button>
        {closed && <span>{i18n.t('options.shortcuts.notOpened')}</span>}
      </div>
      <h3 className={styles.title}>{i18n.t('options.shortcuts.panel')}</h3>
      <KeyList
        keys={[
          [i18n.t('options.shortcuts.sendKeys'), i18n.t('options.shortcuts.send')],
          ['← →', i18n.t('options.shortcuts.arrows')],
        ]}
      />
      <h3 className={styles.title}>{i18n.t('options.shortcuts.inbox')}</h3>
      <KeyList keys={inboxKeys()} />
    </Card>
  );
}
