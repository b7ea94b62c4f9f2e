/**
 * Numbers of the contract that the panel needs. They stand apart from the schemas so that the panel, which
 * trusts the background's answers, does not load zod.
 */

/** How long the author may undo a click (DESIGN §6), in milliseconds. */
export const UNDO_MS = 10_000;

/** Bytes of a hash in the lead index, and of an entry: hash and state (DESIGN §8). */
export const HASH_BYTES = 6;
export const ENTRY_BYTES = HASH_BYTES + 1;
