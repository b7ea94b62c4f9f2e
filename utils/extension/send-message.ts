import { browser } from 'wxt/browser';
import type { MessageName, Notice, RequestOf, ResponseOf } from './messages.ts';

/** What travels: the background answers `{value}` or, for a bug on its side, `{bug}` with its id in the log. */
export type Envelope = { value: unknown } | { bug: string };

/**
 * Asks the background. Answers are ours and trusted, so nothing is parsed here; this keeps zod out of
 * the content script. Throws when the background has a bug or the extension was replaced under the page.
 */
export async function sendMessage<K extends MessageName>(
  name: K,
  ...[request]: undefined extends RequestOf<K> ? [request?: RequestOf<K>] : [request: RequestOf<K>]
): Promise<ResponseOf<K>> {
  const answer: unknown = await browser.runtime.sendMessage({ name, request });
  if (answer === undefined || answer === null) throw new Error(`No answer to ${name}`);
  const envelope = answer as Envelope;
  if ('bug' in envelope) throw new Error(`${name} failed; see the log for ${envelope.bug}`);
  return envelope.value as ResponseOf<K>;
}

/** Hears what the background tells; returns how to stop. */
export function onNotice(listener: (notice: Notice) => void): () => void {
  const receive = (message: unknown) => {
    if (typeof message === 'object' && message !== null && 'notice' in message) listener(message as Notice);
  };
  browser.runtime.onMessage.addListener(receive);
  return () => browser.runtime.onMessage.removeListener(receive);
}
