import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { senderKind } from '../../../utils/extension/handle-messages.ts';
import { type MessageName, messages } from '../../../utils/extension/messages.ts';

const page = fakeBrowser.runtime.getURL('/panel.html');
const id = () => fakeBrowser.runtime.id;

beforeEach(() => fakeBrowser.reset());

it('tells our pages, our content scripts and everybody else apart', () => {
  expect(senderKind({ id: id(), url: page })).toBe('page');
  expect(senderKind({ id: id(), url: `${page}?a`, frameId: 3, tab: { id: 1 } })).toBe('page');
  expect(senderKind({ id: id(), url: 'https://mail.google.com/mail/u/0/', frameId: 0 })).toBe('content');
  expect(senderKind({ id: id(), url: 'https://mail.google.com/mail/u/0/', frameId: 4 })).toBeNull();
  expect(senderKind({ id: id(), url: 'https://evil.test/', frameId: 0 })).toBeNull();
  expect(senderKind({ id: 'another-extension', url: page })).toBeNull();
  expect(senderKind({ id: id() })).toBeNull();
});

it('lets content scripts say what is on the page, and nothing else', () => {
  const forContent = (Object.keys(messages) as MessageName[]).filter((name) =>
    (messages[name].from as readonly string[]).includes('content'),
  );
  expect(forContent).toEqual(['page.read', 'page.unreadable', 'page.sent']);
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
