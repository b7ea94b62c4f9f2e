import { browser } from 'wxt/browser';
import type { MessageName, Notice, RequestOf, ResponseOf } from './messages.ts';

/** What a page that answers itself has in place of the background. */
interface OwnAnswers {
  answer: (name: MessageName, request: unknown) => unknown;
  listeners: Set<(notice: Notice) => void>;
}
let own: OwnAnswers | undefined;
/** Known when it is built: elsewhere, above all in the content scripts, nothing of this is left. */
const IS_PAGE = import.meta.env.ENTRYPOINT === 'html';

/**
 * From now on this page answers its own requests and hears no notice but its own: what is shown there is no business
 * of the background's, and nothing of what the background knows is shown.
 */
export function answerOwnRequests(make: (notify: (notice: Notice) => void) => OwnAnswers['answer']): void {
  const listeners: OwnAnswers['listeners'] = new Set();
  own = { answer: make((notice) => listeners.forEach((listener) => listener(notice))), listeners };
}

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
  if (IS_PAGE && own) return (await own.answer(name, request)) as ResponseOf<K>;
  const answer: unknown = await browser.runtime.sendMessage({ name, request });
  if (answer === undefined || answer === null) throw new Error(`No answer to ${name}`);
  const envelope = answer as Envelope;
  if ('bug' in envelope) throw new Error(`${name} failed; see the log for ${envelope.bug}`);
  return envelope.value as ResponseOf<K>;
}

/** Hears what the background tells; returns how to stop. */
export function onNotice(listener: (notice: Notice) => void): () => void {
  if (IS_PAGE && own) {
    const { listeners } = own;
    listeners.add(listener);
    return () => listeners.delete(listener);
  }
  const receive = (message: unknown) => {
    if (typeof message === 'object' && message !== null && 'notice' in message) listener(message as Notice);
  };
  browser.runtime.onMessage.addListener(receive);
  return () => browser.runtime.onMessage.removeListener(receive);
}
