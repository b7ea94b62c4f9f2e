import { cleanText } from '../dom.ts';
import type { Sighting } from '../people.ts';
import { BODY, COMPOSE, ROW } from './selectors.ts';

/** A conversation is open where there are messages; list rows never carry these ids (amarnai detectThread.ts, 2026-07). */
const MESSAGE_ID = '[data-legacy-message-id], [data-message-id]';
/** `data-legacy-thread-id` equals the API's id; the others hold `thread-f:…` (amarnai, live-verified 2026-07-27). */
const THREAD_IDS = ['data-legacy-thread-id', 'data-thread-perm-id', 'data-thread-id'];

/** One message, expanded or collapsed (InboxSDK, 2026-07; captured 2016 to 2025). */
const MESSAGE = '[role=listitem]';
const MESSAGE_2 = 'div.adn, div.adf';
/** Whatever in a message's head can name a person: two attributes of one span, the picture, the printed address. */
const PERSON = '[email], [data-hovercard-id], img.ajn[jid], span.go';
/** The head's sender cell (InboxSDK gmail-message-view.ts, 2026-07), its heading, its span, its picture. */
const SENDER = 'td.gF, h3.iw, span.gD, img.ajn';
/** "to me, Ben" (captured 2016 and 2025). Checked before the sender, whose cell may hold it. */
const RECIPIENT = '.hb, span.g2';

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
  const shown = (element: Element) => !element.closest(BODY) && visible(element);
  const messages = [...view.querySelectorAll(MESSAGE_ID)].filter(shown);
  const [first] = messages;
  if (first === undefined) return null;
  const pane = paneOf(first, view);

  const ids = THREAD_IDS.map((attribute) => valuesOf(pane, attribute, shown));
  const legacyIds = new Set([
    ...ids.flatMap((values) => [...values].map(legacyForm)),
    ...messages.map((message) => id(message, 'data-legacy-message-id')),
  ]);
  return {
    threadIds: [...(ids.find((values) => values.size > 0) ?? [])],
    isOf: (legacyId) => legacyIds.has(legacyId),
    sightings: peopleIn(pane, shown),
  };
}

/** `thread-f:1799…` is the API's hexadecimal id in decimal. */
function legacyForm(threadId: string): string {
  const [, decimal] = /^thread-f:(\d{1,20})$/u.exec(threadId) ?? [];
  return decimal === undefined ? threadId : BigInt(decimal).toString(16);
}

/** The largest part of the view around the message that holds no row of a list. */
function paneOf(message: Element, view: Element): Element {
  const row = view.querySelector(ROW);
  let pane = message;
  while (pane !== view && pane.parentElement && !pane.parentElement.contains(row)) pane = pane.parentElement;
  return pane;
}

function valuesOf(pane: Element, attribute: string, shown: (element: Element) => boolean): Set<string> {
  const elements = [...pane.querySelectorAll(`[${attribute}]`)].filter(shown);
  return new Set(elements.map((element) => id(element, attribute)).filter((value) => value !== ''));
}

function id(element: Element, attribute: string): string {
  return cleanText(element.getAttribute(attribute)).replace(/^#/u, '').slice(0, 512);
}

function peopleIn(pane: Element, shown: (element: Element) => boolean): Sighting[] {
  const heads = new Map<Element, { span?: Element; picture?: Element; printed?: Element }>();
  const recipients: Sighting[] = [];
  for (const element of pane.querySelectorAll(PERSON)) {
    if (!shown(element) || element.closest(COMPOSE)) continue;
    if (element.closest(RECIPIENT)) {
      recipients.push({ role: 'recipient', addresses: spanAddresses(element), names: spanNames(element) });
    } else if (element.closest(SENDER)) {
      const message = element.closest(MESSAGE) ?? element.closest(MESSAGE_2) ?? element;
      const head = heads.get(message) ?? {};
      heads.set(message, head);
      if (element.matches('img')) head.picture ??= element;
      else if (element.matches('.go')) head.printed ??= element;
      else head.span ??= element;
    }
  }
  const senders = [...heads.values()].map(({ span, picture, printed }): Sighting => ({
    role: 'sender',
    addresses: [...spanAddresses(span), picture?.getAttribute('jid'), printed?.textContent],
    names: [...spanNames(span), picture?.getAttribute('data-name')],
  }));
  return [...senders, ...recipients];
}

const spanAddresses = (span: Element | undefined) => [
  span?.getAttribute('email'),
  span?.getAttribute('data-hovercard-id'),
];
const spanNames = (span: Element | undefined) => [span?.getAttribute('name'), span?.textContent];
