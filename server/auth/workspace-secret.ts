import { createHash, randomBytes } from 'node:crypto';
import { parse, stringify } from 'uuid';

const ID_BYTES = 16;
const SECRET_BYTES = 32;

/**
 * Makes a secret of 256 bits that begins with its workspace's id, so that every query, the one that checks the secret
 * included, can name its workspace.
 */
export function makeSecret(prefix: string, workspaceId: string): string {
  return prefix + Buffer.concat([parse(workspaceId), randomBytes(SECRET_BYTES)]).toString('base64url');
}

/** The workspace that a secret names; null when it is none with this prefix. */
export function workspaceOfSecret(prefix: string, secret: string): string | null {
  if (!secret.startsWith(prefix)) return null;
  const bytes = Buffer.from(secret.slice(prefix.length), 'base64url');
  if (bytes.length !== ID_BYTES + SECRET_BYTES) return null;
  try {
    return stringify(bytes);
  } catch {
    return null;
  }
}

/** What is stored of a secret. */
export const hashOfSecret = (secret: string) => createHash('sha256').update(secret).digest();
