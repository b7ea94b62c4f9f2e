import { all, visibility } from '../dom.ts';
import { hasModifier, isKey, isPress, isSendShortcut, targetOf, WRITTEN } from '../events.ts';
import type { Sighting } from '../people.ts';
import type { Sending, SendingReader } from '../site.ts';
import { openComposes } from './compose.ts';
import { readMailbox } from './mailbox.ts';
import { addressOf } from './person.ts';
import { selectors } from './selectors.ts';

const BODY = selectors.body.join();
/**
 * "Send" by where it stands and "Send and archive" (InboxSDK gmail-compose-view.ts, 2026-11); "Send" by its
 * own class (captured 2014 to 2025). Labels and tooltips are localized.
 */
const SEND = '.IZ .Up [role=button], .aoO[role=button], .Uo[role=button]';
/** The arrow beside it opens "Schedule send"; other extensions put their buttons there (InboxSDK, 2026-11). */
const NOT_SEND = '[aria-haspopup=true], .hG, [class^=inboxsdk_], [aria-disabled=true]';
const BUTTON = '[role=button], [role=menuitem], button';
const TYPED = `${WRITTEN}, input, textarea, select`;
/** A pop-up's title bar, with what closes it, stands around the compose (captured 2020). */
const POPUP = '[role=dialog]';
/** In the notice "Message sent", and in those of other actions (public tests and scripts, 2014 to 2026-10). */
const UNDO = '#link_undo';

export const gmailSending: SendingReader = {
  begins(event, url) {
    const target = targetOf(event);
    // Ctrl+Enter sends from anywhere in a compose (support.google.com/mail/answer/6594, 2026-11).
    if (!target || !(isSendShortcut(event) || (isPress(event) && isSend(target)))) return null;
    const document = target.ownerDocument;
    const composes = openComposes(document, visibility(BODY), selectors);
    const compose = composes.find(({ region }) => region.contains(target));
    if (compose === undefined) return null;
    const { region, id, sightings } = compose;
    const { account } = readMailbox(document, url, selectors);
    const box = region.closest(POPUP) ?? region;
    return {
      ...(account !== undefined && { account }),
      recipients: recipientsOf(sightings),
      holds: (other) => box.contains(other),
      // Gmail may draw a compose anew, and an undone one comes back, both under the same id.
      isOpen: () =>
        region.isConnected ||
        (id !== undefined && openComposes(document, () => true, selectors).some((open) => open.id === id)),
    };
  },
  undoOffered: (document) => all(document, UNDO).some(visibility(BODY)),
  undoes(event) {
    const target = targetOf(event);
    if (isPress(event) && target?.closest(UNDO)) return true;
    // Gmail's shortcut for "Undo last action" (support.google.com/mail/answer/6594, 2026-11).
    return isKey(event, 'z') && !hasModifier(event) && !target?.closest(TYPED);
  },
};

function isSend(target: Element): boolean {
  const button = target.closest(WRITTEN) ? null : target.closest(BUTTON);
  return button !== null && button.matches(SEND) && !button.matches(NOT_SEND);
}

const recipientsOf = (sightings: readonly Sighting[]): Sending['recipients'] => [
  ...new Set(sightings.flatMap(({ addresses }) => addressOf(addresses) ?? [])),
];
