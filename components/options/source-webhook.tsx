import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { LocalText } from '../../utils/contract/primitives.ts';
import type { Source } from '../../utils/contract/source.ts';
import { Button } from '../ui/button.tsx';
import { RefreshCw } from '../ui/icons.ts';
import { format, localText } from '../ui/language.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import { UserText } from '../ui/user-text.tsx';
import { failureText } from './channel-words.ts';
import { CopyLine } from './copy-line.tsx';
import styles from './source-row.module.css';

interface Props {
  label: string;
  webhook: NonNullable<Source['webhook']>;
  instructions: LocalText | undefined;
  onRenew: () => Promise<unknown>;
}

/** What to enter at the system so that it tells of changes at once. */
export function SourceWebhook({ label, webhook: { url, secret, refused }, instructions, onRenew }: Props) {
  const announce = useAnnounce();
  const [said, setSaid] = useState<string>();
  const say = (text: string) => {
    setSaid(text);
    announce(text);
  };
  return (
    <>
      <p>{i18n.t('options.sources.webhookText', { label })}</p>
      {instructions && <UserText text={localText(instructions)} lines={12} limit={1_200} />}
      <CopyLine label={i18n.t('options.sources.webhookUrl')} value={url} />
      {!url.includes(secret) && <CopyLine label={i18n.t('options.sources.webhookSecret')} value={secret} />}
      {refused > 0 && (
        <p className={styles.bad}>{i18n.t('options.sources.refused', refused, [format().number(refused)])}</p>
      )}
      <div className={styles.buttons}>
        <Button
          small
          icon={RefreshCw}
          onClick={() =>
            void onRenew().then(
              () => say(i18n.t('options.sources.renewed', { label })),
              (error) => say(failureText(error)),
            )
          }
        >
          {i18n.t('options.sources.renew')}
        </Button>
        <span>{said}</span>
      </div>
    </>
  );
}
