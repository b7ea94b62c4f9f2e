import { i18n } from '../ui/i18n.ts';
import type { Source } from '../../utils/contract/source.ts';
import { Ban, CircleAlert, CircleCheck, CircleHelp, Clock, RefreshCw, type Icon } from '../ui/icons.ts';

/** The sign of a state, so that none is told by colour alone. */
export const stateIcons: Record<Source['state'], Icon> = {
  new: CircleHelp,
  syncing: RefreshCw,
  ready: CircleCheck,
  waiting: Clock,
  failed: CircleAlert,
  disabled: Ban,
};

/** How a source is doing, in a few words. */
export const stateWords = ({ state, signedIn }: Pick<Source, 'state' | 'signedIn'>): string =>
  state === 'new' && signedIn === false
    ? i18n.t('options.sources.notSignedIn')
    : i18n.t(`options.sources.state.${state}`);
