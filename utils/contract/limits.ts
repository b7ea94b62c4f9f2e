/**
 * Numbers of the contract that the panel needs. They stand apart from the schemas so that the panel, which
 * trusts the background's answers, does not load zod.
 */

/** How long the author may undo a click (DESIGN §6), in milliseconds. */
export const UNDO_MS = 10_000;
