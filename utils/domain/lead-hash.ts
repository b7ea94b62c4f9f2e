import { HASH_BYTES } from '../contract/limits.ts';
import type { ExternalId } from '../contract/primitives.ts';

/** What is hashed for an address (normalised) in the lead index. */
export const emailIndexText = (normalised: string) => `email:${normalised}`;

/** What is hashed for a record of another system in the lead index; null for one of no known installation. */
export const recordIndexText = ({ system, tenant, type, id }: ExternalId) =>
  tenant === undefined ? null : `record:${system}:${tenant}:${type}:${id}`;

/** WebCrypto's key, named so because Node's types have no global `CryptoKey`. */
export type LeadKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** Prepares the workspace's HMAC key for `leadHash`. */
export function importLeadKey(key: Uint8Array<ArrayBuffer>): Promise<LeadKey> {
  return crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

const encoder = new TextEncoder();

/** HMAC-SHA-256 of an index text, cut to `HASH_BYTES` (DESIGN §8); both hub and extension compute it. */
export async function leadHash(key: LeadKey, text: string): Promise<Uint8Array<ArrayBuffer>> {
  const mac = await crypto.subtle.sign('HMAC', key, encoder.encode(text));
  return new Uint8Array(mac, 0, HASH_BYTES);
}
