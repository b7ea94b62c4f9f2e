import { sql } from 'kysely';

/** More than the program has texts of SQL; each prepared plan takes memory in every connection. */
const MAX_NAMES = 500;

const MARK = '/* planned anew */';

/**
 * Put into a query whose quickest plan depends on what is asked for: it is planned for its values each time. A prepared
 * one gets one plan for all values after five runs, and hand-overs of one campaign then took thirty times as long
 * (measured with 400,000 of them on 2026-11-23). The embedded database, whose rows are few, prepares these, too.
 */
export const plannedAnew = sql.raw<unknown>(MARK);

/**
 * Names for texts of SQL, under which connections prepare them: planning a look-up takes longer than running it. A
 * text gets its name when it comes the second time, so that those made up for one occasion are not kept.
 */
export class StatementNames {
  readonly #names = new Map<string, string>();
  readonly #once = new Set<string>();

  /** Undefined for a text that is not to be kept. */
  nameOf(text: string): string | undefined {
    if (text.includes(MARK)) return undefined;
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    if (!this.#once.delete(text)) {
      if (this.#once.size >= MAX_NAMES) this.#once.clear();
      this.#once.add(text);
      return undefined;
    }
    if (this.#names.size >= MAX_NAMES) return undefined;
    const name = `s${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}
