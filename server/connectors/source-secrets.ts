import { z } from 'zod';
import { SecretError, type Secrets } from '../secrets.ts';
import type { AccessToken } from './connector.ts';
import type { StoredSource } from './source-store.ts';

/** What of a source is encrypted; each for itself, so that none can be put in the place of another. */
export type SourceSecret = 'secrets' | 'token' | 'webhook';

/** A sign-in as it is kept; what the connector sees of it is an `AccessToken`. */
export const StoredToken = z.object({
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  expiresAt: z.string().optional(),
  extra: z.record(z.string(), z.string()),
});
export type StoredToken = z.infer<typeof StoredToken>;

const SecretSettings = z.record(z.string(), z.string());

/** What a source's encrypted text belongs to. */
export const sourcePurpose = (workspaceId: string, system: string, what: SourceSecret) => ({
  workspaceId,
  purpose: `source ${system} ${what}`,
});

/** A source's opened secrets; null when a key is missing or a text was changed. */
export function openSecrets(
  secrets: Secrets | null,
  workspaceId: string,
  { system, sealedSecrets, sealedToken }: StoredSource,
): { settings: Record<string, string>; token: StoredToken | null } | null {
  const open = (sealed: string, what: SourceSecret): unknown =>
    JSON.parse(secrets?.open(sealed, sourcePurpose(workspaceId, system, what)) ?? 'null');
  if (!secrets && (sealedSecrets !== null || sealedToken !== null)) return null;
  try {
    return {
      settings: sealedSecrets === null ? {} : SecretSettings.parse(open(sealedSecrets, 'secrets')),
      token: sealedToken === null ? null : StoredToken.parse(open(sealedToken, 'token')),
    };
  } catch (error) {
    if (error instanceof SecretError) return null;
    throw error;
  }
}

export const accessToken = ({ accessToken, expiresAt, extra }: StoredToken): AccessToken => ({
  ...{ accessToken, extra },
  ...(expiresAt !== undefined && { expiresAt }),
});

/** The same source encrypted by the newest key; null when it is already, or its key is gone. */
export function resealSource(
  secrets: Secrets,
  workspaceId: string,
  source: StoredSource,
): SealedTexts | null {
  const { system, sealedSecrets, sealedToken, sealedWebhookSecret } = source;
  const sealed = [sealedSecrets, sealedToken, sealedWebhookSecret];
  if (sealed.every((text) => text === null || secrets.isCurrent(text))) return null;
  const anew = (text: string | null, what: SourceSecret) => {
    const about = sourcePurpose(workspaceId, system, what);
    return text === null ? null : secrets.seal(secrets.open(text, about), about);
  };
  try {
    return {
      sealedSecrets: anew(sealedSecrets, 'secrets'),
      sealedToken: anew(sealedToken, 'token'),
      sealedWebhookSecret: anew(sealedWebhookSecret, 'webhook'),
    };
  } catch (error) {
    if (error instanceof SecretError) return null;
    throw error;
  }
}

export type SealedTexts = Pick<StoredSource, 'sealedSecrets' | 'sealedToken' | 'sealedWebhookSecret'>;
