import { describe, expect, it } from 'vitest';
import { outlookSending } from '../../../utils/sites/outlook/sending.ts';
import { documentOf, fixturesOf } from '../../support/site-fixtures.ts';

const fixtures = fixturesOf('outlook');
const url = new URL('https://outlook.office.com/mail/inbox');
const page = (name = 'compose-de') => documentOf(fixtures.find((fixture) => fixture.name === name)!.html);
const SEND = '[data-testid="ComposeSendButton"] button:first-child';
const BODY = '[id^="editorParent_"] [role=textbox]';

/** What begins when somebody clicks here or, with a key, presses it here. */
function begins(document: Document, selector: string, init: KeyboardEventInit = {}) {
  const { MouseEvent, KeyboardEvent } = document.defaultView!;
  const kind = init.key === undefined ? 'click' : 'keydown';
  const event = new (kind === 'click' ? MouseEvent : KeyboardEvent)(kind, { bubbles: true, ...init });
  let found: ReturnType<typeof outlookSending.begins> | undefined;
  document.addEventListener(kind, () => (found = outlookSending.begins(event, url)), { once: true });
  document.querySelector(selector)!.dispatchEvent(event);
  if (found === undefined) throw new Error(`Nothing at ${selector}`);
  return found;
}

describe('telling Outlook to send', () => {
  it.each([
    ['a click on the button', SEND, {}],
    ['Enter on the button', SEND, { key: 'Enter' }],
    ['Ctrl+Enter in the text', BODY, { key: 'Enter', ctrlKey: true }],
    ['Cmd+Enter in a field', '[id$="_TO"] [role=textbox]', { key: 'Enter', metaKey: true }],
  ])('is %s', (_, selector, init) => {
    expect(begins(page(), selector, init)).toMatchObject({
      account: 'jonas.keller@nordwind.example',
      recipients: [
        'anna.schaefer@hafenlogistik.example',
        'ben.okafor@brightline.example',
        'einkauf@werft-nord.example',
        'clara.nowak@solaris-energie.example',
        'jonas.keller@nordwind.example',
      ],
    });
  });

  it('knows the button by its tool tip, and by its id', () => {
    for (const lost of ['data-testid="ComposeSendButton"', 'title="Senden (Ctrl+Enter)"']) {
      const { html } = fixtures.find(({ name }) => name === 'compose-de')!;
      const document = documentOf(
        html.replaceAll('data-testid="ComposeSendButton"', '').replaceAll(lost, ''),
      );
      expect(begins(document, '#splitButton-r3a__primaryActionButton')).not.toBeNull();
    }
  });

  it('knows a reply inside a conversation, and not whom the conversation is with', () => {
    expect(begins(page('reply-en'), SEND)?.recipients).toEqual([
      'ben.okafor@brightline.example',
      'emil.brandt@druckhaus.example',
    ]);
  });

  it.each([
    ['opening the menu beside it', '[aria-haspopup]', {}],
    ['discarding', '#discardCompose', {}],
    ['a recipient', '[id$="_TO"] span', {}],
    ['Enter in the text', BODY, { key: 'Enter' }],
    ['Enter that ends a word', BODY, { key: 'Enter', ctrlKey: true, isComposing: true }],
    ['Ctrl+Enter elsewhere', '#MailList', { key: 'Enter', ctrlKey: true }],
    ['a row of the list', '[role=option]', {}],
  ])('is not %s', (_, selector, init) => {
    expect(begins(page(), selector, init)).toBeNull();
  });

  it('is not a click on what looks like the button inside the text', () => {
    const document = page();
    document.querySelector(BODY)!.innerHTML =
      '<div data-testid="ComposeSendButton"><button class="trap">Senden</button></div>';
    expect(begins(document, '.trap')).toBeNull();
  });
});

describe('a message', () => {
  it('is open until it is gone from the page, and again when it was taken back', () => {
    const document = page();
    const sending = begins(document, SEND)!;
    const form = document.querySelector('[data-app-section="ComposeForm"]')!;
    expect(sending.isOpen()).toBe(true);
    const again = form.cloneNode(true) as Element;
    form.remove();
    expect(sending.isOpen()).toBe(false);
    for (const field of again.querySelectorAll('[id^="MSG_"]'))
      field.id = field.id.replace('15127c3b5a0', '2');
    document.body.append(again);
    expect(sending.isOpen()).toBe(true);
  });

  it('holds its own fields and buttons, nothing else', () => {
    const document = page();
    const sending = begins(document, SEND)!;
    for (const selector of [BODY, '#discardCompose', '[id$="_TO"]'])
      expect(sending.holds(document.querySelector(selector)!), selector).toBe(true);
    for (const selector of ['#MailList', 'body'])
      expect(sending.holds(document.querySelector(selector)!), selector).toBe(false);
  });

  it('may be taken back for as long as nobody knows better', () => {
    expect(outlookSending.undoOffered(page())).toBe(true);
  });
});
