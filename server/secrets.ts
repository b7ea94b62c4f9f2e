import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { ProblemError } from './problem.ts';

/** What a sealed text belongs to: opened for anything else, it is refused. */
export interface SecretPurpose {
  workspaceId: string;
  purpose: string;
}

/** Keeps texts that must not be readable in the database or in a copy of it. */
export interface Secrets {
  /** Encrypts a text with the newest key. */
  seal(text: string, about: SecretPurpose): string;
  /** @throws SecretError when it was changed, belongs to something else, or its key is gone. */
  open(sealed: string, about: SecretPurpose): string;
  /** Whether the newest key sealed it; otherwise it should be sealed anew. */
  isCurrent(sealed: string): boolean;
}

/** A sealed text cannot be opened. Says nothing of what is in it. */
export class SecretError extends Error {}

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM with the newest of the keys; older ones only open. A sealed text is `v1.<key id>.<iv, tag, ciphertext>`.
 *
 * @returns null without a key.
 */
export function createSecrets(keys: readonly Uint8Array[]): Secrets | null {
  const known = new Map(keys.map((key) => [keyId(key), key]));
  const newest = keys[0];
  if (!newest) return null;
  const prefix = `${VERSION}.${keyId(newest)}.`;
  return {
    seal(text, about) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', newest, iv).setAAD(additional(keyId(newest), about));
      const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return prefix + Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString('base64url');
    },
    open(sealed, about) {
      const [version, id = '', content = ''] = sealed.split('.');
      const key = known.get(id);
      const bytes = Buffer.from(content, 'base64url');
      if (version !== VERSION || bytes.length < IV_BYTES + TAG_BYTES)
        throw new SecretError('This is no sealed secret.');
      if (!key)
        throw new SecretError(`The key ${id} that sealed this secret is not among TANDEM_SECRET_KEYS.`);
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), {
          authTagLength: TAG_BYTES,
        })
          .setAAD(additional(id, about))
          .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        return (
          decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
        );
      } catch {
        throw new SecretError('This secret was changed, or belongs to something else.');
      }
    },
    isCurrent: (sealed) => sealed.startsWith(prefix),
  };
}

/** @throws ProblemError `conflict` where the hub has no key to keep secrets with. */
export function requireSecrets(secrets: Secrets | null): Secrets {
  if (secrets) return secrets;
  throw new ProblemError(
    'conflict',
    'The hub has no key to keep secrets with. Whoever runs it sets TANDEM_SECRET_KEYS (make a key by: ' +
      'openssl rand -base64 32) and starts it again.',
  );
}

/** Tells keys apart without saying anything of them. */
const keyId = (key: Uint8Array) =>
  createHash('sha256').update('tandem key').update(key).digest('hex').slice(0, 8);

const additional = (id: string, { workspaceId, purpose }: SecretPurpose) =>
  Buffer.from(JSON.stringify([VERSION, id, workspaceId, purpose]));
