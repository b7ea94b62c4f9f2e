import { z } from 'zod';
import { Stage } from './stage.ts';

const Base64 = z.base64();

/** How a lead's follow-up clock stands, in the order of their numbers in the state byte. */
export const IndexClock = z.enum(['none', 'running', 'at-risk', 'breached', 'paused', 'met']);
export type IndexClock = z.infer<typeof IndexClock>;

/** What an entry says of a lead; the hub packs it into one byte. */
export const IndexState = z.object({
  /** Null for a stage that a newer hub knows and we do not. */
  stage: Stage.nullable(),
  doNotContact: z.boolean(),
  clock: IndexClock,
});
export type IndexState = z.infer<typeof IndexState>;

/**
 * The list of leads a client may look up, as keyed hashes (DESIGN §8): HMAC-SHA-256 of the
 * normalised address (`email:<address>`) or record id (`record:<system>:<tenant>:<type>:<id>`) with the
 * workspace's key, cut to `HASH_BYTES`, plus one byte of state (see `packState`).
 */
export const LeadIndexResponse = z.object({
  /** Names the hash key; when it changes the client starts over from `since=0`. */
  keyId: z.string(),
  /** The HMAC key, base64. */
  key: Base64,
  /** Ask the next time with `since=<cursor>`. */
  cursor: z.int().nonnegative(),
  /** False when more pages follow: ask again at once with `cursor`. */
  complete: z.boolean(),
  /** Entries added or changed, `ENTRY_BYTES` each, ascending by hash, base64. */
  upserts: Base64,
  /** Hashes that are gone, `HASH_BYTES` each, ascending, base64. */
  deletes: Base64,
});
export type LeadIndexResponse = z.infer<typeof LeadIndexResponse>;

/** A change of the key that is under way: `nextKeyId` takes the place of `keyId` once the hub has made all entries. */
export const LeadKeyRotation = z.object({ keyId: z.string(), nextKeyId: z.string() });
export type LeadKeyRotation = z.infer<typeof LeadKeyRotation>;
