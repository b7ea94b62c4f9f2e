import { i18n } from '../ui/i18n.ts';
import type { EventKind } from '../../utils/contract/channel.ts';
import { failureOf } from '../../utils/queries/unwrap.ts';

/** What an event is called. */
export const eventName = (kind: EventKind) => i18n.t(`options.channels.event.${kind}`);

/** What went wrong, in the hub's own words where it has some. */
export const failureText = (error: unknown) =>
  i18n.t('options.channels.failed', {
    problem: failureOf(error)?.problem?.detail ?? i18n.t('options.channels.unknown'),
  });
