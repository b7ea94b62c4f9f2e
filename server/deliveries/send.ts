import { Webhook } from 'standardwebhooks';
import type { Hub } from '../hub.ts';
import { SecretError, type Secrets } from '../secrets.ts';
import { readAgreement } from '../store/agreements.ts';
import type { Database } from '../store/database.ts';
import { channelPurpose } from './channel-secrets.ts';
import type { StoredChannel } from './channel-store.ts';
import { chatMessage } from './chat-message.ts';
import { chatWords } from './chat-words.ts';
import { post, type Posted } from './post.ts';
import type { Story } from './read-story.ts';
import { webhookData } from './webhook-data.ts';
import { slackBody, teamsBody } from './write-chat.ts';

/** A message on its way: what a receiver tells repetitions by, and what it says. */
export interface Outgoing {
  id: string;
  at: string;
  /** Null: a test. */
  story: Story | null;
}

/** Sends one message to a channel and says how that went. Throws only on bugs. */
export async function send(
  hub: Pick<Hub, 'secrets' | 'allowPrivateTargets' | 'clock'>,
  db: Database,
  workspaceId: string,
  channel: StoredChannel,
  outgoing: Outgoing,
): Promise<Posted> {
  const body = JSON.stringify(await bodyOf(db, workspaceId, channel, outgoing));
  const opened = hub.secrets && open(hub.secrets, workspaceId, channel, hub.clock());
  if (!opened) return { outcome: 'sealed', httpStatus: null, retryAfter: null };
  const headers = signatures(outgoing.id, opened.secrets, body, hub.clock());
  return post(opened.target, { body, headers, allowPrivate: hub.allowPrivateTargets });
}

async function bodyOf(
  db: Database,
  workspaceId: string,
  { kind, language, includePersonalData, name }: StoredChannel,
  { at, story }: Outgoing,
): Promise<object> {
  if (kind === 'webhook') {
    const data = story ? webhookData(story, includePersonalData) : {};
    return { type: story?.kind ?? 'test', timestamp: at, data };
  }
  const message = story
    ? chatMessage(story, language, await readAgreement(db, workspaceId))
    : { title: `${chatWords[language].test}: ${name}`, facts: [] };
  return kind === 'slack' ? slackBody(message) : teamsBody(message);
}

/** Null when a key is missing or a text was changed. */
function open(secrets: Secrets, workspaceId: string, channel: StoredChannel, now: Date) {
  const { id, sealedTarget, sealedSecret, sealedPreviousSecret, previousSecretUntil } = channel;
  const previous =
    previousSecretUntil !== null && previousSecretUntil > now.toISOString() ? sealedPreviousSecret : null;
  try {
    return {
      target: secrets.open(sealedTarget, channelPurpose(workspaceId, id, 'target')),
      secrets: [sealedSecret, previous].flatMap((sealed) =>
        sealed === null ? [] : [secrets.open(sealed, channelPurpose(workspaceId, id, 'secret'))],
      ),
    };
  } catch (error) {
    if (error instanceof SecretError) return null;
    throw error;
  }
}

/** The headers of Standard Webhooks; while secrets change one signature by each. */
function signatures(id: string, secrets: readonly string[], body: string, now: Date): Record<string, string> {
  if (secrets.length === 0) return {};
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
  };
}
