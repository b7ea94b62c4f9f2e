import { i18n } from '../ui/i18n.ts';
import type { Failure } from '../../utils/extension/failure.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { CloudOff } from '../ui/icons.ts';
import { format } from '../ui/language.ts';
import { useNow } from '../ui/use-now.ts';
import styles from './stale-banner.module.css';

interface Props {
  failure: Failure;
  receivedAt: string;
  onRetry: () => void;
  onOpenOptions: () => void;
}

/** Says that what is shown is the last known state, how old it is, and why. */
export function StaleBanner({ failure, receivedAt, onRetry, onOpenOptions }: Props) {
  const age = format().ago(receivedAt, useNow());
  const signedOut = failure.kind === 'signed-out';
  return (
    <div className={styles.place}>
      <Banner
        tone="warn"
        icon={CloudOff}
        action={
          <Button small look="quiet" onClick={signedOut ? onOpenOptions : onRetry}>
            {signedOut ? i18n.t('action.signIn') : i18n.t('action.retry')}
          </Button>
        }
      >
        {text(failure.kind, age)}
      </Banner>
    </div>
  );
}

function text(kind: Failure['kind'], age: string): string {
  switch (kind) {
    case 'offline':
      return i18n.t('stale.offline', { age });
    case 'signed-out':
      return i18n.t('stale.signed_out', { age });
    case 'hub-error':
    case 'too-many-requests':
      return i18n.t('stale.hub', { age });
    default:
      return i18n.t('stale.other', { age });
  }
}
