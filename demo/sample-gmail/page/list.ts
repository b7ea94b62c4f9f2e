import type { Contact, Mail } from '../mail.ts';
import { element, icon, icons, onPress } from './elements.ts';
import { dateOf, shownName, type View } from './view.ts';

/** A list of conversations, in the shape of Gmail's default one: `[gh=tl] tr.zA`. */
export function makeList(view: View, mails: readonly Mail[]): HTMLElement {
  if (mails.length === 0) return element('div.aRv', {}, view.words.empty);
  const rows = element('tbody', {}, ...mails.map((mail) => makeRow(view, mail)));
  return element('div.Cp', { gh: 'tl' }, element('table.F.cf.zt', { role: 'grid' }, rows));
}

function makeRow(view: View, mail: Mail): HTMLElement {
  const last = mail.messages.at(-1);
  const date = dateOf(view, last?.hoursAgo ?? 0);
  const people = peopleOf(view, mail);
  const count = mail.messages.length > 1 ? String(mail.messages.length) : '';
  const [greeting = '', ...rest] = last?.text ?? [];
  const snippet = (rest.join(' ') || greeting).replace(/\s+/gu, ' ').slice(0, 140);
  const row = element(
    `tr.zA.${mail.unread ? 'zE' : 'yO'}`,
    { role: 'row', draggable: 'true' },
    element('td.oZ-x3.xY', {}, element('div.oZ-jc', { role: 'checkbox', 'aria-checked': 'false' })),
    element('td.apU.xY', {}, element('span.aXw.T-KT', {}, icon(icons.star))),
    element(
      'td.yX.xY',
      {},
      // Gmail repeats the row in hidden text for screen readers, addresses and all.
      element(
        'div.afn',
        {},
        [people.map(({ name }) => name).join(', '), mail.subject, date.short, snippet].join(', '),
      ),
      element(
        'div.yW',
        {},
        ...(mail.folder === 'sent' ? [view.words.toRow] : []),
        ...people.flatMap((contact, index) => [
          ...(index > 0 ? [', '] : []),
          participant(view, mail, contact),
        ]),
        ...(count === '' ? [] : [element('span.bx0', {}, count)]),
      ),
    ),
    element(
      'td.xY.a4W',
      { role: 'gridcell' },
      element(
        'div.xS',
        { role: 'link' },
        element(
          'div.xT',
          {},
          element(
            'div.y6',
            {},
            element(
              'span.bog',
              {},
              element(
                'span.bqe',
                { 'data-thread-id': `#thread-f:${BigInt(`0x${mail.id}`)}`, 'data-legacy-thread-id': mail.id },
                mail.subject,
              ),
            ),
          ),
          element('span.y2', {}, `\u00a0-\u00a0${snippet}`),
        ),
      ),
    ),
    element('td.xW.xY', {}, element('span', { title: date.long }, date.short)),
  );
  return onPress(row, () => (location.hash = mail.hash));
}

/** Whom a row names: in Sent the recipients, elsewhere the senders. */
function peopleOf({ account }: View, { folder, messages }: Mail): Contact[] {
  const all = messages.flatMap(({ from, to }) => (folder === 'sent' ? to : [from]));
  const others = all.filter(({ email }) => email !== account.email);
  const distinct = new Map((others.length > 0 ? all : [account]).map((contact) => [contact.email, contact]));
  return [...distinct.values()];
}

function participant(view: View, { unread }: Mail, contact: Contact): HTMLElement {
  const name = shownName(view, contact);
  const { email } = contact;
  const span = element(
    `span.${unread ? 'zF' : 'yP'}`,
    { translate: 'no', email, name, 'data-hovercard-id': email },
    name,
  );
  return element('span.bA4', {}, span);
}
