import { all, cleanText, outermost } from '../dom.ts';
import { contactOf, type Contact } from './contact.ts';
import type { OutlookSelectors } from './selectors.ts';

export interface Compose {
  region: Element;
  /** Stays the same while this message is being written. */
  id: string | undefined;
  contacts: Contact[];
}

/** The messages that are being written: instead of the conversation, within it, or in a window of their own. */
export function openComposes(
  document: Document,
  visible: (element: Element) => boolean,
  select: OutlookSelectors,
): Compose[] {
  const regions = outermost(all(document, ...select.compose).filter(visible));
  return regions.map((region) => composeIn(region, select)).filter((compose) => compose !== null);
}

function composeIn(region: Element, select: OutlookSelectors): Compose | null {
  const fields = all(region, ...select.field);
  // The last thing to write into is the message; people are mentioned in there.
  const places = fields.length > 0 ? fields : all(region, ...select.textbox).slice(0, -1);
  if (places.length === 0) return null;
  const body = select.body.join();
  const chips = outermost(places.flatMap((place) => all(place, ...select.chip)));
  return {
    region,
    id: /^MSG_(.+)_(?:TO|CC|BCC)$/u.exec(cleanText(fields[0]?.id))?.[1]?.slice(0, 512),
    contacts: chips.filter((chip) => !chip.closest(body)).map(contactOf),
  };
}
