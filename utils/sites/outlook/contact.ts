import { addressIn, all, cleanText, onlyOne, outermost } from '../dom.ts';
import { nameOf, type Sighting } from '../people.ts';
import type { OutlookSelectors } from './selectors.ts';

/** "From: ", "Von: ", "De : ": before what a label says, in every language. */
const LABEL = /^[^:<@]{1,40}:\s*/u;
const BRACKETED = /<[^<>]*@[^<>]*>$/u;

export type Contact = Pick<Sighting, 'addresses' | 'names'>;

/** Who an element is about, or each of those on a line such as "Ann on behalf of Ben". */
export function contactsIn(element: Element, select: OutlookSelectors): Contact[] {
  const pills = outermost(all(element, ...select.pill));
  return (pills.length > 0 ? pills : [element]).map(contactOf);
}

/** What labels, tool tips and print say of one person, in this order. */
export function contactOf(element: Element): Contact {
  const around = element.parentElement?.childElementCount === 1 ? [element.parentElement] : [];
  const parts = [element, ...around, ...all(element, '[aria-label]', '[title]')];
  const attribute = (name: string) =>
    parts.map((part) => part.getAttribute(name)).filter((value) => value !== null);
  const labels = attribute('aria-label').map((label) => shown(label).replace(LABEL, ''));
  const printed = shown(element.textContent);
  return {
    addresses: [
      ...[...labels, ...attribute('title')].filter((value) => value.includes('@')),
      // Print without brackets may be cut, or anything.
      BRACKETED.test(printed) ? printed : undefined,
    ],
    names: [printed.replace(LABEL, ''), ...labels],
  };
}

/** Pills are separated by semicolons of their own. */
const shown = (raw: string | null) => cleanText(raw).replace(/;$/u, '');

/** Addresses by name, from where both stand together. */
export class NamedAddresses {
  readonly #known = new Map<string, string[]>();

  learn({ addresses, names }: Contact): void {
    const address = onlyOne(addresses.map(addressIn));
    const name = nameOf(names);
    if (address === undefined || name === undefined) return;
    this.#known.set(name, [...(this.#known.get(name) ?? []), address]);
  }

  /** The one address known for this name; undefined when there are several. */
  of(name: string): string | undefined {
    return onlyOne(this.#known.get(name) ?? []);
  }
}

export const hasAddress = ({ addresses }: Contact) => addresses.some((raw) => addressIn(raw) !== undefined);
