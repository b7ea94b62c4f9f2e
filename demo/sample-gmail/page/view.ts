import type { Contact, Mailbox } from '../mail.ts';
import { words, type Words } from './words.ts';

/** What every part of the page needs: the mailbox and its language. */
export interface View extends Mailbox {
  words: Words;
  opened: number;
}

/** Reads the mailbox the page came with. */
export function readView(): View {
  const mailbox = JSON.parse(document.querySelector('#mailbox')?.textContent ?? '') as Mailbox;
  return { ...mailbox, words: words[mailbox.language], opened: Date.now() };
}

/** Gmail calls the own account "me", in the language of the page. */
export function shownName({ account, words: { me } }: View, contact: Contact): string {
  return contact.email === account.email ? me : contact.name;
}

/** The hour for today's mails, the day for older ones; and the whole of it. */
export function dateOf({ language, opened }: View, hoursAgo: number): { short: string; long: string } {
  const date = new Date(opened - hoursAgo * 3_600_000);
  const isToday = date.toDateString() === new Date(opened).toDateString();
  const format: Intl.DateTimeFormatOptions = isToday
    ? { timeStyle: 'short' }
    : { day: 'numeric', month: 'short' };
  return {
    short: date.toLocaleString(language, format),
    long: date.toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' }),
  };
}
