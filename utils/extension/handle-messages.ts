import { browser } from 'wxt/browser';
import type { z } from 'zod';
import { siteFor } from '../sites/index.ts';
import { logBug } from './log.ts';
import { type MessageName, type Messages, messages, type ResponseOf } from './messages.ts';
import type { Envelope } from './send-message.ts';

/** Where a request came from: `tabId` is the tab the sender is in, also for a panel framed in a page. */
export interface Origin {
  tabId: number | null;
  url: URL;
}

export type Handlers = {
  [K in MessageName]: (
    request: z.output<Messages[K]['request']>,
    origin: Origin,
  ) => ResponseOf<K> | Promise<ResponseOf<K>>;
};

/**
 * Answers every message of the table. What is not in the table, does not fit its schema or comes from
 * somebody who may not send it gets no answer: to the sender it looks as if nobody were there.
 */
export function handleMessages(handlers: Handlers): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: Sender) => {
    const { name, request } = (message ?? {}) as { name?: MessageName; request?: unknown };
    if (name === undefined || !Object.hasOwn(messages, name)) return undefined;
    const kind = senderKind(sender);
    const origin = { tabId: sender.tab?.id ?? null, url: new URL(sender.url ?? 'about:blank') };
    const parsed = messages[name].request.safeParse(request);
    if (kind === null || !(messages[name].from as readonly string[]).includes(kind) || !parsed.success) {
      return undefined;
    }
    const handler = handlers[name] as (request: unknown, origin: Origin) => unknown;
    return answer(() => handler(parsed.data, origin));
  });
}

async function answer(handle: () => unknown): Promise<Envelope> {
  try {
    return { value: await handle() };
  } catch (error) {
    return { bug: await logBug(error) };
  }
}

interface Sender {
  id?: string | undefined;
  url?: string | undefined;
  frameId?: number | undefined;
  tab?: { id?: number | undefined } | undefined;
}

/** Sender facts are set by the browser, not by the sender, so they can be trusted. */
export function senderKind(sender: Sender): 'content' | 'page' | null {
  if (sender.id !== browser.runtime.id || sender.url === undefined) return null;
  const url = URL.parse(sender.url);
  if (url === null) return null;
  if (url.protocol === new URL(browser.runtime.getURL('/')).protocol) return 'page';
  return sender.frameId === 0 && siteFor(url) !== undefined ? 'content' : null;
}
