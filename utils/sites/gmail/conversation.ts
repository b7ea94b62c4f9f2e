import { all, cleanText, outermost } from '../dom.ts';
import type { Sighting } from '../people.ts';
import { ROW } from './selectors.ts';

/** A conversation is open where there are messages; list rows never carry these ids (amarnai detectThread.ts, 2026-07). */
const MESSAGE_IDS = ['[data-legacy-message-id]', '[data-message-id]'];
/** `data-legacy-thread-id` equals the API's id; the others hold `thread-f:…` (amarnai, live-verified 2026-07-27). */
const THREAD_IDS = ['data-legacy-thread-id', 'data-thread-perm-id', 'data-thread-id'];

/** One message: its list item, or expanded and collapsed by class (InboxSDK, 2026-07; captured 2016 to 2025). */
const MESSAGES = ['[role=listitem]', 'div.adn', 'div.adf'];
/** The head's sender cell (InboxSDK gmail-message-view.ts, 2026-07), its heading, its span (captured 2016 to 2025). */
const SENDER = ['td.gF', 'h3.iw', 'span.gD'];
/** Beside it the picture and the address in print. */
const PICTURE = 'img.ajn';
const PRINTED = 'span.go';
/** "to me, Ben" (captured 2016 and 2025): all of it, else name by name. */
const RECIPIENTS = '.hb';
const RECIPIENT = '.g2';

export interface Conversation {
  /** Every thread id near the messages; more than one while Gmail replaces a conversation. */
  threadIds: string[];
  /** Whether this is the thread, or holds the message (conversation view off), with this legacy id. */
  isOf: (legacyId: string) => boolean;
  /** Senders first, so that who wrote anything at all is a sender. */
  sightings: Sighting[];
}

/** The conversation shown in a view, alone or in a pane beside the list; null when there is none. */
export function readConversation(view: Element, visible: (element: Element) => boolean): Conversation | null {
  const messages = all(view, ...MESSAGE_IDS).filter(visible);
  const [first] = messages;
  if (first === undefined) return null;
  const pane = paneOf(first, view, visible);

  const ids = THREAD_IDS.map((attribute) => valuesOf(pane, attribute, visible));
  const legacyIds = new Set([
    ...ids.flatMap((values) => [...values].map(legacyForm)),
    ...messages.map((message) => id(message, 'data-legacy-message-id')),
  ]);
  return {
    threadIds: [...(ids.find((values) => values.size > 0) ?? [])],
    isOf: (legacyId) => legacyIds.has(legacyId),
    sightings: peopleIn(pane, visible),
  };
}

/** `thread-f:1799…` is the API's hexadecimal id in decimal. */
function legacyForm(threadId: string): string {
  const [, decimal] = /^thread-f:(\d{1,20})$/u.exec(threadId) ?? [];
  return decimal === undefined ? threadId : BigInt(decimal).toString(16);
}

/** The largest part of the view around the message that holds no visible row of a list. */
function paneOf(message: Element, view: Element, visible: (element: Element) => boolean): Element {
  const row = all(view, ROW).find(visible) ?? null;
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

function peopleIn(pane: Element, visible: (element: Element) => boolean): Sighting[] {
  const messages = outermost(all(pane, ...MESSAGES).filter(visible));
  const people = (root: Element | null) => all(root, '[email]', '[data-hovercard-id]').filter(visible);
  const senders = messages.map((message): Sighting => {
    const one = (selector: string) => all(message, selector).find(visible);
    const spans = SENDER.map(one).flatMap(
      (part) => (part?.matches('[email]') ? part : people(part ?? null)[0]) ?? [],
    );
    const picture = one(PICTURE);
    return {
      role: 'sender',
      addresses: [...spans.flatMap(addressesOf), picture?.getAttribute('jid'), one(PRINTED)?.textContent],
      names: [...spans.flatMap(namesOf), picture?.getAttribute('data-name')],
    };
  });
  const recipients = messages.flatMap((message) => {
    const named = all(message, RECIPIENTS).flatMap(people);
    const spans = named.length > 0 ? named : all(message, RECIPIENT).filter(visible);
    return spans.map((span): Sighting => ({
      role: 'recipient',
      addresses: addressesOf(span),
      names: namesOf(span),
    }));
  });
  return [...senders, ...recipients];
}

const addressesOf = (span: Element) => [span.getAttribute('email'), span.getAttribute('data-hovercard-id')];
const namesOf = (span: Element) => [span.getAttribute('name'), span.textContent];
