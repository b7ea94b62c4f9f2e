import { createHash, randomInt, timingSafeEqual } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U, so that a code can be read aloud and typed. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUPS = 3;
const GROUP_LENGTH = 4;

const ISSUED_VALID_MS = 15 * 60_000;

/** Whom a code signs in. */
export interface CodeHolder {
  workspaceId: string;
  userId: string;
}

/**
 * The codes that are good for a sign-in now (60 bits). One is always there, for the local user: using it
 * makes the next one, which `announce` gets, so that another browser can be connected without a restart.
 * Others are issued for somebody, for fifteen minutes. They live in memory: a restart takes them back.
 */
export class SignInCodes {
  #current = makeCode();
  readonly #issued = new Map<string, CodeHolder & { until: number }>();
  readonly #announce: (code: string) => void;

  constructor(announce: (code: string) => void) {
    this.#announce = announce;
  }

  get current(): string {
    return this.#current;
  }

  /** Makes a code with which this user can sign in once. */
  issue(holder: CodeHolder, now: Date): string {
    for (const [key, { until }] of this.#issued) if (until <= now.getTime()) this.#issued.delete(key);
    const code = makeCode();
    this.#issued.set(digest(code).toString('hex'), { ...holder, until: now.getTime() + ISSUED_VALID_MS });
    return code;
  }

  /**
   * Whom the code signs in, null when it is not good; then it is used up. Case, spaces and dashes do not
   * matter.
   */
  use(code: string, now: Date): CodeHolder | 'local' | null {
    const meant = digest(code);
    if (timingSafeEqual(meant, digest(this.#current))) {
      this.#current = makeCode();
      this.#announce(this.#current);
      return 'local';
    }
    const issued = this.#issued.get(meant.toString('hex'));
    this.#issued.delete(meant.toString('hex'));
    return issued && issued.until > now.getTime() ? issued : null;
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
