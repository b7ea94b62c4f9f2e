import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { Source } from '../../utils/contract/source.ts';
import { Button } from '../ui/button.tsx';
import { ExternalLink, LogIn } from '../ui/icons.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import { failureText } from './channel-words.ts';
import styles from './source-row.module.css';

interface Props {
  source: Source;
  /** Answers where to sign in. */
  onSignIn: () => Promise<string>;
}

/** Signs the hub in at a system, in a tab of its own; the row hears of it by itself. */
export function SourceSignIn({ source: { label, signedIn }, onSignIn }: Props) {
  const announce = useAnnounce();
  const [busy, setBusy] = useState(false);
  const [opened, setOpened] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const begin = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      const url = await onSignIn();
      if (!/^https?:$/u.test(new URL(url).protocol)) throw new Error('No address of a page.');
      setOpened(url);
      window.open(url, '_blank', 'noopener,noreferrer');
      announce(i18n.t('options.sources.goOn', { label }));
    } catch (error) {
      setFailure(failureText(error));
      announce(failureText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={styles.signIn}>
      <div className={styles.buttons}>
        {/* It is the next step, or seldom of use. */}
        <Button
          small={signedIn === true}
          look={signedIn ? 'secondary' : 'primary'}
          icon={LogIn}
          disabled={busy}
          onClick={() => void begin()}
        >
          {i18n.t(signedIn ? 'options.sources.signInAgain' : 'options.sources.signIn', { label })}
        </Button>
      </div>
      {failure !== undefined && <p className={styles.bad}>{failure}</p>}
      {opened !== undefined && !signedIn && (
        <p>
          {i18n.t('options.sources.goOn', { label })}{' '}
          <a href={opened} target="_blank" rel="noreferrer">
            {i18n.t('options.sources.openAgain')}
            <ExternalLink size={12} aria-hidden />
          </a>
        </p>
      )}
    </div>
  );
}
