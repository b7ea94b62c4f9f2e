import { i18n } from '../ui/i18n.ts';
import { normaliseEmail } from '../../utils/domain/email.ts';
import type { Settings } from '../../utils/extension/messages.ts';
import type { Here } from '../../utils/extension/site-state.ts';
import { panelCommands } from '../../utils/queries/panel-commands.ts';
import { siteCommands } from '../../utils/queries/site-commands.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import {
  CircleCheck,
  CloudOff,
  type Icon,
  Info,
  Lock,
  LogIn,
  MousePointerClick,
  Pause,
  Power,
  RefreshCw,
  TriangleAlert,
} from '../ui/icons.ts';
import { format, messageName } from '../ui/language.ts';

/** The site whose pages the user explains by pointing. */
const POINTED_AT = 'generic';

const looks: Record<Here['state'], { tone: 'info' | 'good' | 'warn'; icon: Icon }> = {
  works: { tone: 'good', icon: CircleCheck },
  'signed-out': { tone: 'warn', icon: CloudOff },
  paused: { tone: 'info', icon: Pause },
  'switched-off': { tone: 'info', icon: Power },
  'unknown-mailbox': { tone: 'info', icon: Lock },
  'private-mailbox': { tone: 'info', icon: Lock },
  'not-a-page': { tone: 'info', icon: Info },
  'not-on': { tone: 'info', icon: Power },
  revoked: { tone: 'warn', icon: Lock },
  reload: { tone: 'info', icon: RefreshCw },
  'not-understood': { tone: 'warn', icon: TriangleAlert },
};

interface Props {
  here: Here;
  /** What the site is called; empty where there is none. */
  label: string;
  settings: Settings;
  onSave: (change: Partial<Settings>) => void;
}

/** Whether Tandem works here, why not, and what to do about it. */
export function HereStatus({ here, label, settings, onSave }: Props) {
  const { tone, icon } = looks[here.state];
  return (
    <Banner tone={tone} icon={icon} action={remedy()}>
      {text()}
    </Banner>
  );

  function text(): string {
    switch (here.state) {
      case 'paused':
        return i18n.t('popup.state.paused', {
          time: settings.pausedUntil === null ? '' : format().time(settings.pausedUntil),
        });
      case 'private-mailbox':
        return i18n.t('popup.state.private_mailbox', { account: here.account ?? '' });
      case 'switched-off':
      case 'revoked':
      case 'not-understood':
        return i18n.t(`popup.state.${messageName(here.state)}`, { site: label });
      default:
        return i18n.t(`popup.state.${messageName(here.state)}`);
    }
  }

  function remedy() {
    switch (here.state) {
      case 'signed-out':
        return (
          <Button small icon={LogIn} onClick={() => void panelCommands.openOptions()}>
            {i18n.t('popup.connect')}
          </Button>
        );
      case 'private-mailbox': {
        const account = normaliseEmail(here.account ?? '');
        return (
          account !== null && (
            <Button small onClick={() => onSave({ mailboxes: [...settings.mailboxes, account] })}>
              {i18n.t('popup.workMailbox')}
            </Button>
          )
        );
      }
      case 'switched-off':
        return (
          <Button
            small
            icon={Power}
            onClick={() => onSave({ sitesOff: settings.sitesOff.filter((id) => id !== here.site) })}
          >
            {i18n.t('popup.switchBackOn')}
          </Button>
        );
      case 'revoked':
        return (
          <Button small icon={Lock} onClick={() => void siteCommands.allow(here.patterns)}>
            {i18n.t('options.sites.allow', { site: label })}
          </Button>
        );
      case 'works':
      case 'not-understood':
        return (
          here.site === POINTED_AT &&
          here.tabId !== null && (
            <Button
              small
              icon={MousePointerClick}
              title={i18n.t('popup.pointHint')}
              onClick={() => void siteCommands.pick(here.tabId!).then(() => window.close())}
            >
              {i18n.t('popup.point')}
            </Button>
          )
        );
      default:
        return null;
    }
  }
}
