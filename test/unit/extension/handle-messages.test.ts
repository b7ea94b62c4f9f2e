import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import {
  handleMessages,
  type Handlers,
  type Sender,
  senderKind,
} from '../../../utils/extension/handle-messages.ts';
import { type MessageName, messages } from '../../../utils/extension/messages.ts';
import { enabledSitesItem, forgetItems } from '../../../utils/extension/storage.ts';

const page = fakeBrowser.runtime.getURL('/panel.html');
const id = () => fakeBrowser.runtime.id;
const GMAIL = 'https://mail.google.com/mail/u/0/';
const forContent = (Object.keys(messages) as MessageName[]).filter((name) =>
  (messages[name].from as readonly string[]).includes('content'),
);

beforeEach(() => forgetItems());

it('tells our pages, our content scripts and everybody else apart', () => {
  expect(senderKind({ id: id(), url: page })).toBe('page');
  expect(senderKind({ id: id(), url: `${page}?a`, frameId: 3, tab: { id: 1 } })).toBe('page');
  expect(senderKind({ id: id(), url: GMAIL, frameId: 0, tab: { id: 1 } })).toBe('content');
  expect(senderKind({ id: id(), url: 'about:blank', frameId: 4, tab: { id: 1 } })).toBe('content');
  expect(senderKind({ id: id(), url: GMAIL })).toBeNull();
  expect(senderKind({ id: 'another-extension', url: page })).toBeNull();
  expect(senderKind({ id: id() })).toBeNull();
});

it('lets content scripts say what is on the page, and nothing else', () => {
  expect(forContent).toEqual([
    'page.start',
    'page.read',
    'badges.match',
    'page.unreadable',
    'page.sent',
    'sites.picked',
  ]);
});

it('knows of which site each message of a content script is', () => {
  for (const name of forContent) {
    expect(messages[name].request.safeParse({}).error?.issues.map(({ path }) => path[0])).toContain('site');
  }
});

describe('a content script', () => {
  const read = vi.fn(() => Promise.resolve({}));
  const send = (site: string, sender: Partial<Sender>) => {
    const listen = vi.spyOn(fakeBrowser.runtime.onMessage, 'addListener');
    handleMessages({ 'page.read': read } as unknown as Handlers);
    const listener = listen.mock.calls[0]![0] as unknown as (message: unknown, sender: Sender) => unknown;
    listen.mockRestore();
    const message = { name: 'page.read', request: { site, reading: null, address: 'about:blank' } };
    return listener(message, { id: id(), url: GMAIL, frameId: 0, tab: { id: 1 }, ...sender });
  };
  beforeEach(() => read.mockClear());

  it('speaks for its own site, and for no other', async () => {
    expect(await send('gmail', {})).toEqual({ value: {} });
    expect(await send('gmail', { url: 'https://evil.test/' })).toBeUndefined();
    expect(await send('no-such-site', {})).toBeUndefined();
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('speaks for a site that was switched on where the browser has granted it', async () => {
    const entry = { id: 'x', site: 'gmail', patterns: ['https://mail.example.com/*'], granted: true };
    const there = { url: 'https://mail.example.com:8443/inbox' };
    expect(await send('gmail', there)).toBeUndefined();
    await enabledSitesItem.set([entry]);
    expect(await send('gmail', there)).toEqual({ value: {} });
    await enabledSitesItem.set([{ ...entry, granted: false }]);
    expect(await send('gmail', there)).toBeUndefined();
  });

  it('is known by its origin where it has no address', async () => {
    const blank = { url: 'about:blank', frameId: 2 };
    expect(await send('gmail', { ...blank, origin: 'https://mail.google.com' })).toEqual({ value: {} });
    expect(await send('gmail', { ...blank, origin: 'https://evil.test' })).toBeUndefined();
    expect(await send('gmail', { ...blank, origin: 'null' })).toBeUndefined();
    expect(await send('gmail', blank)).toBeUndefined();
  });
});

it('forwards only to the hub’s own API', () => {
  const path = (value: string) =>
    messages['hub.fetch'].request.safeParse({ method: 'GET', path: value }).success;
  expect(path('/v1/feedback?state=new')).toBe(true);
  expect(path('//evil.test/v1/')).toBe(false);
  expect(path('https://evil.test/v1/')).toBe(false);
  expect(path('/v1/\\evil.test')).toBe(false);
  expect(path('/metrics')).toBe(false);
});
