import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { gmailSending } from '../../../utils/sites/gmail/sending.ts';
import { NOTICE, sendablePage } from '../../support/gmail-compose.ts';

const url = new URL('https://mail.google.com/mail/u/0/#inbox');
type Init = KeyboardEventInit & { type?: 'click' | 'keydown' };

/** What reaches the reader when somebody clicks here or, with a key, presses it here. */
function press(document: Document, selector: string, { type, ...init }: Init = {}): Event {
  const { MouseEvent, KeyboardEvent } = document.defaultView!;
  const kind = type ?? (init.key === undefined ? 'click' : 'keydown');
  const event = new (kind === 'click' ? MouseEvent : KeyboardEvent)(kind, {
    bubbles: true,
    cancelable: true,
    ...init,
  });
  let heard = false;
  document.addEventListener(kind, () => (heard = true), { once: true, capture: true });
  document.querySelector(selector)!.dispatchEvent(event);
  if (!heard) throw new Error(`Nothing at ${selector}`);
  return event;
}
const page = (name: Parameters<typeof sendablePage>[0] = 'compose-popup') =>
  new JSDOM(sendablePage(name)).window.document;
const begins = (document: Document, selector: string, init?: Init) =>
  gmailSending.begins(press(document, selector, init), url);
const BODY = '[contenteditable=true]';

describe('telling Gmail to send', () => {
  it.each([
    ['a click on the button', '.aoO', {}],
    ['Enter on the button', '.aoO', { key: 'Enter' }],
    ['space on the button', '.aoO', { key: ' ' }],
    ['a click on "send and archive"', '.Uo', {}],
    ['Ctrl+Enter in the text', BODY, { key: 'Enter', ctrlKey: true }],
    ['Cmd+Enter in the subject', '[name=subjectbox]', { key: 'Enter', metaKey: true }],
  ])('is %s', (_, selector, init) => {
    expect(begins(page(), selector, init)).toMatchObject({
      account: 'jonas.keller@nordwind.example',
      recipients: [
        'anna.schaefer@hafenlogistik.example',
        'ben.okafor@brightline.example',
        'clara.nowak@solaris-energie.example',
        'fay.morrison@kestrel-marine.example',
        'alias@nordwind.example',
      ],
    });
  });

  it('knows the button by where it stands when its own class is another one', () => {
    const document = new JSDOM(sendablePage('compose-popup').replaceAll('aoO', 'xYz')).window.document;
    expect(begins(document, '.IZ .xYz')?.recipients).toHaveLength(5);
  });

  it('knows a reply inside a conversation, and not whom the conversation is with', () => {
    expect(begins(page('compose-inline'), '.aoO')?.recipients).toEqual([
      'anna.schaefer@hafenlogistik.example',
      'dora@fjordworks.example',
    ]);
  });

  it.each([
    ['discarding', '.oh', {}],
    ['opening the menu beside it', '.hG', {}],
    ['the same by key', '.hG', { key: 'Enter' }],
    ['scheduling', '[selector=scheduledSend]', {}],
    ['removing a recipient', '.afX', {}],
    ['a recipient', '.afV', {}],
    ['the text', BODY, {}],
    ['the subject', '[name=subjectbox]', {}],
    ['Enter in the text', BODY, { key: 'Enter' }],
    ['a letter with Ctrl', BODY, { key: 'b', ctrlKey: true }],
    ['Enter that ends a word', BODY, { key: 'Enter', ctrlKey: true, isComposing: true }],
    ['releasing the keys', BODY, { type: 'keydown' as const, key: 'Control', ctrlKey: true }],
    ['writing a new mail', '[gh=cm]', {}],
    ['Ctrl+Enter elsewhere', '[name=q]', { key: 'Enter', ctrlKey: true }],
    ['a row of the list', 'tr.zA', {}],
  ])('is not %s', (_, selector, init) => {
    expect(begins(page(), selector, init)).toBeNull();
  });

  it('is not a click on what looks like the button inside the text or an open mail', () => {
    const trap =
      '<table class="IZ"><td class="Up"><div><div class="T-I aoO trap" role="button">Send</div></div></td></table>';
    for (const [name, place] of [
      ['compose-popup', BODY],
      ['compose-inline', '.a3s'],
    ] as const) {
      const document = page(name);
      document.querySelector(place)!.innerHTML = trap;
      expect(begins(document, '.trap')).toBeNull();
    }
  });

  it('looks at neither subject nor text', () => {
    const document = page();
    const secret = () => {
      throw new Error('read');
    };
    for (const selector of [BODY, '[name=subjectbox]']) {
      for (const property of ['textContent', 'innerHTML', 'innerText', 'value']) {
        Object.defineProperty(document.querySelector(selector), property, { get: secret });
      }
    }
    expect(begins(document, '.aoO')?.recipients).toHaveLength(5);
  });
});

describe('a message', () => {
  it('is open until it is gone from the page, also while Gmail moves it', () => {
    const document = page();
    const sending = begins(document, '.aoO')!;
    const popup = document.querySelector('.dw .no > .nn')!;
    expect(sending.isOpen()).toBe(true);
    popup.setAttribute('style', 'display: none');
    expect(sending.isOpen()).toBe(true);
    const again = popup.cloneNode(true);
    popup.remove();
    expect(sending.isOpen()).toBe(false);
    document.body.append(again);
    expect(sending.isOpen()).toBe(true);
  });

  it('holds its own fields and title bar, nothing else', () => {
    const document = page();
    const sending = begins(document, '.aoO')!;
    for (const selector of [BODY, '.afV', '.Hl', '.oh']) {
      expect(sending.holds(document.querySelector(selector)!), selector).toBe(true);
    }
    for (const selector of ['[gh=cm]', 'tr.zA', 'body']) {
      expect(sending.holds(document.querySelector(selector)!), selector).toBe(false);
    }
  });
});

describe('taking it back', () => {
  it('is offered while the notice is in sight', () => {
    const document = page();
    expect(gmailSending.undoOffered(document)).toBe(false);
    document.body.insertAdjacentHTML('beforeend', NOTICE);
    expect(gmailSending.undoOffered(document)).toBe(true);
    document.querySelector('.b8')!.setAttribute('style', 'visibility: hidden');
    expect(gmailSending.undoOffered(document)).toBe(false);
  });

  it.each([
    ['#link_undo', {}, true],
    ['#link_undo', { key: 'Enter' }, true],
    ['body', { key: 'z' }, true],
    ['body', { key: 'z', ctrlKey: true }, false],
    ['[name=q]', { key: 'z' }, false],
    [BODY, { key: 'z' }, false],
    ['.bAq', {}, false],
    ['.aoO', {}, false],
  ])('at %s with %o: %s', (selector, init, expected) => {
    const document = page();
    document.body.insertAdjacentHTML('beforeend', NOTICE);
    expect(gmailSending.undoes(press(document, selector, init))).toBe(expected);
  });
});
