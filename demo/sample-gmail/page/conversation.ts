import type { Contact, Mail, Message } from '../mail.ts';
import { openCompose } from './compose.ts';
import { element, icon, icons, onPress } from './elements.ts';
import { dateOf, shownName, type View } from './view.ts';

/** An open conversation in Gmail's shape: subject, then messages of which the last one is expanded. */
export function makeConversation(view: View, mail: Mail): HTMLElement {
  const { id, subject, messages } = mail;
  const perm = `thread-f:${BigInt(`0x${id}`)}`;
  const back = element('div.lS.T-I', { role: 'button', 'aria-label': view.words.back }, icon(icons.back));
  const heading = element(
    'div.ha',
    {},
    element('h2.hP', { tabindex: -1, 'data-legacy-thread-id': id, 'data-thread-perm-id': perm }, subject),
    element('span.pG', {}, view.words.inbox),
  );
  const items = messages.map((message, index) => {
    const item = element('div', { role: 'listitem', tabindex: -1 });
    fold(view, item, message, messageId(id, index), index === messages.length - 1);
    return item;
  });
  return element(
    'div.nH.g.id',
    {},
    element(
      'div.G-atb',
      { gh: 'mtb' },
      onPress(back, () => (location.hash = `#${mail.folder}`)),
    ),
    element('div.nH.a98.iY', {}, heading, element('div.nH.aHU', { role: 'list' }, ...items)),
  );
}

/** The legacy id of a message: the first one has its conversation's. */
const messageId = (thread: string, index: number) =>
  (BigInt(`0x${thread}`) + BigInt(index) * 4099n).toString(16);

function fold(view: View, item: HTMLElement, message: Message, id: string, expanded: boolean): void {
  item.className = expanded ? 'h7' : 'kv';
  const ids = { 'data-message-id': `#msg-f:${BigInt(`0x${id}`)}`, 'data-legacy-message-id': id };
  const head = element(
    'div.gs',
    {},
    element(
      'div.gE.iv.gt',
      {},
      element(
        'table.cf.gJ',
        {},
        element(
          'tbody',
          {},
          ...(expanded
            ? [senderRow(view, message), recipientRow(view, message)]
            : [senderRow(view, message)]),
        ),
      ),
    ),
  );
  const avatar = element('div.aCi', {}, picture(message.from));
  if (!expanded) {
    head.append(element('div.iA.g6', {}, message.text.join(' ')));
    item.replaceChildren(element('div.adf.ads', ids, avatar, head));
    onPress(item, () => fold(view, item, message, id, true));
    return;
  }
  head.append(element('div.ii.gt', {}, element('div.a3s.aiL', {}, ...bodyOf(view, message))));
  const reply = element('div.T-I.amn', { role: 'button' }, icon(icons.reply), view.words.reply);
  onPress(reply, () => openCompose(view, [message.from]));
  item.replaceChildren(element('div.adn.ads', ids, avatar, head), reply);
}

function senderRow(view: View, { from, hoursAgo }: Message): HTMLElement {
  const { name, email } = from;
  const date = dateOf(view, hoursAgo);
  const span = element('span.gD', { email, name, 'data-hovercard-id': email }, element('span', {}, name));
  const printed = element(
    'span.go',
    {},
    element('span', { 'aria-hidden': 'true' }, '<'),
    email,
    element('span', { 'aria-hidden': 'true' }, '>'),
  );
  const sender = element(
    'h3.iw',
    {},
    element('span.qu', { role: 'gridcell', translate: 'no' }, span, ' ', printed),
  );
  return element(
    'tr.acZ',
    {},
    element('td.gF.gK', {}, sender),
    element('td.gH.bAk', {}, element('span.g3', { title: date.long }, date.short)),
  );
}

function recipientRow(view: View, { to, cc = [] }: Message): HTMLElement {
  const names = [...to, ...cc].flatMap((contact, index) => [
    ...(index > 0 ? [', '] : []),
    element(
      'span.g2',
      {
        dir: 'ltr',
        translate: 'no',
        email: contact.email,
        name: shownName(view, contact),
        'data-hovercard-id': contact.email,
      },
      shownName(view, contact),
    ),
  ]);
  const details = element('div.ajy', { role: 'button', 'aria-label': view.words.details }, '▾');
  return element(
    'tr.acZ.xD',
    {},
    element(
      'td.ady',
      { colspan: 2 },
      element('div.iw.ajw', {}, element('span.hb', {}, `${view.words.to} `, ...names)),
      details,
    ),
  );
}

/** Gmail's profile pictures name their person in attributes, too; these are empty, over an initial. */
function picture({ name, email }: Contact): HTMLElement {
  const hue = [...email].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997, 0) % 6;
  const image = element('img.ajn', {
    jid: email,
    'data-hovercard-id': email,
    'data-name': name,
    alt: '',
    src: EMPTY,
  });
  return element(`div.avatar.hue-${hue}`, {}, [...name][0] ?? '', image);
}

const EMPTY = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';

function bodyOf({ words }: View, { text, quoted }: Message): HTMLElement[] {
  const paragraphs = text.map((paragraph) => {
    const lines = paragraph
      .split('\n')
      .flatMap((line, index) => (index > 0 ? [element('br'), line] : [line]));
    return element('p', {}, ...lines);
  });
  if (quoted === undefined) return paragraphs;
  const quote = element('div.gmail_quote', {}, element('blockquote', {}, quoted));
  quote.hidden = true;
  const dots = element('div.ajR', { role: 'button', 'aria-label': words.trimmed }, '•••');
  return [...paragraphs, onPress(dots, () => (quote.hidden = !quote.hidden)), quote];
}
