import { sqlState } from './sql-state.ts';

/** The statement may have been carried out or not: the connection broke while it ended. */
export class OutcomeUnknownError extends Error {}

/** No server can be written to at present. */
export class NoPrimaryError extends Error {}

/**
 * SQLSTATE classes and codes after which the connection is of no more use (PostgreSQL 15 to 18, appendix A): 08
 * connection, 57P0x shutdown and crash, 25006 the server has become a standby, 53300 too many connections.
 */
const LOST_STATES = /^(?:08\w{3}|57P0[1-5]|25006|53300)$/;
const LOST_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** What `pg` says without a code. */
const LOST_WORDS =
  /^(?:Connection terminated|Client has encountered a connection error|Query read timeout|timeout expired)/;

/** The server is gone, or is no longer one that can be written to; another one may be there already. */
export function isConnectionLost(error: unknown): boolean {
  if (error instanceof OutcomeUnknownError || error instanceof NoPrimaryError) return true;
  if (!(error instanceof Error)) return false;
  const state = sqlState(error);
  if (state !== undefined && LOST_STATES.test(state)) return true;
  return ('code' in error && LOST_CODES.has(String(error.code))) || LOST_WORDS.test(error.message);
}
