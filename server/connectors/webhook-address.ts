import { randomBytes } from 'node:crypto';
import { SecretError, type Secrets } from '../secrets.ts';
import { sourcePurpose } from './source-secrets.ts';
import type { StoredSource } from './source-store.ts';
import type { Webhook } from './webhook.ts';

const SECRET_BYTES = 32;

/** Below it every source has an address of its own. */
export const WEBHOOKS = '/v1/webhooks';

/** A new secret for a system's webhooks, of characters that any form and any address takes. */
export const newWebhookSecret = () => randomBytes(SECRET_BYTES).toString('base64url');

/** Where a system sends its webhooks. */
export const webhookUrl = (
  publicUrl: string,
  { system, webhook, secret }: { system: string; webhook: Webhook<never>; secret: string },
): string => `${publicUrl}${WEBHOOKS}/${system}${webhook.secretInAddress ? `/${secret}` : ''}`;

/** The opened secret of a source's webhooks; null when it has none, or the key of it is gone. */
export function openWebhookSecret(
  secrets: Secrets | null,
  workspaceId: string,
  { system, sealedWebhookSecret }: Pick<StoredSource, 'system' | 'sealedWebhookSecret'>,
): string | null {
  if (sealedWebhookSecret === null || !secrets) return null;
  try {
    return secrets.open(sealedWebhookSecret, sourcePurpose(workspaceId, system, 'webhook'));
  } catch (error) {
    if (error instanceof SecretError) return null;
    throw error;
  }
}
