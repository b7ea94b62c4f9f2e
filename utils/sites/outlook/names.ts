import { addressIn, all, cleanText, onlyOne } from '../dom.ts';
import { nameOf, type Sighting } from '../people.ts';
import { contactOf, hasAddress, NamedAddresses } from './contact.ts';
import type { ListedMail } from './list.ts';
import type { Mailbox } from './mailbox.ts';
import type { OpenMail } from './pane.ts';
import type { OutlookSelectors } from './selectors.ts';

/**
 * Outlook often shows colleagues and the mailbox itself by name only. Such a name is given the address that
 * stands beside it in the conversation, in its row of the list, or in the contact card the user has opened;
 * without one it is uncertain who is meant. The user's own name is nobody.
 */
export function nameResolver(
  document: Document,
  select: OutlookSelectors,
  { isOwnName }: Mailbox,
  mail: OpenMail | undefined,
  listed: readonly ListedMail[],
): (contacts: OpenMail['contacts']) => Sighting[] {
  const known = new NamedAddresses();
  for (const contact of mail?.contacts ?? []) known.learn(contact);
  for (const row of listed) if (isOfMail(row, mail, listed)) row.sightings.forEach((one) => known.learn(one));
  const cards = all(document, ...select.card);
  return (contacts) =>
    contacts.flatMap((contact): Sighting[] => {
      if (hasAddress(contact)) return [contact];
      const name = nameOf(contact.names);
      if (name === undefined || isOwnName(name)) return [];
      const address = known.of(name) ?? onCard(cards, name, select);
      return [{ ...contact, names: [name], addresses: [address], uncertain: address === undefined }];
    });
}

function isOfMail(row: ListedMail, mail: OpenMail | undefined, listed: readonly ListedMail[]): boolean {
  if (mail === undefined) return false;
  const selected = listed.filter((other) => other.selected);
  return row.conversation === mail.id || (selected.length === 1 && row.selected);
}

/** The only address on the open contact card of this person; it also names managers and colleagues, further down. */
function onCard(cards: readonly Element[], name: string, select: OutlookSelectors): string | undefined {
  const card = cards.find((one) => titleOf(one) === name);
  const addresses = all(card, ...select.cardAddress).flatMap((part) => [
    part.getAttribute('href')?.replace(/^mailto:|\?.*$/giu, ''),
    ...contactOf(part).addresses,
  ]);
  return onlyOne(addresses.map(addressIn));
}

/** The first text on a card, after the initials in the picture. */
const titleOf = (card: Element) =>
  all(card, '*')
    .filter((part) => part.childElementCount === 0)
    .map((leaf) => cleanText(leaf.textContent))
    .find((text) => text.length > 3);
