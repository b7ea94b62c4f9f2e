import { browser } from 'wxt/browser';
import type { z } from 'zod';
import { mayActAs } from './enabled-sites.ts';
import { logBug } from './log.ts';
import { type MessageName, type Messages, messages, type ResponseOf } from './messages.ts';
import type { Envelope } from './send-message.ts';

/** Where a request came from: `tabId` is the tab the sender is in, also for a panel framed in a page. */
export interface Origin {
  tabId: number | null;
  frameId: number;
  /** Names the sender's document; absent in browsers that do not say. */
  documentId?: string;
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
    const url = originOf(sender);
    if (kind === null || url === null) return undefined;
    const { from, request: schema } = messages[name];
    const parsed = schema.safeParse(request);
    if (!(from as readonly string[]).includes(kind) || !parsed.success) return undefined;
    const handler = handlers[name] as (request: unknown, origin: Origin) => unknown;
    const origin: Origin = {
      tabId: sender.tab?.id ?? null,
      frameId: sender.frameId ?? 0,
      ...(sender.documentId !== undefined && { documentId: sender.documentId }),
      url,
    };
    const handle = () => answer(() => handler(parsed.data, origin));
    if (kind === 'page') return handle();
    // Every message of a content script says of which site it is; see messages.ts.
    const { site } = parsed.data as { site: string };
    return mayActAs(site, url).then((may) => (may ? handle() : undefined));
  });
}

async function answer(handle: () => unknown): Promise<Envelope> {
  try {
    return { value: await handle() };
  } catch (error) {
    return { bug: await logBug(error) };
  }
}

/** What the browser, not the sender, says of a sender; so it can be trusted. */
export interface Sender {
  id?: string | undefined;
  url?: string | undefined;
  /** Where the document's rights are from: also for one without an address (`about:blank`). */
  origin?: string | undefined;
  frameId?: number | undefined;
  documentId?: string | undefined;
  tab?: { id?: number | undefined } | undefined;
}

/** A page of ours, one of our scripts in a tab's page, or somebody else. */
export function senderKind(sender: Sender): 'content' | 'page' | null {
  if (sender.id !== browser.runtime.id || sender.url === undefined) return null;
  const url = URL.parse(sender.url);
  if (url === null) return null;
  if (url.protocol === new URL(browser.runtime.getURL('/')).protocol) return 'page';
  return sender.tab?.id === undefined ? null : 'content';
}

/** The sender's address, or its origin where it has none of its own; `null` where neither says anything. */
function originOf({ url = '', origin = '' }: Sender): URL | null {
  const own = URL.parse(url);
  return own === null || own.origin === 'null' ? (URL.parse(origin) ?? own) : own;
}
