import { createHash, randomInt, timingSafeEqual } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U, so that a code can be read aloud and typed. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUPS = 3;
const GROUP_LENGTH = 4;

/**
 * The one code that is good for a sign-in now (60 bits). Using it makes the next one, which `announce`
 * gets, so that another browser can be connected without a restart.
 */
export class SignInCodes {
  #current = makeCode();
  readonly #announce: (code: string) => void;

  constructor(announce: (code: string) => void) {
    this.#announce = announce;
  }

  get current(): string {
    return this.#current;
  }

  /** Whether the code is good; then it is used up. Case, spaces and dashes do not matter. */
  use(code: string): boolean {
    if (!timingSafeEqual(digest(code), digest(this.#current))) return false;
    this.#current = makeCode();
    this.#announce(this.#current);
    return true;
  }
}

function makeCode(): string {
  const group = () =>
    Array.from({ length: GROUP_LENGTH }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/** Of the code as meant: O and 0, I, L and 1 are the same. Hashed, so that both have one length. */
function digest(code: string): Buffer {
  const meant = code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return createHash('sha256').update(meant).digest();
}
