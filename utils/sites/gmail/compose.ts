import { addressIn, all, cleanText, outermost } from '../dom.ts';
import type { Sighting } from '../people.ts';
import { addressOf } from './person.ts';
import type { GmailSelectors } from './selectors.ts';

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
export function openComposes(
  document: Document,
  visible: (element: Element) => boolean,
  select: GmailSelectors,
): Compose[] {
  const field = select.recipientField.join();
  const regions = all(document, ...select.compose).filter(
    (region) => visible(region) && region.querySelector(field),
  );
  return outermost(regions).map((region) => composeIn(region, visible, select));
}

const composeIn = (
  region: Element,
  visible: (element: Element) => boolean,
  select: GmailSelectors,
): Compose => ({
  region,
  id: idOf(region),
  fullScreen: region.closest(select.fullScreen.join()) !== null,
  from: all(region, ...select.from).flatMap(
    (input) => addressIn(input.getAttribute('value'))?.toLowerCase() ?? [],
  ),
  sightings: recipients(region, visible, select),
});

function idOf(region: Element): string | undefined {
  const carrier = region.closest('[data-compose-id]') ?? region.querySelector('[data-compose-id]');
  const id =
    cleanText(region.querySelector('input[name=draft]')?.getAttribute('value')) ||
    cleanText(carrier?.getAttribute('data-compose-id'));
  return id === '' ? undefined : id.slice(0, 512);
}

/**
 * The chips are the recipients even while their field is folded away; the summary only while it is,
 * because Gmail leaves an outdated twin behind when the field is open.
 */
function recipients(
  region: Element,
  visible: (element: Element) => boolean,
  select: GmailSelectors,
): Sighting[] {
  const sighted = (selectors: readonly string[], address: string, name: string) =>
    all(region, ...selectors).map((element) => sighting(element, address, name));
  const field = region.querySelector(select.fields.join());
  const summary = field === null || visible(field) ? [] : sighted(select.summary, 'email', 'name');
  const chips = sighted(select.chip, 'data-hovercard-id', 'data-name');
  const found =
    [chips, sighted(select.oldChip, 'value', 'value'), summary].find((some) => some.length > 0) ?? [];
  const others = new Set(summary.map(({ addresses }) => addressOf(addresses)));
  return found.map((one) => ({
    ...one,
    uncertain: others.size > 0 && !others.has(addressOf(one.addresses)),
  }));
}

function sighting(element: Element, address: string, name: string): Sighting {
  return {
    role: 'draft-recipient',
    addresses: [element.getAttribute(address)],
    names: [element.getAttribute(name)],
  };
}
