import { i18n } from './i18n.ts';
import type { Failure } from '../../utils/extension/failure.ts';
import { Button } from './button.tsx';
import { CircleAlert, CloudOff, Lock, LogIn, RefreshCw, Settings, UserX, type Icon } from './icons.ts';
import { messageName } from './language.ts';
import { Screen } from './screen.tsx';

export type ScreenKind = Failure['kind'] | 'bug';

const icons: Partial<Record<ScreenKind, Icon>> = {
  offline: CloudOff,
  'hub-error': CloudOff,
  'signed-out': LogIn,
  forbidden: Lock,
  'not-found': UserX,
};

/** Of these a page says something else than the panel, which is about one lead. */
const ofPages = ['offline', 'not_found', 'hub_error'] as const;
type OfPages = (typeof ofPages)[number];

interface Props {
  kind: ScreenKind;
  /** Whether what is missing is about a lead. */
  aboutLead?: boolean;
  onRetry: () => void;
  onOpenOptions: () => void;
  heading?: 'h1' | 'h2';
}

/** An expected failure (or `bug`, the other kind) where it leaves nothing else to show. */
export function FailureScreen({ kind, onRetry, onOpenOptions, aboutLead = false, heading = 'h1' }: Props) {
  const name = messageName(kind);
  const ofPage = ofPages.find((each): each is OfPages => each === name);
  return (
    <Screen
      icon={(kind === 'not-found' && !aboutLead ? undefined : icons[kind]) ?? CircleAlert}
      heading={heading}
      title={i18n.t(`failure.${name}.title`)}
      action={<FailureAction kind={kind} onRetry={onRetry} onOpenOptions={onOpenOptions} />}
    >
      {ofPage && !aboutLead ? i18n.t(`failure.${ofPage}.page`) : i18n.t(`failure.${name}.text`)}
    </Screen>
  );
}

function FailureAction({ kind, onRetry, onOpenOptions }: Props) {
  switch (kind) {
    case 'signed-out':
      return (
        <Button look="primary" icon={LogIn} onClick={onOpenOptions}>
          {i18n.t('action.signIn')}
        </Button>
      );
    case 'not-found':
      return null;
    case 'invalid':
    case 'bug':
    case 'hub-too-old':
    case 'forbidden':
      return (
        <Button icon={Settings} onClick={onOpenOptions}>
          {i18n.t('action.settings')}
        </Button>
      );
    default:
      return (
        <Button icon={RefreshCw} onClick={onRetry}>
          {i18n.t('action.retry')}
        </Button>
      );
  }
}
