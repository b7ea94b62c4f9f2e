import { addressIn, cleanText, outermost } from '../dom.ts';
import type { Sighting } from '../people.ts';
import { BODY, COMPOSE } from './selectors.ts';

const FIELDS = ['to', 'cc', 'bcc'];
const each = (selector: (field: string) => string) => FIELDS.map(selector).join();

/** Only a compose has recipients; other things share its classes (captured 2020). */
const TO_FIELD = '[name=to]';
/** Chips since 2021 (InboxSDK get-recipients.ts, page-parser.ts, 2026-07). Suggestions lack `data-name`. */
const CHIP = each(
  (field) => `.anm[name=${field}] [role=listbox] [role=option][data-hovercard-id][data-name]`,
);
/** Chips before 2021, each around a hidden field "Name <address>" (InboxSDK, 2026-07). */
const OLD_CHIP = each((field) => `.vR > input[name=${field}]`);
/** The one-line summary while the fields are folded (FlowCrypt gmail-element-replacer.ts, 2026-08). */
const SUMMARY = 'div.az9 span[email]';
/** The user's own address or alias this will be sent from (captured 2020). */
const FROM = 'input[name=from]';
/** Where a compose is moved to fill the screen (InboxSDK gmail-element-getter.ts, 2026-07). */
const FULL_SCREEN = '.aSs';

export interface Compose {
  /** Stays the same while this message is being written. */
  id: string | undefined;
  fullScreen: boolean;
  /** Own addresses, lower case. */
  from: string[];
  sightings: Sighting[];
}

/** The composes in view: inline replies, pop-ups, full screen; those minimised are hidden and left out. */
export function openComposes(document: Document, visible: (element: Element) => boolean): Compose[] {
  const regions = [...document.querySelectorAll(COMPOSE)].filter(
    (region) => visible(region) && !region.closest(BODY) && region.querySelector(TO_FIELD),
  );
  return outermost(regions).map((region) => ({
    id: idOf(region),
    fullScreen: region.closest(FULL_SCREEN) !== null,
    from: [...region.querySelectorAll(FROM)].flatMap(
      (input) => addressIn(input.getAttribute('value'))?.toLowerCase() ?? [],
    ),
    sightings: recipients(region, visible),
  }));
}

function idOf(region: Element): string | undefined {
  const carrier = region.matches('[data-compose-id]') ? region : region.querySelector('[data-compose-id]');
  const id =
    cleanText(region.querySelector('input[name=draft]')?.getAttribute('value')) ||
    cleanText(carrier?.getAttribute('data-compose-id'));
  return id === '' ? undefined : id.slice(0, 512);
}

/**
 * The chips are the recipients even while their field is folded away; the summary only while it is
 * shown, because Gmail leaves an outdated twin behind when it is not.
 */
function recipients(region: Element, visible: (element: Element) => boolean): Sighting[] {
  const summary = [...region.querySelectorAll(SUMMARY)]
    .filter(visible)
    .map((span) => sighting(span, 'email', 'name'));
  const chips = [...region.querySelectorAll(CHIP)].map((chip) =>
    sighting(chip, 'data-hovercard-id', 'data-name'),
  );
  const old = [...region.querySelectorAll(OLD_CHIP)].map((input) => sighting(input, 'value', 'value'));
  const found = [chips, old, summary].find((some) => some.length > 0) ?? [];
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
