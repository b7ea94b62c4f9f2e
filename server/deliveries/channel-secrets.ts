import { randomBytes } from 'node:crypto';
import { SecretError, type Secrets } from '../secrets.ts';
import type { StoredChannel } from './channel-store.ts';

const SECRET_BYTES = 32;

/** A new secret as Standard Webhooks writes it. */
export const newSecret = () => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;

/** What of a channel is encrypted; each for itself, so that none can be put in the place of another. */
export type ChannelSecret = 'target' | 'secret';

/** What a channel's encrypted text belongs to. The secret keeps its purpose when it becomes the previous one. */
export const channelPurpose = (workspaceId: string, id: string, what: ChannelSecret) => ({
  workspaceId,
  purpose: `channel ${id} ${what}`,
});

type Sealed = 'sealedTarget' | 'sealedSecret' | 'sealedPreviousSecret';

/** The same channel encrypted by the newest key; null when it is already, or its key is gone. */
export function resealChannel(
  secrets: Secrets,
  workspaceId: string,
  channel: StoredChannel,
): StoredChannel | null {
  const { sealedTarget, sealedSecret, sealedPreviousSecret } = channel;
  const sealed: Record<Sealed, string | null> = { sealedTarget, sealedSecret, sealedPreviousSecret };
  if (Object.values(sealed).every((text) => text === null || secrets.isCurrent(text))) return null;
  const anew = (text: string, what: ChannelSecret) => {
    const about = channelPurpose(workspaceId, channel.id, what);
    return secrets.seal(secrets.open(text, about), about);
  };
  try {
    return {
      ...channel,
      sealedTarget: anew(sealedTarget, 'target'),
      sealedSecret: sealedSecret === null ? null : anew(sealedSecret, 'secret'),
      sealedPreviousSecret: sealedPreviousSecret === null ? null : anew(sealedPreviousSecret, 'secret'),
    };
  } catch (error) {
    if (error instanceof SecretError) return null;
    throw error;
  }
}
