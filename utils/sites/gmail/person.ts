import { addressIn } from '../dom.ts';

/** What an element for a person says of their address, and of their name: attributes before text. */
export const addressesOf = (person: Element) => [
  person.getAttribute('email'),
  person.getAttribute('data-hovercard-id'),
];
export const namesOf = (person: Element) => [person.getAttribute('name'), person.textContent];

/** The address alone, lower case. */
export const addressOf = (addresses: readonly (string | null | undefined)[]) =>
  addresses
    .map(addressIn)
    .find((address) => address !== undefined)
    ?.toLowerCase();
