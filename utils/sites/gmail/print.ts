import { all, cleanText } from '../dom.ts';
import type { Sighting } from '../people.ts';
import type { PersonOnPage } from '../../contract/page-reading.ts';
import type { GmailSelectors } from './selectors.ts';

/** "Name <address>", also several of them; only what stands in brackets is sure to be whole. */
const PERSON = /([^<>,]*)<([^<>\s]+@[^<>\s]+)>/gu;
/** "To: ", "An: ": in the language of the interface. */
const LABEL = /^[^:<@]{1,40}:\s*/u;

/** Who wrote the messages of a print view, to whom, and who gets the answers. It has neither attributes nor classes for people. */
export function readPrint(document: Document, select: GmailSelectors): Sighting[] {
  const messages = all(document, ...select.printMessage) as HTMLTableElement[];
  return [
    ...messages.flatMap((message) => peopleIn(message.rows[0]?.cells[0], 'sender')),
    ...messages
      .flatMap((message) => all(message.rows[1], ...select.printRecipients))
      .flatMap((line) => peopleIn(line, 'recipient')),
  ];
}

function peopleIn(line: Element | undefined, role: PersonOnPage['role']): Sighting[] {
  const text = cleanText(line?.textContent).replace(LABEL, '');
  return [...text.matchAll(PERSON)].map(([, name, address]) => ({
    role,
    addresses: [address],
    names: [name],
  }));
}
