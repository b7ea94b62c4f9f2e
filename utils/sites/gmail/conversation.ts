import { all, cleanText, outermost } from '../dom.ts';
import type { Sighting } from '../people.ts';
import { addressesOf, namesOf } from './person.ts';
import type { GmailSelectors } from './selectors.ts';

/** `data-legacy-thread-id` equals the API's id; the others hold `thread-f:…` (amarnai, live-verified 2026-07-27). */
const THREAD_IDS = ['data-legacy-thread-id', 'data-thread-perm-id', 'data-thread-id'];

export interface Conversation {
  /** Every thread id near the messages; more than one while Gmail replaces a conversation. */
  threadIds: string[];
  /** Whether this is the thread, or holds the message (conversation view off), with this legacy id. */
  isOf: (legacyId: string) => boolean;
  /** Senders first, so that who wrote anything at all is a sender. */
  sightings: Sighting[];
}

/** The conversation shown in a view, alone or in a pane beside the list; null when there is none. */
export function readConversation(
  view: Element,
  visible: (element: Element) => boolean,
  select: GmailSelectors,
): Conversation | null {
  const messages = all(view, ...select.messageId).filter(visible);
  const [first] = messages;
  if (first === undefined) return null;
  const pane = paneOf(first, view, all(view, ...select.row).find(visible) ?? null);

  const ids = THREAD_IDS.map((attribute) => valuesOf(pane, attribute, visible));
  const legacyIds = new Set([
    ...ids.flatMap((values) => [...values].map(legacyForm)),
    ...messages.map((message) => id(message, 'data-legacy-message-id')),
  ]);
  return {
    threadIds: [...(ids.find((values) => values.size > 0) ?? [])],
    isOf: (legacyId) => legacyIds.has(legacyId),
    sightings: peopleIn(pane, visible, select),
  };
}

/** `thread-f:1799…` is the API's hexadecimal id in decimal. */
function legacyForm(threadId: string): string {
  const [, decimal] = /^thread-f:(\d{1,20})$/u.exec(threadId) ?? [];
  return decimal === undefined ? threadId : BigInt(decimal).toString(16);
}

/** The largest part of the view around the message that does not hold this row of a list. */
function paneOf(message: Element, view: Element, row: Element | null): Element {
  let pane = message;
  while (pane !== view && pane.parentElement && !pane.parentElement.contains(row)) pane = pane.parentElement;
  return pane;
}

function valuesOf(pane: Element, attribute: string, visible: (element: Element) => boolean): Set<string> {
  const elements = all(pane, `[${attribute}]`).filter(visible);
  return new Set(elements.map((element) => id(element, attribute)).filter((value) => value !== ''));
}

function id(element: Element, attribute: string): string {
  return cleanText(element.getAttribute(attribute)).replace(/^#/u, '').slice(0, 512);
}

function peopleIn(pane: Element, visible: (element: Element) => boolean, select: GmailSelectors): Sighting[] {
  const messages = outermost(all(pane, ...select.message).filter(visible));
  const people = (root: Element | null) => all(root, ...select.person).filter(visible);
  const senders = messages.map((message): Sighting => {
    const one = (...selectors: readonly string[]) => all(message, ...selectors).find(visible);
    const spans = select.sender
      .map((selector) => one(selector))
      .flatMap((part) => (part?.matches('[email]') ? part : people(part ?? null)[0]) ?? []);
    const picture = one(...select.picture);
    return {
      role: 'sender',
      addresses: [
        ...spans.flatMap(addressesOf),
        picture?.getAttribute('jid'),
        one(...select.printed)?.textContent,
      ],
      names: [...spans.flatMap(namesOf), picture?.getAttribute('data-name')],
    };
  });
  const recipients = messages.flatMap((message) => {
    const named = all(message, ...select.recipients).flatMap(people);
    const spans = named.length > 0 ? named : all(message, ...select.recipient).filter(visible);
    return spans.map((span): Sighting => ({
      role: 'recipient',
      addresses: addressesOf(span),
      names: namesOf(span),
    }));
  });
  return [...senders, ...recipients];
}
