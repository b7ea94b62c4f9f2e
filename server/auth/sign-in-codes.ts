import { createHash, randomInt, timingSafeEqual } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U, so that a code can be read aloud and typed. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUPS = 3;
const GROUP_LENGTH = 4;

/**
 * The code that signs in the local user (60 bits). One is always there: using it makes the next one, which
 * `announce` gets, so that another browser can be connected without a restart. Each process has its own, in
 * memory; what administrators make for others is in the database.
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

  /** Whether this is the local user's code; then it is used up. */
  use(code: string): boolean {
    if (!timingSafeEqual(digest(code), digest(this.#current))) return false;
    this.#current = makeCode();
    this.#announce(this.#current);
    return true;
  }
}

/** A new code, such as `7GK2-0XTV-M4QC`. */
export function makeCode(): string {
  const group = () =>
    Array.from({ length: GROUP_LENGTH }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/**
 * The code as meant, in its two parts: case, spaces and dashes do not matter, and O and 0, I, L and 1 are the
 * same. The first group finds a code in the database, the other two prove it.
 */
export function readCode(code: string): { selector: string; secret: string } {
  const meant = code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return { selector: meant.slice(0, GROUP_LENGTH), secret: meant.slice(GROUP_LENGTH) };
}

/** Hashed, so that both have one length. */
function digest(code: string): Buffer {
  const { selector, secret } = readCode(code);
  return createHash('sha256').update(`${selector}${secret}`).digest();
}
