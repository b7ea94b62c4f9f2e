import type { Contact } from '../mail.ts';
import { element, icon, icons, onPress } from './elements.ts';
import { sayUndoable } from './notice.ts';
import type { View } from './view.ts';

let count = 0;

/** Opens a pop-up to write in, in the strip at the bottom right, and puts the cursor into its first field. */
export function openCompose(view: View, to: readonly Contact[] = []): void {
  const { words, account } = view;
  const chips = element('div.aH9', { role: 'listbox', 'aria-label': words.toField });
  const typed = element('input.agP', {
    role: 'combobox',
    'aria-expanded': 'false',
    'aria-label': words.toField,
    type: 'text',
  });
  const subject = element('input.aoT', {
    name: 'subjectbox',
    placeholder: words.subject,
    'aria-label': words.subject,
  });
  const body = element('div.Am.Al', {
    role: 'textbox',
    contenteditable: 'true',
    'aria-label': words.body,
    'aria-multiline': 'true',
  });
  const close = element('div.Ha', { role: 'button', 'aria-label': words.close }, icon(icons.close));
  const send = element('div.T-I.aoO', { role: 'button' }, words.send);
  const title = element('h2.a3E', {}, words.newMessage);

  const addChip = (contact: Contact) => chips.append(makeChip(contact));
  /** Turns what was typed into a recipient, if it can be one. */
  const take = (): boolean => {
    const value = (typed as HTMLInputElement).value.trim();
    if (!value.includes('@')) return false;
    addChip(knownAs(view, value));
    (typed as HTMLInputElement).value = '';
    return true;
  };
  typed.addEventListener('keydown', (event) => {
    if (['Enter', ',', 'Tab'].includes(event.key) && take()) event.preventDefault();
  });
  typed.addEventListener('blur', take);
  to.forEach(addChip);

  const form = element(
    'form.bAs',
    {},
    element('input', { type: 'hidden', name: 'from', value: account.email }),
    element('input', { type: 'hidden', name: 'draft', value: `#msg-a:r${++count}` }),
    element('div.anm', { name: 'to' }, element('span.aoD', {}, words.toField), chips, typed),
    subject,
    body,
    element('div.aDh', {}, send),
  );
  const region = element(
    'div.aoI',
    { role: 'region', 'aria-label': words.newMessage, 'data-compose-id': count },
    form,
  );
  const dialog = element(
    'div.nH.Hd',
    { role: 'dialog', 'aria-label': words.newMessage },
    element('div.aCk', {}, title, close),
    element('div.M9', {}, region),
  );
  const popup = element('div.nH.nn', {}, dialog);
  const show = () => document.querySelector('div.dw .no')?.append(popup);
  const sendOrRefuse = () => {
    if (chips.childElementCount === 0) {
      refuse(view, () => typed.focus());
      return;
    }
    popup.remove();
    sayUndoable(view, words.wasSent, show);
  };
  form.addEventListener('submit', (event) => event.preventDefault());
  onPress(close, () => popup.remove());
  onPress(send, sendOrRefuse);
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) sendOrRefuse();
  });
  show();
  (to.length > 0 ? body : typed).focus();
}

function makeChip({ name, email }: Contact): HTMLElement {
  const remove = element('div.afX', { role: 'button', 'aria-label': '×' }, icon(icons.close));
  const chip = element(
    'div.afV',
    { role: 'option', 'data-hovercard-id': email, 'data-name': name, tabindex: -1 },
    name,
    remove,
  );
  onPress(remove, () => chip.remove());
  return chip;
}

/** An address of the mailbox brings its name along; to Gmail others are named by their address. */
function knownAs({ mails }: View, email: string): Contact {
  const everybody = mails.flatMap(({ messages }) =>
    messages.flatMap(({ from, to, cc = [] }) => [from, ...to, ...cc]),
  );
  return everybody.find((contact) => contact.email === email) ?? { name: email, email };
}

/** Gmail's dialog about a mail to nobody. */
function refuse({ words }: View, then: () => void): void {
  const ok = element('button.J-at1-auR', { name: 'ok' }, words.ok);
  const dialog = element(
    'div.Kj-JD',
    { role: 'alertdialog', 'aria-label': words.error },
    element('div.Kj-JD-Jz', {}, words.noRecipient),
    element('div.Kj-JD-Jl', {}, ok),
  );
  ok.addEventListener('click', () => {
    dialog.remove();
    then();
  });
  document.body.append(dialog);
  ok.focus();
}
