import { addressIn, all } from '../dom.ts';
import type { Sighting } from '../people.ts';
import type { OutlookSelectors } from './selectors.ts';

export interface ListedMail {
  /** The line that starts with the sender's name. */
  anchor: Element;
  conversation: string | null;
  selected: boolean;
  sightings: Sighting[];
}

/** The rows of the message list that name somebody, alone or beside what is open. */
export function listedMails(
  document: Document,
  visible: (element: Element) => boolean,
  select: OutlookSelectors,
): ListedMail[] {
  return all(document, ...select.row)
    .filter(visible)
    .flatMap((row) => {
      // The line of names comes first; a subject may be nothing but an address, too.
      const spans = all(row, ...select.participant).filter((span) => addressIn(span.getAttribute('title')));
      const anchor = spans[0]?.parentElement;
      if (!anchor) return [];
      return [
        {
          anchor,
          conversation: row.getAttribute('data-convid'),
          selected: row.getAttribute('aria-selected') === 'true',
          sightings: spans.filter((span) => span.parentElement === anchor).map(sighting),
        },
      ];
    });
}

const sighting = (span: Element): Sighting => ({
  role: 'list-sender',
  addresses: [span.getAttribute('title')],
  names: [span.textContent],
});
