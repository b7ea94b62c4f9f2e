import { randomBytes } from 'node:crypto';
import type { SecretPurpose, Secrets } from '../secrets.ts';
import { SecretError } from '../secrets.ts';

const SECRET_BYTES = 32;

/** What of a source is encrypted; each for itself, so that none can be put in the place of another. */
export type SourceSecret = 'settings' | 'token' | 'webhook';

/** What a source's encrypted text belongs to. */
export const sourcePurpose = (workspaceId: string, system: string, what: SourceSecret): SecretPurpose => ({
  workspaceId,
  purpose: `source ${system} ${what}`,
});

/** A new secret for a system's webhooks, of characters that any form and any address takes. */
export const newWebhookSecret = () => randomBytes(SECRET_BYTES).toString('base64url');

/** The same text encrypted by the newest key; null when it is already, or its key is gone. */
export function resealed(secrets: Secrets, sealed: string, about: SecretPurpose): string | null {
  if (secrets.isCurrent(sealed)) return null;
  try {
    return secrets.seal(secrets.open(sealed, about), about);
  } catch (error) {
    if (error instanceof SecretError) return null;
    throw error;
  }
}
