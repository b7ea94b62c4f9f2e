import { addressIn, all, cleanText, outermost } from '../dom.ts';
import type { Sighting } from '../people.ts';

/** The region of one compose, or what is around it (InboxSDK page-parser.ts, 2026-07; captured 2020). */
const COMPOSE = ['div.aoI[role=region]', '[data-compose-id]', '.M9'];
/** Other things share a compose's classes, but not its fields (captured 2020; `to` lost its name by 2026-05). */
const RECIPIENT_FIELD = '[name=to], [name=subjectbox], [role=combobox]';
/**
 * Chips since 2021 (InboxSDK get-recipients.ts, page-parser.ts, 2026-07; by `peoplekit-id` seen 2026-05).
 * Suggestions stand elsewhere or lack `data-name`.
 */
const CHIP = ':is(.anm [role=listbox], [peoplekit-id]) [role=option][data-hovercard-id][data-name]';
/** Chips before 2021, each around a hidden field "Name <address>" (InboxSDK, 2026-07). */
const OLD_CHIP = '.vR > :is(input[name=to], input[name=cc], input[name=bcc])';
/** What folds away: the rows of recipients (captured 2020). */
const FIELDS = '.fX';
/** The one-line summary while the fields are folded (FlowCrypt gmail-element-replacer.ts, 2026-08). */
const SUMMARY = 'div.az9 span[email]';
/** The user's own address or alias this will be sent from (captured 2020). */
const FROM = 'input[name=from]';
/** Where a compose is moved to fill the screen (InboxSDK gmail-element-getter.ts, 2026-07). */
const FULL_SCREEN = 'body > .aSs';

export interface Compose {
  region: Element;
  /** Stays the same while this message is being written. */
  id: string | undefined;
  fullScreen: boolean;
  /** Own addresses, lower case. */
  from: string[];
  sightings: Sighting[];
}

/** The composes in view: inline replies, pop-ups, full screen; those minimised are hidden and left out. */
export function openComposes(document: Document, visible: (element: Element) => boolean): Compose[] {
  const regions = all(document, ...COMPOSE).filter(
    (region) => visible(region) && region.querySelector(RECIPIENT_FIELD),
  );
  return outermost(regions).map((region) => composeIn(region, visible));
}

/** The compose that an element is part of. */
export function composeAround(element: Element, visible: (element: Element) => boolean): Compose | null {
  const around: Element[] = [];
  for (let at: Element | null = element; at !== null; at = at.parentElement) around.push(at);
  const region = around.findLast((at) => at.matches(COMPOSE.join()) && at.querySelector(RECIPIENT_FIELD));
  return region === undefined ? null : composeIn(region, visible);
}

const composeIn = (region: Element, visible: (element: Element) => boolean): Compose => ({
  region,
  id: idOf(region),
  fullScreen: region.closest(FULL_SCREEN) !== null,
  from: all(region, FROM).flatMap((input) => addressIn(input.getAttribute('value'))?.toLowerCase() ?? []),
  sightings: recipients(region, visible),
});

function idOf(region: Element): string | undefined {
  const carrier = region.matches('[data-compose-id]') ? region : region.querySelector('[data-compose-id]');
  const id =
    cleanText(region.querySelector('input[name=draft]')?.getAttribute('value')) ||
    cleanText(carrier?.getAttribute('data-compose-id'));
  return id === '' ? undefined : id.slice(0, 512);
}

/**
 * The chips are the recipients even while their field is folded away; the summary only while it is,
 * because Gmail leaves an outdated twin behind when the field is open.
 */
function recipients(region: Element, visible: (element: Element) => boolean): Sighting[] {
  const sighted = (selector: string, address: string, name: string) =>
    all(region, selector).map((element) => sighting(element, address, name));
  const field = region.querySelector(FIELDS);
  const summary = field === null || visible(field) ? [] : sighted(SUMMARY, 'email', 'name');
  const chips = sighted(CHIP, 'data-hovercard-id', 'data-name');
  const found = [chips, sighted(OLD_CHIP, 'value', 'value'), summary].find((some) => some.length > 0) ?? [];
  const others = new Set(summary.map(addressOf));
  return found.map((one) => ({ ...one, uncertain: others.size > 0 && !others.has(addressOf(one)) }));
}

function sighting(element: Element, address: string, name: string): Sighting {
  return {
    role: 'draft-recipient',
    addresses: [element.getAttribute(address)],
    names: [element.getAttribute(name)],
  };
}

const addressOf = ({ addresses }: Sighting) => addressIn(addresses[0])?.toLowerCase();
