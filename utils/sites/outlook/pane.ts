import { all, cleanText, outermost } from '../dom.ts';
import type { PersonOnPage } from '../../contract/page-reading.ts';
import { contactsIn, type Contact } from './contact.ts';
import type { OutlookSelectors } from './selectors.ts';

export interface OpenMail {
  pane: Element;
  /** The conversation's or message's id as the pane itself says it. */
  id: string | undefined;
  /** Senders first, so that who wrote anything at all is a sender. */
  contacts: (Contact & { role: PersonOnPage['role'] })[];
}

/** The conversations and messages in view: mostly one, two while one replaces the other. */
export function openMails(
  document: Document,
  visible: (element: Element) => boolean,
  select: OutlookSelectors,
): OpenMail[] {
  const panes = outermost(all(document, ...select.pane).filter(visible));
  return panes.flatMap((pane) => {
    const compose = select.compose.join();
    const outside = (element: Element) => visible(element) && !element.closest(compose);
    const wells = outermost(all(pane, ...select.recipients).filter(outside));
    const heads = outermost(all(pane, ...select.sender)).filter(
      (head) => outside(head) && !wells.some((well) => well.contains(head)),
    );
    if (heads.length === 0 && wells.length === 0) return [];
    const more = select.more.join();
    const recipients = wells
      .flatMap((well) => outermost(all(well, ...select.pill)))
      .filter((pill) => !pill.closest(more) && !pill.querySelector(more));
    const as = (role: PersonOnPage['role'], elements: readonly Element[]) =>
      elements.flatMap((element) => contactsIn(element, select)).map((contact) => ({ ...contact, role }));
    return [
      {
        pane,
        id: idIn(pane, heads, select),
        contacts: [...as('sender', heads), ...as('recipient', recipients)],
      },
    ];
  });
}

/** `CONV_<id>_SUBJECT`, else the pane's own conversation, else the first message: `MSG_<id>_FROM`. */
function idIn(pane: Element, heads: readonly Element[], select: OutlookSelectors): string | undefined {
  const [subject] = all(pane, ...select.subject);
  const ids = [
    /^CONV_(.+)_SUBJECT$/u.exec(subject?.id ?? '')?.[1],
    pane.getAttribute('data-convid'),
    ...heads.map((head) => /^MSG_(.+)_FROM$/u.exec(head.id)?.[1]),
  ];
  return ids
    .map((id) => cleanText(id))
    .find((id) => id !== '')
    ?.slice(0, 512);
}
