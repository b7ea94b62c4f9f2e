import type { Contact, Message } from '../../demo/sample-gmail/mail.ts';

/** A mail as it lies in a mailbox. */
export interface StoredMail extends Message {
  subject: string;
  unread?: boolean;
  folder: 'inbox' | 'sent';
}

const HOUR = 3_600_000;

/** The mail as RFC 822 text: UTF-8 in base64, names outside ASCII as encoded words (RFC 2047). */
export function mailFile(mail: StoredMail, id: string, now: Date): string {
  const { from, to, cc = [], subject, text, quoted, hoursAgo } = mail;
  const body = [...text, ...(quoted === undefined ? [] : [quoted.replace(/^/gmu, '> ')])].join('\n\n');
  return [
    `From: ${address(from)}`,
    `To: ${to.map(address).join(',\n ')}`,
    ...(cc.length === 0 ? [] : [`Cc: ${cc.map(address).join(',\n ')}`]),
    `Subject: ${words(subject)}`,
    `Date: ${new Date(now.getTime() - hoursAgo * HOUR).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}@mail.example>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    base64(body).replace(/.{76}/gu, '$&\n'),
    '',
  ].join('\n');
}

const address = ({ name, email }: Contact) => (name === '' ? email : `${phrase(name)} <${email}>`);

/** Quoted, since a name may hold what means something in a header. */
const phrase = (name: string) =>
  isPlain(name) ? `"${name.replace(/["\\]/gu, String.raw`\$&`)}"` : words(name);

/** Encoded words of at most 75 characters, cut between characters. */
function words(text: string): string {
  if (isPlain(text)) return text;
  const pieces = text.match(/.{1,12}/gsu) ?? [];
  return pieces.map((piece) => `=?utf-8?B?${base64(piece)}?=`).join('\n ');
}

const isPlain = (text: string) => /^[\x20-\x7e]*$/u.test(text);
const base64 = (text: string) => Buffer.from(text).toString('base64');
