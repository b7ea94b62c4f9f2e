import { addressIn, visibility } from '../dom.ts';
import { isPress, isSendShortcut, targetOf, WRITTEN } from '../events.ts';
import type { SendingReader } from '../site.ts';
import { openComposes, type Compose } from './compose.ts';
import { listedMails } from './list.ts';
import { readMailbox, type Mailbox } from './mailbox.ts';
import { nameResolver } from './names.ts';
import { openMails } from './pane.ts';
import { selectors } from './selectors.ts';

/**
 * "Send" by test id (three tools, 2024 to 2026), by its tool tip and by the first half of its split button
 * (ids 68596758158, 70086508265, live 2026-10-07). Labels are localized.
 */
const SEND =
  '[data-testid="ComposeSendButton"] button, button[title*="Ctrl+Enter"], button[id$="__primaryActionButton"]';
/** The other half opens "Schedule send". */
const NOT_SEND = '[aria-haspopup], [aria-disabled=true], [disabled]';

export const outlookSending: SendingReader = {
  begins(event, url) {
    const target = targetOf(event);
    // Ctrl+Enter sends from anywhere in a compose (support.microsoft.com, keyboard shortcuts of Outlook, 2026-11).
    if (!target || !(isSendShortcut(event) || (isPress(event) && isSend(target)))) return null;
    const document = target.ownerDocument;
    const composes = openComposes(document, visibility(BODY), selectors);
    const compose = composes.find(({ region }) => region.contains(target));
    if (compose === undefined) return null;
    const { region, id } = compose;
    const mailbox = readMailbox(document, url, selectors);
    const { account } = mailbox;
    const to = labelsOf(compose);
    return {
      ...(account !== undefined && { account }),
      recipients: recipientsOf(compose, mailbox),
      holds: (other) => region.contains(other),
      // A mail that was taken back opens again, perhaps under another id, but to the same people.
      isOpen: () =>
        region.isConnected ||
        openComposes(document, visibility(BODY), selectors).some(
          (open) => (id !== undefined && open.id === id) || labelsOf(open) === to,
        ),
    };
  },
  /**
   * Nobody has described the notice that offers "Undo send" for up to ten seconds. So every mail counts as one
   * that may still be taken back for as long as that can last, and is none if it opens again.
   */
  undoOffered: () => true,
  undoes: () => false,
};

const BODY = selectors.body.join();

function isSend(target: Element): boolean {
  const button = target.closest(WRITTEN) ? null : target.closest('button');
  return button !== null && button.matches(SEND) && !button.matches(NOT_SEND);
}

/** The addresses of its recipients, lower case, each once; of a mere name as the conversation has it. */
function recipientsOf({ region, contacts }: Compose, mailbox: Mailbox): string[] {
  const document = region.ownerDocument;
  const visible = visibility(BODY);
  const [mail, ...others] = openMails(document, visible, selectors);
  const listed = listedMails(document, visible, selectors);
  const resolve = nameResolver(document, selectors, mailbox, others.length > 0 ? undefined : mail, listed);
  const sightings = resolve(contacts.map((contact) => ({ ...contact, role: 'draft-recipient' })));
  const addresses = sightings.map((one) => one.addresses.map(addressIn).find((found) => found !== undefined));
  return [...new Set(addresses.flatMap((address) => address?.toLowerCase() ?? []))];
}

const labelsOf = ({ contacts }: Compose) => JSON.stringify(contacts);
