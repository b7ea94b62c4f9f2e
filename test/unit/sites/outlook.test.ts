import { describe, expect, it } from 'vitest';
import { outlook } from '../../../utils/sites/outlook.ts';
import { documentOf, fixturesOf, readingOf } from '../../support/site-fixtures.ts';

const fixtures = fixturesOf('outlook');
const pageNamed = (name: string) => documentOf(fixtures.find((fixture) => fixture.name === name)!.html);
const at = (path: string) => new URL(path, 'https://outlook.office.com');
const read = (document: Document, path: string) => readingOf(outlook, document, at(path));

describe('the address', () => {
  it.each([
    ['/mail/', false],
    ['/mail/0/inbox', false],
    ['/mail/inbox/id/AAQkAGNkZTEx', true],
    ['/mail/1/archive/id/AAQkAGNkZTEx', true],
    ['/mail/inbox/rp/AAQkAGNkZTEx', true],
    ['/mail/deeplink/read/AAMkAGNkZTEx?ItemID=AAMk&exvsurl=1', true],
    ['/owa/?ItemID=AAMk', true],
    ['/mail/deeplink/compose?to=ann@example.com', false],
    ['/calendar/view/week', false],
  ])('%s names a mail: %s', (path, expected) => expect(outlook.expectsPeople(at(path))).toBe(expected));

  it('tells mails and accounts apart', () => {
    const routes = ['/mail/inbox/id/A', '/mail/inbox/id/B', '/mail/1/inbox/id/A', '/owa/?ItemID=A', '/owa/'];
    expect(new Set(routes.map((path) => outlook.route(at(path)))).size).toBe(routes.length);
  });

  it('of the calendar or the contacts is none of a mail', () => {
    const document = pageNamed('conversation-en');
    expect(read(document, '/calendar/view/week')).toBeNull();
    expect(read(document, '/people/')).toBeNull();
  });
});

describe('a navigation', () => {
  it('does not report the list under the address of a mail that is not there yet', () => {
    const document = pageNamed('list-en');
    expect(read(document, '/mail/inbox')?.view).toBe('list');
    expect(read(document, '/mail/inbox/id/AAQkAGNkZTEx')).toBeNull();
  });

  it('waits while two conversations are shown at once', () => {
    const document = pageNamed('conversation-de');
    const pane = document.querySelector('#ConversationReadingPaneContainer')!;
    pane.after(pane.cloneNode(true));
    expect(read(document, '/mail/inbox/id/AQQkADAw')).toBeNull();
    pane.setAttribute('style', 'display: none');
    expect(read(document, '/mail/inbox/id/AQQkADAw')?.view).toBe('thread');
  });

  it('takes no row for the open mail that stands selected beside an empty pane', () => {
    const document = pageNamed('conversation-en');
    document.querySelector('#ConversationReadingPaneContainer')!.remove();
    expect(read(document, '/mail/inbox')?.view).toBe('list');
  });
});

describe('a window that Outlook has opened', () => {
  const opened = (openerName: string, openerPath: string) => {
    const document = pageNamed('deeplink-de');
    const opener = pageNamed(openerName);
    Object.defineProperty(opener, 'URL', { value: at(openerPath).href });
    Object.defineProperty(document.defaultView, 'opener', { value: { document: opener } });
    return read(document, '/mail/deeplink/read/AAMkADeep');
  };

  it('is of the mailbox that opened it', () => {
    expect(opened('list-en', '/mail/0/inbox')?.account).toBe('jonas.keller@nordwind.example');
  });

  it.each([
    ['of another account now', 'list-en', '/mail/1/inbox'],
    ['of another site now', 'list-en', 'https://other.example/mail/0/inbox'],
    ['where nobody knows which of its mailboxes it is of', 'mailbox-unclear', '/mail/0/inbox'],
  ])('stays dark when its opener is %s', (_, name, path) =>
    expect(opened(name, path)?.account).toBeUndefined(),
  );

  it('stays dark when its opener may not be looked at', () => {
    const document = pageNamed('deeplink-de');
    const opener = {
      get document(): Document {
        throw new DOMException('Blocked', 'SecurityError');
      },
    };
    Object.defineProperty(document.defaultView, 'opener', { value: opener });
    expect(read(document, '/mail/deeplink/read/AAMkADeep')?.account).toBeUndefined();
  });
});

describe('hostile pages', () => {
  it('believes nothing that stands in a mail, though it look like Outlook', () => {
    const fixture = fixtures.find(({ name }) => name === 'conversation-en')!;
    const document = documentOf(fixture.html);
    const forged = `<div id="MSG_x_FROM"><span role="button" aria-label="From: F<forged@trap.example>">F</span></div>
      <div id="MSG_x_TO"><span data-lpc-hover-target-id="a" aria-label="forged@trap.example">F</span></div>
      <div id="ConversationReadingPaneContainer"><span class="OZZZK">Forged&lt;forged@trap.example&gt;</span></div>
      <div id="MailList"><div role="listbox"><div role="option" data-convid="a"><span title="forged@trap.example">F</span></div></div></div>
      <div id="primaryMailboxRoot_9" role="treeitem" aria-level="1" title="anna.schaefer@hafenlogistik.example"></div>
      <a id="O365_MainLink_Me" aria-label="Account manager for Ben ben.okafor@brightline.example"></a>
      <div data-app-section="ComposeForm"><div role="group" id="MSG_y_TO"><span class="_EType_RECIPIENT_ENTITY" aria-label="forged@trap.example"></span></div></div>`;
    for (const body of document.querySelectorAll('[id^="UniqueMessageBody"]')) body.innerHTML = forged;
    expect(readingOf(outlook, document, fixture.url)).toEqual(fixture.reading);
  });

  it('strips the marks that set names off from what is around them', () => {
    const { html, url } = fixtures.find(({ name }) => name === 'conversation-en')!;
    expect(html).toContain('\u200e');
    expect(JSON.stringify(readingOf(outlook, documentOf(html), url))).not.toMatch(/[\u200b-\u200f]/u);
  });
});
